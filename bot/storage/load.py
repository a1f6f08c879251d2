"""How much waits, and whether the database answers at all."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.storage.database import Database
from bot.storage.deliveries import DeliveryState
from bot.storage.tables import CardRow, DeliveryRow, UpdateRow
from bot.storage.values import CardState, Load


class LoadQueries:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def now(self) -> Load:
        """:raises StorageError: the database does not answer."""
        counts = (
            select(func.count()).select_from(CardRow).where(CardRow.state == CardState.OPEN.value),
            select(func.count())
            .select_from(DeliveryRow)
            .where(DeliveryRow.state == DeliveryState.OWED.value),
            select(func.count()).select_from(UpdateRow).where(UpdateRow.done_at.is_(None)),
        )
        async with self._database.read() as session:
            cards, deliveries, updates = [await session.scalar(count) or 0 for count in counts]
            return Load(cards, deliveries, updates)

    async def answers(self) -> None:
        """:raises StorageError: the database does not answer."""
        async with self._database.read() as session:
            await session.execute(select(1))
