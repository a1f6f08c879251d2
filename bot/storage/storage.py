"""Every repository over one database: what the rest of the bot is handed."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Self

from bot.storage.campaigns import Campaigns
from bot.storage.chats import Chats
from bot.storage.clock import Clock, utc_now
from bot.storage.curated import CuratedAnswers
from bot.storage.database import Database
from bot.storage.deliveries import Deliveries
from bot.storage.feedback import Feedback
from bot.storage.installation import belongs_to
from bot.storage.leadership import Leadership
from bot.storage.load import LoadQueries
from bot.storage.moving import Moving
from bot.storage.people import Keys
from bot.storage.privacy import Privacy
from bot.storage.questions import Questions
from bot.storage.queue import StaffQueue
from bot.storage.sent_passages import SentPassages
from bot.storage.statistics import StatisticsQueries
from bot.storage.subscriptions import Subscriptions
from bot.storage.turns import Turns
from bot.storage.updates import LEASE, Updates


class Storage:
    """Open it once, hand its parts out, close it.

    Each call of a repository is a transaction of its own. What must happen together is put together::

        async with storage.transaction():
            question_id = await storage.questions.record(...)
            await storage.deliveries.owe(...)
            await storage.updates.done(update_id)
    """

    def __init__(
        self,
        database: Database,
        secret: bytes,
        *,
        clock: Clock = utc_now,
        retention: timedelta = timedelta(days=90),
        holder: str | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        """:param holder: names this replica in leases, the same at each of its starts; default the host.

        :param lease: how long work is this replica's when it does not say so again; the same for all.
        """
        name = holder or socket.gethostname()
        self._database = database
        self.shared = database.shared
        """Whether other processes may be at work on the same database."""
        self.keys = Keys(secret)
        self.chats = Chats(database, self.keys)
        self.moving = Moving(database, self.keys, self.chats)
        self.turns = Turns(database, self.keys, clock)
        self.questions = Questions(database, self.keys, clock)
        self.feedback = Feedback(database, self.keys, clock)
        self.queue = StaffQueue(database, self.keys, self.chats, clock)
        self.curated = CuratedAnswers(database, self.keys, clock)
        self.updates = Updates(database, self.keys, clock, name, lease)
        self.deliveries = Deliveries(database, self.keys, self.chats, clock, name, lease)
        self.leadership = Leadership(database, clock, name)
        self.subscriptions = Subscriptions(database, self.keys, self.chats, clock)
        self.sent_passages = SentPassages(database, self.keys, self.chats, clock)
        self.campaigns = Campaigns(database, self.keys, clock)
        self.statistics = StatisticsQueries(database)
        self.load = LoadQueries(database)
        self.privacy = Privacy(database, self.keys, clock, retention)

    @classmethod
    async def open(
        cls,
        url: str | None,
        data_dir: Path,
        secret: bytes,
        *,
        clock: Clock = utc_now,
        retention: timedelta = timedelta(days=90),
        holder: str | None = None,
        lease: timedelta = LEASE,
    ) -> Self:
        """Open and migrate the database (``Database.open``).

        :param secret: see ``people.installation_secret``.
        :raises SecretMismatch: the database belongs to another secret.
        :raises StorageError: it cannot be reached, read or migrated.
        """
        database = await Database.open(url, data_dir)
        try:
            await belongs_to(database, Keys(secret).fingerprint)
        except BaseException:
            await database.close()
            raise
        return cls(database, secret, clock=clock, retention=retention, holder=holder, lease=lease)

    async def close(self) -> None:
        await self._database.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """All calls within, made by the same task, are kept together or not at all.

        Send nothing within: on SQLite, every other writer waits for the end of it.
        """
        async with self._database.write():
            yield

    async def recover(self) -> None:
        """At the start, before anything else: work that this replica had leased when it died is free at once.

        At a stop, after everything else: so is what it leaves. Without it, it is free when the leases run
        out. Not to be called while another process runs
        under the same ``holder``.
        """
        async with self.transaction():
            await self.updates.release()
            await self.deliveries.release()
