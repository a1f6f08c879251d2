"""Updates that were taken: each is worked on once, by one process, and again if that one dies."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.people import Keys
from bot.storage.tables import UpdateRow
from bot.storage.values import Claim, UnfinishedUpdate

LEASE = timedelta(seconds=20)
"""A process that has not renewed for so long is dead, as far as the others know."""


class Updates:
    """``claim`` at the arrival, ``done`` in the transaction that owes the answer, ``renew`` in between.

    Telegram counts an update as received at the next poll, long before it is answered: what a dying
    process leaves behind is in ``unfinished`` and nowhere else.
    """

    def __init__(
        self, database: Database, keys: Keys, clock: Clock, holder: str, lease: timedelta = LEASE
    ) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._holder = holder
        self.lease = lease

    async def claim(
        self, update_id: int, payload: str | None = None, *, chat_id: int | None = None
    ) -> Claim | None:
        """None where the caller is not the first to see it, of all processes; else it is to work on it.

        :param payload: the update's JSON; kept sealed until ``done``, for ``unfinished``.
        :param chat_id: the updates of a chat have an order.
        """
        now = self._clock()
        chat_key = None if chat_id is None else self._keys.chat(chat_id)
        statement = self._database.insert(UpdateRow).values(
            id=update_id,
            at=now,
            sealed_payload=None if payload is None else self._keys.seal(payload.encode()),
            holder=self._holder,
            leased_until=now + self.lease,
            chat_key=chat_key,
        )
        async with self._database.write() as session:
            claimed = await session.scalar(statement.on_conflict_do_nothing().returning(UpdateRow.id))
            if claimed is None:
                return None
            return Claim(() if chat_key is None else await _earlier(session, update_id, chat_key))

    async def earlier(self, update_id: int, chat_id: int) -> tuple[int, ...]:
        """The chat's earlier updates that are not done yet, whoever works on them."""
        async with self._database.read() as session:
            return await _earlier(session, update_id, self._keys.chat(chat_id))

    async def renew(self, update_ids: Collection[int]) -> None:
        """This process lives, and is at work on these."""
        if not update_ids:
            return
        async with self._database.write() as session:
            await session.execute(
                update(UpdateRow)
                .where(
                    UpdateRow.id.in_(update_ids),
                    UpdateRow.holder == self._holder,
                    UpdateRow.done_at.is_(None),
                )
                .values(leased_until=self._clock() + self.lease)
            )

    async def done(self, update_id: int) -> None:
        """Nothing is left to do for it; its payload, and whose it was, are deleted."""
        async with self._database.write() as session:
            await session.execute(
                update(UpdateRow)
                .where(UpdateRow.id == update_id)
                .values(done_at=self._clock(), sealed_payload=None, leased_until=None, chat_key=None)
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
                row.holder, row.leased_until = self._holder, now + self.lease
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

    async def forget_unfinished(self) -> None:
        """In a database brought back from a copy: what was in work then has been answered since."""
        async with self._database.write() as session:
            await session.execute(
                update(UpdateRow)
                .where(UpdateRow.done_at.is_(None))
                .values(done_at=self._clock(), sealed_payload=None, leased_until=None, chat_key=None)
            )

    async def release(self) -> None:
        """What this replica holds, now or in an earlier life, is free at once; see ``Storage.recover``."""
        async with self._database.write() as session:
            await session.execute(
                update(UpdateRow)
                .where(UpdateRow.holder == self._holder, UpdateRow.done_at.is_(None))
                .values(leased_until=None)
            )


async def _earlier(session: AsyncSession, update_id: int, chat_key: str) -> tuple[int, ...]:
    """Only those that are not done have a chat."""
    statement = (
        select(UpdateRow.id)
        .where(UpdateRow.chat_key == chat_key, UpdateRow.id < update_id)
        .order_by(UpdateRow.id)
    )
    return tuple(await session.scalars(statement))
