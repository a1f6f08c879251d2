"""The address book: chats to which something may have to be sent."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.database import Database
from bot.storage.people import ChatKey, Keys
from bot.storage.tables import ChatRow


class Chats:
    """Used by the other repositories, inside their transactions."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys

    async def keep(self, session: AsyncSession, chat_id: int, *, alive: bool = False) -> ChatKey:
        """Make sure that the chat's number can be had back from its key.

        :param alive: somebody writes there now, so it is no longer blocked.
        :returns: the chat's key; that of the supergroup where it has become one.
        """
        key = self._keys.chat(chat_id)
        moved_to = await session.scalar(select(ChatRow.moved_to).where(ChatRow.key == key))
        if moved_to is not None:
            return ChatKey(moved_to)
        sealed = self._keys.seal_number(chat_id)
        statement = self._database.insert(ChatRow).values(key=key, sealed_id=sealed)
        if alive:
            statement = statement.on_conflict_do_update(
                index_elements=["key"], set_={"blocked_at": None}, where=ChatRow.blocked_at.is_not(None)
            )
        else:
            statement = statement.on_conflict_do_nothing()
        await session.execute(statement)
        return key

    def number(self, chat: ChatRow) -> int:
        """:raises SealBroken: the row was changed by hand."""
        return self._keys.unseal_number(chat.sealed_id)
