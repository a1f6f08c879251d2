"""Which of several replicas does what only one should: rounds of the staff's room, the daily sweep."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, update

from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.tables import InstallationRow

TERM = timedelta(minutes=2)


class Leadership:
    """Held for a term, renewed by asking again; a leader that dies is followed after its term."""

    def __init__(self, database: Database, clock: Clock, holder: str) -> None:
        self._database = database
        self._clock = clock
        self._holder = holder

    async def mine(self, term: timedelta = TERM) -> bool:
        """Whether this replica leads from now on, until ``term`` is over."""
        now = self._clock()
        free = or_(
            InstallationRow.leader.is_(None),
            InstallationRow.leader == self._holder,
            InstallationRow.leads_until <= now,
        )
        statement = (
            update(InstallationRow)
            .where(free)
            .values(leader=self._holder, leads_until=now + term)
            .returning(InstallationRow.id)
        )
        async with self._database.write() as session:
            return await session.scalar(statement) is not None

    async def resign(self) -> None:
        """At a stop: the next one need not wait."""
        async with self._database.write() as session:
            await session.execute(
                update(InstallationRow)
                .where(InstallationRow.leader == self._holder)
                .values(leader=None, leads_until=None)
            )
