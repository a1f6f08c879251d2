"""A typed question to ``sendMessage`` on loopback, beside an echo bot and the bare embedding, in one run."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from retrieval.embedder import load_embedder
from tests.benchmarks.findings import Findings, Target, table
from tests.benchmarks.loopback import answer_times, bot_process
from tests.benchmarks.measuring import Times, timed
from tests.benchmarks.real_bot import bot_environment, real_bot, real_questions
from tests.bot_api import BotApiServer

WARM = 10
ALLOWED_MS = 25.0


def run(full: bool, work: Path) -> Findings:
    questions = real_questions(200 if full else 60)
    real_bot(work)  # its index is there from now on
    echo = asyncio.run(_echo(questions))
    embedder = load_embedder("bundled")
    bare = timed(lambda question: embedder.embed_queries([question]), questions, warm=WARM)
    ours = asyncio.run(_ours(questions, work))
    beyond = ours.median_ms - echo.median_ms - bare.median_ms
    return Findings(
        "Question to sendMessage on loopback",
        (
            f"{len(questions)} questions, one after another, each in a chat of its own. Floor: an echo bot "
            "of python-telegram-bot at its defaults, in a process of its own on the same loopback server. "
            "Ours: `python -m bot run`, with its database, its deliveries and its typing signs.",
        ),
        (
            table(
                ("bot", "median ms", "95 % ms"),
                (
                    ("echo bot: the floor", echo.median_ms, echo.p95_ms),
                    ("bare embedding", bare.median_ms, bare.p95_ms),
                    ("ours", ours.median_ms, ours.p95_ms),
                    ("ours beyond floor and embedding", beyond, "—"),
                ),
            ),
        ),
        (Target("question to sendMessage beyond floor and embedding, median", beyond, ALLOWED_MS, "ms"),),
    )


async def _echo(questions: Sequence[str]) -> Times:
    async with BotApiServer() as server:
        command = ("-m", "tests.benchmarks.echo_bot", server.url, server.token)
        async with bot_process(server, command):
            return Times((await answer_times(server, questions)).ms[WARM:])


async def _ours(questions: Sequence[str], work: Path) -> Times:
    async with BotApiServer() as server:
        environment = bot_environment(
            work,
            TELEGRAM_TOKEN=server.token,
            TELEGRAM_API_URL=server.url,
            MAX_QUESTIONS_PER_MINUTE="100000",
        )
        async with bot_process(server, ("-m", "bot", "run"), environment):
            return Times((await answer_times(server, questions)).ms[WARM:])
