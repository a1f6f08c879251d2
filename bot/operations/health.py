"""Whether the process lives, whether it can answer, and if not, why.

Asked from the thread of the operations server, so that a blocked event loop is noticed and not waited for.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.operations.metrics import Metrics
from bot.storage.errors import StorageError
from bot.storage.storage import Storage
from bot.storage.values import Load

T = TypeVar("T")

LOOP_PATIENCE_S = 5.0
DATABASE_PATIENCE_S = 3.0
SYNC_MARK = "synced"
"""File in the data folder; its age is the time since a sync found all texts held."""


@dataclass(frozen=True, slots=True)
class _Serving:
    loop: asyncio.AbstractEventLoop
    storage: Storage


class Health:
    """Starts as not ready, for ``reason``; ``serving`` and ``waits_for`` are the main thread's word on it."""

    def __init__(self, metrics: Metrics, data_dir: Path) -> None:
        self.metrics = metrics
        self._data_dir = data_dir
        self._reason = "starting"
        self._serving: _Serving | None = None

    def waits_for(self, reason: str) -> None:
        """Not ready, for this reason; alive all the same."""
        self._serving, self._reason = None, reason

    def serving(self, loop: asyncio.AbstractEventLoop, storage: Storage) -> None:
        """The index is loaded, the database open, and ``loop`` works on updates from now on."""
        self._serving = _Serving(loop, storage)

    async def why_not_alive(self) -> str | None:
        """None while the event loop turns, and while there is none yet."""
        serving = self._serving
        if serving is None:
            return None
        if await _asked(serving.loop, asyncio.sleep(0, result=True), LOOP_PATIENCE_S) is None:
            return f"the event loop has not turned for {LOOP_PATIENCE_S:g} s"
        return None

    async def why_not_ready(self) -> str | None:
        """None where the index is loaded and the database answers."""
        serving = self._serving
        if serving is None:
            return self._reason
        found = await _asked(serving.loop, _reachable(serving.storage), DATABASE_PATIENCE_S)
        return f"database: no answer within {DATABASE_PATIENCE_S:g} s" if found is None else found or None

    async def page(self) -> bytes:
        """The figures for Prometheus; without those of the database where it does not answer."""
        serving, load = self._serving, None
        if serving is not None:
            load = await _asked(serving.loop, _load(serving.storage), DATABASE_PATIENCE_S)
        return self.metrics.text(load, self._sync_age_s())

    def _sync_age_s(self) -> float | None:
        try:
            return max(0.0, time.time() - (self._data_dir / SYNC_MARK).stat().st_mtime)
        except OSError:
            return None


async def _asked(
    loop: asyncio.AbstractEventLoop, question: Coroutine[Any, Any, T], patience_s: float
) -> T | None:
    """What the other thread's loop says; None where it says nothing in time, or is closed."""
    try:
        asked = asyncio.run_coroutine_threadsafe(question, loop)
    except RuntimeError:
        question.close()
        return None
    try:
        return await asyncio.wait_for(asyncio.wrap_future(asked), patience_s)
    except TimeoutError:
        return None


async def _reachable(storage: Storage) -> str:
    """Why not; empty where it is."""
    try:
        await storage.load.answers()
    except StorageError as error:
        return str(error)
    return ""


async def _load(storage: Storage) -> Load | None:
    try:
        return await storage.load.now()
    except StorageError:
        return None
