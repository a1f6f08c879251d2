"""Fifty people at once: the loop that serves them all is never busy for long."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest

from bot.threads import SWITCH_S, keep_loop_free
from bot.wiring import Bot
from tests.benchmarks.question_set import read_rows
from tests.bot.telegram_running import running

USERS = 50
LONGEST_MS = 20.0
QUESTIONS = [row.turns[0] for row in read_rows()][5::20]


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """What each step of this thread's loop takes of the processor, in ms.

    Not by the clock on the wall: on a busy machine that would measure the others.
    """
    steps: list[float] = []
    thread, run = threading.get_ident(), asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        start = time.thread_time()
        run(handle)
        if threading.get_ident() == thread:
            steps.append((time.thread_time() - start) * 1e3)

    with monkeypatch.context() as patch:
        patch.setattr(asyncio.Handle, "_run", timed)
        # the events' own step is written in C and takes no such detour
        patch.setattr(asyncio.events.Handle, "_run", timed)
        yield steps


@asynccontextmanager
async def kept_free() -> AsyncIterator[None]:
    """The loop as ``serve`` sets it up."""
    before = sys.getswitchinterval()
    keep_loop_free(asyncio.get_running_loop())
    try:
        yield
    finally:
        sys.setswitchinterval(before)


async def test_no_step_of_the_loop_takes_long_while_fifty_people_ask_at_once(
    carried_bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with kept_free(), running(carried_bot.core) as server:
        server.user_says(7000, QUESTIONS[0])
        await server.wait_for_message(7000, timeout_s=60)
        with watched(monkeypatch) as steps:
            for user in range(USERS):
                server.user_says(7001 + user, QUESTIONS[user % len(QUESTIONS)])
            for user in range(USERS):
                await server.wait_for_message(7001 + user, timeout_s=60)
    assert len(steps) > 10 * USERS
    assert max(steps) < LONGEST_MS


async def test_no_more_threads_answer_than_there_are_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.threads.os.cpu_count", lambda: 2)
    together, at_work = [0], [0]
    lock = threading.Lock()

    def work() -> None:
        with lock:
            at_work[0] += 1
            together[0] = max(together[0], at_work[0])
        time.sleep(0.005)
        with lock:
            at_work[0] -= 1

    async with kept_free():
        assert sys.getswitchinterval() == pytest.approx(SWITCH_S)
        await asyncio.gather(*(asyncio.to_thread(work) for _ in range(20)))
    assert together[0] == 2
