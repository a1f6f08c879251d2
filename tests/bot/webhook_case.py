"""An application that the loopback Bot API server calls by webhook, as ``run --webhook`` has it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.operations.metrics import Metrics
from bot.telegram.application import build_application
from bot.telegram.dependencies import Dependencies
from bot.telegram.webhook import WebhookAddress, run_webhook
from tests.bot_api import BotApiServer

SECRET = "a-secret_of-the-tests-0123"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def called(deps: Dependencies, server: BotApiServer, **settings: Any) -> AsyncIterator[WebhookAddress]:
    """At work until the block ends; then it is told to stop and has to."""
    port = free_port()
    address = WebhookAddress(f"http://127.0.0.1:{port}/telegram", SECRET, "127.0.0.1", port)
    application = build_application(
        deps, token=server.token, api_url=server.url, messages_per_second=0, **settings
    )
    stop, ready = asyncio.Event(), asyncio.Event()
    metrics: Metrics = deps.metrics
    running = asyncio.create_task(run_webhook(application, address, metrics, stop, ready.set))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=10)
    waiting.cancel()
    if running.done():
        await running
    try:
        yield address
    finally:
        stop.set()
        await asyncio.wait_for(running, 10)
