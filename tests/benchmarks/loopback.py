"""A bot in a process of its own on the loopback Bot API server, and how long its answers take."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from tests.benchmarks.measuring import Times
from tests.bot_api import BotApiServer

_FIRST_CHAT = 10_000
_READY_S = 180.0


@asynccontextmanager
async def bot_process(
    server: BotApiServer, command: Sequence[str], environment: Mapping[str, str] | None = None
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """``python`` with these arguments, polling when the block begins, stopped after it."""
    process = subprocess.Popen(  # noqa: ASYNC220 # starting one takes a moment
        [sys.executable, *command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        server.user_says(_FIRST_CHAT - 1, "Ассамблея деген не?")
        await server.wait_for_message(_FIRST_CHAT - 1, timeout_s=_READY_S)
        yield process
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


async def answer_times(server: BotApiServer, questions: Sequence[str]) -> Times:
    """Each question in a chat of its own, the next one when the answer is there."""
    taken = []
    for number, question in enumerate(questions):
        chat = _FIRST_CHAT + number
        start = time.perf_counter()
        server.user_says(chat, question)
        await server.wait_for_message(chat, timeout_s=30)
        taken.append((time.perf_counter() - start) * 1e3)
    return Times(tuple(taken))
