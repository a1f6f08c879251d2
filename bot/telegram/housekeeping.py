"""What runs beside the updates: owed messages, dead processes' updates, the sweep, the staff's rounds."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import structlog
from telegram import Bot

from bot.storage.errors import StorageError
from bot.telegram.deliveries import Outbox
from bot.telegram.dependencies import Dependencies
from bot.telegram.inbox import Inbox
from bot.telegram.staff.cards import Cards
from bot.telegram.staff.caretaker import take_care
from bot.telegram.unbroken import to_its_end

_LOOK_EVERY_S = 60.0
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

    async def start(self, bot: Bot) -> None:
        """Take up what an earlier life of this process left, then keep going."""
        await self._deps.storage.recover()
        taken = await self._inbox.take_up(bot)
        if taken:
            log.info("updates_taken_up", count=taken)
        jobs = {
            "deliveries": self._outbox.run(bot),
            "housekeeping": self._look_after(bot),
            "staff": take_care(self._deps, bot),
        }
        self._tasks = [asyncio.create_task(_kept(name, job)) for name, job in jobs.items()]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _look_after(self, bot: Bot) -> None:
        swept_at_s = -_SWEEP_EVERY_S
        while True:
            try:
                if time.monotonic() - swept_at_s >= _SWEEP_EVERY_S:
                    swept = await to_its_end(self._deps.storage.privacy.forget_old())
                    swept_at_s = time.monotonic()
                    if swept.staff_messages:
                        await Cards(self._deps).tidy(bot, swept.staff_messages)
                await self._pause()
                await to_its_end(self._inbox.take_up(bot))  # of another process that died, or torn
            except StorageError as error:
                log.error("housekeeping_failed", error=str(error))
                await asyncio.sleep(_LOOK_AGAIN_S)

    async def _pause(self) -> None:
        """Until the next look: a minute, or at once where somebody waits for what the database failed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_EVERY_S):
                await self._inbox.torn.wait()


async def _kept(name: str, job: Coroutine[Any, Any, None]) -> None:
    """A job that fails is told of; the others, and the answers, go on without it."""
    try:
        await job
    except Exception as error:
        log.error("housekeeping_died", job=name, error=type(error).__name__)
        log.debug("housekeeping_died_because", trace="".join(traceback.format_exception(error)))
