"""Which chat was shown which text when: what a correction (/eskertu) is addressed by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from bot.storage.chats import Chats
from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.people import Keys
from bot.storage.tables import ChatRow, SentPassageRow
from bot.storage.values import Cited, PassageRef


class SentPassages:
    """Kept, with the chats' addresses, for ``RETENTION_DAYS``: no correction reaches back further."""

    def __init__(self, database: Database, keys: Keys, chats: Chats, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._chats = chats
        self._clock = clock

    async def record(self, chat_id: int, passages: Sequence[PassageRef]) -> None:
        """The chat is shown an answer that cites these."""
        if not passages:
            return
        now = self._clock()
        async with self._database.write() as session:
            key = await self._chats.keep(session, chat_id)
            session.add_all(
                SentPassageRow(
                    chat_key=key,
                    passage_id=passage.id,
                    digest=passage.digest,
                    document=passage.document,
                    article=passage.article,
                    at=now,
                )
                for passage in passages
            )

    async def count(self, cited: Cited, since: datetime) -> int:
        """How many chats ``Campaigns.start`` would write to."""
        recipients = recipients_of(cited, since).subquery()
        async with self._database.read() as session:
            return await session.scalar(select(func.count()).select_from(recipients)) or 0


def recipients_of(cited: Cited, since: datetime) -> Select[str]:
    """Keys of the chats, each once, that were shown such a text and have not blocked the bot."""
    about: list[ColumnElement[bool]] = [SentPassageRow.digest.in_(cited.digests)]
    if cited.document is not None:
        place = SentPassageRow.document == cited.document
        about.append(place if cited.article is None else place & (SentPassageRow.article == cited.article))
    return (
        select(SentPassageRow.chat_key)
        .join(ChatRow, ChatRow.key == SentPassageRow.chat_key)
        .where(SentPassageRow.at >= since, or_(*about), ChatRow.blocked_at.is_(None))
        .distinct()
    )
