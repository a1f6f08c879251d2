"""What is done for the staff without being asked: locks, missing cards, the weekly digest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import structlog
from telegram import Bot

from bot.storage.clock import KAZAKHSTAN, Clock, utc_now
from bot.storage.errors import StorageError
from bot.telegram.dependencies import Dependencies
from bot.telegram.journalists.text_state import TextState
from bot.telegram.staff.cards import Cards
from bot.telegram.staff.statistics import send_digest
from bot.telegram.staff.withdrawals import keep_locks
from bot.telegram.unbroken import to_its_end

ROUND_S = 600.0
TERM = timedelta(seconds=ROUND_S + 60)
DIGEST_HOUR = 9
"""Monday from this hour on, as in Kazakhstan."""

log = structlog.get_logger()

Sleep = Callable[[float], Awaitable[None]]


async def take_care(
    deps: Dependencies, bot: Bot, *, clock: Clock = utc_now, sleep: Sleep = asyncio.sleep
) -> None:
    """Round after round, until cancelled; the first one at once. Run it as a task beside the application.

    Of several replicas one makes the rounds; the others take the staff's answers over.
    """
    while True:
        try:
            if await to_its_end(deps.storage.leadership.mine(TERM)):
                await to_its_end(one_round(deps, bot, clock))
            else:
                await to_its_end(_take_over(deps))
        except StorageError as error:
            log.error("staff_round_failed", error=str(error))
        await sleep(ROUND_S)


async def one_round(deps: Dependencies, bot: Bot, clock: Clock = utc_now) -> None:
    """Everything that is due now; done twice, it does nothing the second time.

    Answers are taken over anew too: another process on the same database may have changed them.
    """
    await keep_locks(await _with_texts_of_now(deps))
    await _take_over(deps)
    await Cards(deps).place_missing(bot)
    week = digest_week(clock)
    if week is not None:
        await send_digest(deps, week)


async def _take_over(deps: Dependencies) -> None:
    if deps.staff_answers is not None:
        await deps.staff_answers.refresh(deps.storage)


async def _with_texts_of_now(deps: Dependencies) -> Dependencies:
    """With the texts on the disk: a sync of another process may have changed them since this one started.

    Answers go on from the texts that are indexed here, until a restart.
    """
    if deps.held is None:
        return deps
    held = await asyncio.to_thread(deps.held)
    if TextState.of(held) != TextState.of(deps.library):
        log.warning("texts_changed", wanted="a restart, to answer from the texts that a sync has brought")
    return replace(deps, library=held)


def digest_week(clock: Clock) -> date | None:
    """The Monday whose digest is due; None before its hour has come."""
    now = clock().astimezone(KAZAKHSTAN)
    monday = now.date() - timedelta(days=now.weekday())
    return None if now.weekday() == 0 and now.hour < DIGEST_HOUR else monday
