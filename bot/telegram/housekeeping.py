"""What runs beside the updates: owed messages, dead processes' updates, the sweep, the staff's rounds."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot

from bot.storage.errors import StorageError
from bot.telegram.deliveries import Outbox
from bot.telegram.dependencies import Dependencies
from bot.telegram.inbox import Inbox
from bot.telegram.staff.cards import Cards
from bot.telegram.staff.caretaker import TERM, take_care
from bot.telegram.unbroken import to_its_end

_LOOK_EVERY_S = 600.0
_LOOK_AGAIN_S = 5.0  # while the database is away
_SWEEP_EVERY_S = 24 * 3600.0

log = structlog.get_logger()


class Housekeeping:
    """Started before the first update is taken, stopped after the last one is done."""

    def __init__(self, deps: Dependencies, inbox: Inbox, outbox: Outbox) -> None:
        self._deps = deps
        self._inbox = inbox
        self._outbox = outbox
        self._tasks: list[asyncio.Task[None]] = []
        self._version: tuple[int, datetime | None] = (0, None)

    async def start(self, bot: Bot) -> None:
        """Take up what an earlier life of this process left, then keep going."""
        await self._deps.storage.recover()
        taken = await self._inbox.take_up(bot)
        if taken:
            log.info("updates_taken_up", count=taken)
        jobs = {
            "deliveries": self._outbox.run(bot),
            "leases": self._hold(bot),
            "sweep": self._sweep(bot),
            "staff": take_care(self._deps, bot),
        }
        self._tasks = [asyncio.create_task(_kept(name, job)) for name, job in jobs.items()]

    async def stop(self) -> None:
        """What is left undone is free for other replicas at once."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        try:
            await self._deps.storage.recover()
            await self._deps.storage.leadership.resign()
        except StorageError as error:
            log.error("leases_not_given_back", error=str(error))

    async def _hold(self, bot: Bot) -> None:
        """Renew what this process has in work, and take over what a dead one had."""
        while True:
            await self._pause()
            try:
                await to_its_end(self._renew_and_take_over(bot))
            except StorageError as error:
                log.error("leases_not_renewed", error=str(error))
                await asyncio.sleep(_LOOK_AGAIN_S)

    async def _pause(self) -> None:
        """A part of the lease, or no time where somebody waits for what the database failed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._deps.storage.updates.lease.total_seconds() / 4):
                await self._inbox.torn.wait()

    async def _renew_and_take_over(self, bot: Bot) -> None:
        await self._inbox.renew()
        await self._outbox.renew()
        taken = await self._inbox.take_up(bot)
        if taken:
            log.info("updates_taken_over", count=taken)
        await self._notice_staff_answers()

    async def _notice_staff_answers(self) -> None:
        """Another replica's staff may have changed them."""
        if self._deps.staff_answers is None or not self._deps.storage.shared:
            return
        version = await self._deps.storage.curated.version()
        if version != self._version:
            await self._deps.staff_answers.refresh(self._deps.storage)
            self._version = version

    async def _sweep(self, bot: Bot) -> None:
        while True:
            try:
                if await to_its_end(self._deps.storage.leadership.mine(TERM)):
                    swept = await to_its_end(self._deps.storage.privacy.forget_old())
                    if swept.staff_messages:
                        await Cards(self._deps).tidy(bot, swept.staff_messages)
                    await asyncio.sleep(_SWEEP_EVERY_S)
            except StorageError as error:
                log.error("sweep_failed", error=str(error))
            await asyncio.sleep(_LOOK_EVERY_S)


async def _kept(name: str, job: Coroutine[Any, Any, None]) -> None:
    """A job that fails is told of; the others, and the answers, go on without it."""
    try:
        await job
    except Exception as error:
        log.error("housekeeping_died", job=name, error=type(error).__name__)
        log.debug("housekeeping_died_because", trace="".join(traceback.format_exception(error)))
