"""A group that became a supergroup: another number, and its messages are counted anew."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.chats import Chats
from bot.storage.database import Database
from bot.storage.people import Keys
from bot.storage.tables import (
    AskerRow,
    ChatRow,
    DeliveryRow,
    QuestionMessageRow,
    QuestionRow,
    SentPassageRow,
    SubscriptionRow,
)


class Moving:
    def __init__(self, database: Database, keys: Keys, chats: Chats) -> None:
        self._database = database
        self._keys = keys
        self._chats = chats

    async def move(self, old_chat_id: int, new_chat_id: int) -> bool:
        """Let everything of the group belong to the supergroup; whether there was anything new to do.

        What is owed to the old number goes to the new one, no longer as a reply. Links between messages
        and questions go: in the supergroup those numbers are other messages.
        """
        old = self._keys.chat(old_chat_id)
        async with self._database.write() as session:
            await self._chats.keep(session, old_chat_id)
            row = await session.scalar(select(ChatRow).where(ChatRow.key == old).with_for_update())
            if row is None or row.moved_to is not None or old_chat_id == new_chat_id:
                return False
            new = await self._chats.keep(session, new_chat_id)
            row.moved_to = new
            await self._follow(session, old, new)
            return True

    async def _follow(self, session: AsyncSession, old: str, new: str) -> None:
        watched = select(SubscriptionRow.document).where(SubscriptionRow.chat_key == new)
        await session.execute(
            delete(SubscriptionRow).where(
                SubscriptionRow.chat_key == old, SubscriptionRow.document.in_(watched)
            )
        )
        for table in (SubscriptionRow, SentPassageRow, QuestionRow):
            await session.execute(update(table).where(table.chat_key == old).values(chat_key=new))
        for replying in (DeliveryRow, AskerRow):
            await session.execute(
                update(replying).where(replying.chat_key == old).values(chat_key=new, reply_to=None)
            )
        await session.execute(delete(QuestionMessageRow).where(QuestionMessageRow.chat_key == old))
