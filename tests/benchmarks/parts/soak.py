"""Twenty questions a second on loopback: memory over time, and whether an answer is lost or doubled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.benchmarks.findings import Findings, Line, Plot, Target, table
from tests.benchmarks.loopback import bot_process
from tests.benchmarks.measuring import resident_mb
from tests.benchmarks.real_bot import bot_environment, real_bot, real_questions
from tests.bot_api import BotApiServer

A_SECOND = 20
CHATS = 2_000
FIRST_CHAT = 50_000
SETTLED = 0.25
"""Share of the time after which memory is expected to stand still: caches fill, connections are opened."""


@dataclass(frozen=True, slots=True)
class Soak:
    """``memory``: (seconds, MB) pairs; ``late_s``: how long after the last question its answer came."""

    asked: int
    answered: int
    doubled: int
    late_s: float
    memory: tuple[tuple[float, float], ...]


def run(full: bool, work: Path) -> Findings:
    real_bot(work)
    lasting_s = 600 if full else 30
    soak = asyncio.run(_soak(work, real_questions(400), lasting_s))
    seconds, held = (np.array(side) for side in zip(*soak.memory, strict=True))
    later = seconds >= SETTLED * lasting_s
    slope = float(np.polyfit(seconds[later], held[later], 1)[0]) * 60
    rows = (
        ("questions asked", f"{soak.asked:,}"),
        ("answered", f"{soak.answered:,}"),
        ("answered twice", str(soak.doubled)),
        ("last answer after the last question", f"{soak.late_s:.1f} s"),
        ("memory at the beginning, MB", f"{held[0]:.0f}"),
        ("memory at the end, MB", f"{held[-1]:.0f}"),
        ("slope after the first quarter, MB a minute", f"{slope:+.2f}"),
    )
    return Findings(
        "Soak",
        (
            f"`python -m bot run` on the loopback server, {A_SECOND} questions a second for {lasting_s} "
            f"seconds, in turn from {CHATS:,} chats, 400 different questions. The database is SQLite, new.",
        ),
        (table(("figure", "value"), rows),),
        (
            Target("soak: answers lost", float(soak.asked - soak.answered), 0, ""),
            Target("soak: answers doubled", float(soak.doubled), 0, ""),
        ),
        (
            Plot(
                "soak-memory",
                "seconds",
                "resident memory, MB",
                (Line("bot", tuple(map(float, seconds)), tuple(round(float(mb), 1) for mb in held)),),
            ),
        ),
    )


async def _soak(work: Path, questions: Sequence[str], lasting_s: int) -> Soak:
    data = work / "soak"
    async with BotApiServer() as server:
        environment = bot_environment(
            work,
            TELEGRAM_TOKEN=server.token,
            TELEGRAM_API_URL=server.url,
            MAX_QUESTIONS_PER_MINUTE="100000",
            DATABASE_URL=f"sqlite+aiosqlite:///{_new(data)}",
        )
        async with bot_process(server, ("-m", "bot", "run"), environment) as process:
            memory: list[tuple[float, float]] = []
            start = time.perf_counter()
            asked = 0
            while (now := time.perf_counter() - start) < lasting_s:
                while asked < now * A_SECOND:
                    server.user_says(FIRST_CHAT + asked % CHATS, questions[asked % len(questions)])
                    asked += 1
                if not memory or now - memory[-1][0] >= 5:
                    memory.append((round(now, 1), resident_mb(process.pid)))
                await asyncio.sleep(0.02)
            ended = time.perf_counter()
            answered = await _all_answered(server, asked, 300)
            late_s = time.perf_counter() - ended
            memory.append((round(time.perf_counter() - start, 1), resident_mb(process.pid)))
        answered, doubled = _counted(server)
        return Soak(asked, answered, doubled, late_s, tuple(memory))


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("bot.sqlite*"):
        old.unlink()
    return folder / "bot.sqlite"


async def _all_answered(server: BotApiServer, asked: int, patience_s: float) -> int:
    """Wait until every question has its answer, or patience is at an end."""
    deadline = time.perf_counter() + patience_s
    while (  # noqa: ASYNC110 # what is waited for lies in another process
        answered := _counted(server)[0]
    ) < asked and time.perf_counter() < deadline:
        await asyncio.sleep(0.5)
    return answered


def _counted(server: BotApiServer) -> tuple[int, int]:
    """Questions that have an answer, and answers beyond the first; an answer replies to its question."""
    replied: dict[tuple[int, int], int] = {}
    for call in server.calls_of("sendMessage"):
        chat = int(call.params["chat_id"])
        if chat >= FIRST_CHAT and "reply_parameters" in call.params:
            key = (chat, int(call.params["reply_parameters"]["message_id"]))
            replied[key] = replied.get(key, 0) + 1
    return len(replied), sum(count - 1 for count in replied.values())
