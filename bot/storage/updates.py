"""Updates that were taken: each is worked on once, by one process, and again if that one dies."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select, update

from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.people import Keys
from bot.storage.tables import UpdateRow
from bot.storage.values import UnfinishedUpdate

LEASE = timedelta(minutes=2)


class Updates:
    """``claim`` at the arrival, ``done`` in the transaction that owes the answer.

    Telegram counts an update as received at the next poll, long before it is answered: what a dying
    process leaves behind is in ``unfinished`` and nowhere else.
    """

    def __init__(self, database: Database, keys: Keys, clock: Clock, holder: str) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._holder = holder

    async def claim(self, update_id: int, payload: str | None = None) -> bool:
        """Whether the caller is the first to see it, of all processes, and is to work on it.

        :param payload: the update's JSON; kept sealed until ``done``, for ``unfinished``.
        """
        now = self._clock()
        statement = self._database.insert(UpdateRow).values(
            id=update_id,
            at=now,
            sealed_payload=None if payload is None else self._keys.seal(payload.encode()),
            holder=self._holder,
            leased_until=now + LEASE,
        )
        async with self._database.write() as session:
            claimed = await session.scalar(statement.on_conflict_do_nothing().returning(UpdateRow.id))
            return claimed is not None

    async def done(self, update_id: int) -> None:
        """Nothing is left to do for it; its payload is deleted."""
        async with self._database.write() as session:
            await session.execute(
                update(UpdateRow)
                .where(UpdateRow.id == update_id)
                .values(done_at=self._clock(), sealed_payload=None, leased_until=None)
            )

    async def unfinished(self, limit: int = 100) -> tuple[UnfinishedUpdate, ...]:
        """Updates whose process died, oldest first, claimed for the caller."""
        now = self._clock()
        statement = (
            select(UpdateRow)
            .where(
                UpdateRow.done_at.is_(None),
                UpdateRow.sealed_payload.is_not(None),
                or_(UpdateRow.leased_until.is_(None), UpdateRow.leased_until <= now),
            )
            .order_by(UpdateRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self._database.write() as session:
            rows = (await session.scalars(statement)).all()
            for row in rows:
                row.holder, row.leased_until = self._holder, now + LEASE
            return tuple(
                UnfinishedUpdate(row.id, self._keys.unseal(row.sealed_payload or b"").decode())
                for row in rows
            )

    async def give_back(self, update_id: int) -> None:
        """Unfinished at once, where this replica still has it: the work on it broke off."""
        async with self._database.write() as session:
            await session.execute(
                update(UpdateRow)
                .where(
                    UpdateRow.id == update_id, UpdateRow.holder == self._holder, UpdateRow.done_at.is_(None)
                )
                .values(leased_until=None)
            )

    async def release(self) -> None:
        """What this replica held in an earlier life is unfinished at once; see ``Storage.recover``."""
        async with self._database.write() as session:
            await session.execute(
                update(UpdateRow)
                .where(UpdateRow.holder == self._holder, UpdateRow.done_at.is_(None))
                .values(leased_until=None)
            )
