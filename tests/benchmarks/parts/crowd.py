"""One to two hundred people at once: throughput, latency, and how long the event loop is away."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bot.threads import keep_loop_free
from bot.wiring import Bot
from tests.benchmarks.findings import Findings, Line, Plot, Target, table
from tests.benchmarks.loop_watch import LoopWatch
from tests.benchmarks.measuring import Times
from tests.benchmarks.micro_batching import MicroBatching
from tests.benchmarks.real_bot import real_bot, real_questions

USERS = (1, 10, 50, 200)
WAYS = ("as served", "micro-batching", "Python's own threads")
ALLOWED_MS = 20.0
_POOL = 32


@dataclass(frozen=True, slots=True)
class Crowd:
    """``away_ms``: the longest time that the event loop did not answer."""

    users: int
    times: Times
    a_second: float
    away_ms: float


def run(full: bool, work: Path) -> Findings:
    bot = real_bot(work)
    embedder = bot.searcher._embedder
    # what was asked before is remembered: here nothing shall be
    bare = bot.embedder
    bot.searcher._embedder = bare
    found: dict[str, list[Crowd]] = {}
    for way in WAYS:
        bot.searcher._embedder = MicroBatching(bare) if way == "micro-batching" else bare
        found[way] = [asyncio.run(_crowd(bot, users, way, 4 if full else 2)) for users in USERS]
    bot.searcher._embedder = embedder
    fifty = found["as served"][USERS.index(50)]
    rows = [
        (way, str(c.users), c.a_second, c.times.median_ms, c.times.p95_ms, c.away_ms)
        for way, crowds in found.items()
        for c in crowds
    ]
    return Findings(
        "Many people at once",
        (
            "Each person asks one question after another of the core in one process, without Telegram and "
            "without remembered questions. As served: as many threads as cores, each question embedded by "
            f"itself. Micro-batching: {_POOL} threads, what comes within 3 ms is embedded in one call. The "
            "last: what asyncio.to_thread does when nobody tells it otherwise. Away: the longest time that "
            "the event loop took to answer a thread that asks it for a sign of life every 2 ms; it holds "
            "whatever else the machine was doing.",
        ),
        (
            table(
                ("way", "people", "questions a second", "median ms", "95 % ms", "loop away, longest ms"), rows
            ),
        ),
        (Target("event loop away while 50 people ask, longest", fifty.away_ms, ALLOWED_MS, "ms"),),
        (
            Plot(
                "crowd",
                "people at once",
                "questions a second",
                tuple(
                    Line(way, tuple(map(float, USERS)), tuple(round(c.a_second, 2) for c in crowds))
                    for way, crowds in found.items()
                ),
            ),
        ),
    )


async def _crowd(bot: Bot, users: int, way: str, each: int) -> Crowd:
    loop = asyncio.get_running_loop()
    before = sys.getswitchinterval()
    keep_loop_free(loop)
    if way == "micro-batching":
        loop.set_default_executor(ThreadPoolExecutor(_POOL))
    elif way != "as served":
        sys.setswitchinterval(0.005)
        loop.set_default_executor(ThreadPoolExecutor(min(32, (os.cpu_count() or 1) + 4)))
    each = max(each, 20 // users)
    questions = real_questions(400)
    taken: list[float] = []

    async def person(number: int) -> None:
        for turn in range(each):
            start = time.perf_counter()
            await bot.core.reply(f"{way} {number}", questions[(number * each + turn) % len(questions)])
            taken.append((time.perf_counter() - start) * 1e3)

    await person(0)
    taken.clear()
    start = time.perf_counter()
    async with LoopWatch() as watch:
        await asyncio.gather(*(person(number) for number in range(users)))
    took_s = time.perf_counter() - start
    sys.setswitchinterval(before)
    return Crowd(users, Times(tuple(taken)), len(taken) / took_s, watch.longest_ms)
