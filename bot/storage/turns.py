"""The last questions of each chat, so that a follow-up is understood after a restart too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.people import Keys
from bot.storage.tables import TurnRow
from bot.storage.values import Turn

MAX_TURNS = 10
"""Turns kept of a chat; the daily sweep deletes those older than a day."""


class Turns:
    """``chat`` is Telegram's number, as a number or as text; any other name of a conversation does too."""

    def __init__(self, database: Database, keys: Keys, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    async def remember(
        self,
        chat: int | str,
        question: str,
        understood: str | None = None,
        passages: Sequence[str] = (),
        *,
        user_id: int | None = None,
    ) -> None:
        """Keep a question as the chat's last one.

        :param passages: ids of those cited, best first.
        :param user_id: who asked; in a group, what makes /umyt find it.
        """
        key = self._keys.chat(chat)
        async with self._database.write() as session:
            session.add(
                TurnRow(
                    chat_key=key,
                    person_key=None if user_id is None else self._keys.person(user_id),
                    question=question,
                    understood=understood,
                    passages=list(passages),
                    at=self._clock(),
                )
            )
            await session.flush()
            newest = (
                select(TurnRow.id).where(TurnRow.chat_key == key).order_by(TurnRow.id.desc()).limit(MAX_TURNS)
            )
            await session.execute(
                delete(TurnRow).where(TurnRow.chat_key == key, TurnRow.id.not_in(newest.scalar_subquery()))
            )

    async def last(self, chat: int | str, limit: int, ttl: timedelta) -> tuple[Turn, ...]:
        """At most ``limit`` turns no older than ``ttl``, the newest first."""
        statement = (
            select(TurnRow)
            .where(TurnRow.chat_key == self._keys.chat(chat), TurnRow.at >= self._clock() - ttl)
            .order_by(TurnRow.id.desc())
            .limit(limit)
        )
        async with self._database.read() as session:
            rows = await session.scalars(statement)
            return tuple(Turn(row.question, row.understood, tuple(row.passages), row.at) for row in rows)

    async def clear(self, chat: int | str) -> None:
        """Start the conversation anew."""
        async with self._database.write() as session:
            await session.execute(delete(TurnRow).where(TurnRow.chat_key == self._keys.chat(chat)))
