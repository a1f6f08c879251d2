"""Chats that want to be told when a document changes (/bakylau)."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.storage.chats import Chats
from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.people import Keys
from bot.storage.tables import ChatRow, SubscriptionRow


class Subscriptions:
    def __init__(self, database: Database, keys: Keys, chats: Chats, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._chats = chats
        self._clock = clock

    async def add(self, chat_id: int, document: str) -> bool:
        """Whether it is new."""
        async with self._database.write() as session:
            statement = self._database.insert(SubscriptionRow).values(
                chat_key=await self._chats.keep(session, chat_id, alive=True),
                document=document,
                at=self._clock(),
            )
            added = await session.scalar(statement.on_conflict_do_nothing().returning(SubscriptionRow.id))
            return added is not None

    async def remove(self, chat_id: int, document: str) -> bool:
        """Whether there was one."""
        statement = (
            delete(SubscriptionRow)
            .where(SubscriptionRow.chat_key == self._keys.chat(chat_id), SubscriptionRow.document == document)
            .returning(SubscriptionRow.id)
        )
        async with self._database.write() as session:
            return await session.scalar(statement) is not None

    async def of(self, chat_id: int) -> tuple[str, ...]:
        """The documents that a chat watches, as it chose them."""
        statement = (
            select(SubscriptionRow.document)
            .where(SubscriptionRow.chat_key == self._keys.chat(chat_id))
            .order_by(SubscriptionRow.id)
        )
        async with self._database.read() as session:
            return tuple(await session.scalars(statement))

    async def subscribers(self, document: str) -> tuple[int, ...]:
        """The chats that watch a document, the oldest subscription first."""
        statement = (
            select(ChatRow)
            .join(SubscriptionRow, SubscriptionRow.chat_key == ChatRow.key)
            .where(SubscriptionRow.document == document)
            .order_by(SubscriptionRow.id)
        )
        async with self._database.read() as session:
            return tuple(self._chats.number(chat) for chat in await session.scalars(statement))
