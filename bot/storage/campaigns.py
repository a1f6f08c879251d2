"""Corrections to everyone who got an answer that was wrong: deliveries with a common count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, delete, false, func, insert, literal, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.deliveries import DeliveryState
from bot.storage.people import Keys, PersonKey
from bot.storage.sent_passages import recipients_of
from bot.storage.tables import CampaignRow, DeliveryRow
from bot.storage.tables.base import Moment
from bot.storage.values import Campaign, CampaignState, Cited

KIND = "campaign"
"""``Delivery.kind`` of a correction."""


class Campaigns:
    """Started in one transaction, sent by way of ``Deliveries.due(bulk=True)``: a restart just goes on."""

    def __init__(self, database: Database, keys: Keys, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    async def start(self, text: str, payload: str, cited: Cited, since: datetime, *, by: int) -> Campaign:
        """Owe the correction to every chat that was shown what it is about.

        :param text: the correction as staff wrote it.
        :param payload: the same for every recipient, as the sender wants it.
        """
        now = self._clock()
        async with self._database.write() as session:
            row = CampaignRow(
                text=text,
                author=self._keys.person(by),
                started_at=now,
                recipients=0,
                sent=0,
                blocked=0,
                failed=0,
            )
            session.add(row)
            await session.flush()
            chats = recipients_of(cited, since).subquery()
            moment = literal(now, Moment)
            owed = {
                DeliveryRow.chat_key: chats.c.chat_key,
                DeliveryRow.dedupe_key: literal(f"{KIND}:{row.id}:", String) + chats.c.chat_key,
                DeliveryRow.kind: literal(KIND),
                DeliveryRow.payload: literal(payload),
                DeliveryRow.state: literal(DeliveryState.OWED.value),
                DeliveryRow.attempts: literal(0),
                DeliveryRow.in_doubt: false(),
                DeliveryRow.due_at: moment,
                DeliveryRow.owed_at: moment,
                DeliveryRow.bulk: true(),
                DeliveryRow.campaign_id: literal(row.id),
            }
            await session.execute(insert(DeliveryRow).from_select(list(owed), select(*owed.values())))
            row.recipients = await _left(session, row.id)
            return await _campaign(session, row)

    async def get(self, campaign_id: int) -> Campaign | None:
        async with self._database.read() as session:
            row = await session.get(CampaignRow, campaign_id)
            return None if row is None else await _campaign(session, row)

    async def latest(self, limit: int = 10) -> tuple[Campaign, ...]:
        """Newest first."""
        statement = select(CampaignRow).order_by(CampaignRow.id.desc()).limit(limit)
        async with self._database.read() as session:
            rows = (await session.scalars(statement)).all()
            return tuple([await _campaign(session, row) for row in rows])

    async def stop(self, campaign_id: int) -> Campaign | None:
        """Send no more of it; what is being sent this very moment still goes out."""
        now = self._clock()
        async with self._database.write() as session:
            row = await session.get(CampaignRow, campaign_id)
            if row is None:
                return None
            await session.execute(
                delete(DeliveryRow).where(
                    DeliveryRow.campaign_id == campaign_id,
                    DeliveryRow.state == DeliveryState.OWED.value,
                    or_(DeliveryRow.leased_until.is_(None), DeliveryRow.leased_until <= now),
                )
            )
            row.stopped_at = row.stopped_at or now
            return await _campaign(session, row)


async def _left(session: AsyncSession, campaign_id: int) -> int:
    statement = select(func.count()).where(
        DeliveryRow.campaign_id == campaign_id, DeliveryRow.state == DeliveryState.OWED.value
    )
    return await session.scalar(statement) or 0


async def _campaign(session: AsyncSession, row: CampaignRow) -> Campaign:
    left = await _left(session, row.id)
    ended = CampaignState.DONE if left == 0 else CampaignState.RUNNING
    return Campaign(
        id=row.id,
        text=row.text,
        author=None if row.author is None else PersonKey(row.author),
        started_at=row.started_at,
        state=ended if row.stopped_at is None else CampaignState.STOPPED,
        recipients=row.recipients,
        sent=row.sent,
        blocked=row.blocked,
        failed=row.failed,
        dropped=row.recipients - row.sent - row.blocked - row.failed - left,
        left=left,
    )
