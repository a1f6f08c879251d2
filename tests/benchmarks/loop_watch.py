"""How long an event loop is away: a thread of its own asks it for the time, over and over."""

from __future__ import annotations

import asyncio
import threading
import time
from types import TracebackType


class LoopWatch:
    """``async with LoopWatch() as watch``: afterwards ``watch.blocked_ms`` has every wait of more than a ms.

    A wait is the time between asking the running loop for a sign of life and getting it.
    """

    def __init__(self, every_s: float = 0.002) -> None:
        self.blocked_ms: list[float] = []
        self._every_s = every_s
        self._stop = threading.Event()

    @property
    def longest_ms(self) -> float:
        return max(self.blocked_ms, default=0.0)

    async def __aenter__(self) -> LoopWatch:
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._watch, args=(loop,), name="loop-watch", daemon=True)
        self._thread.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        await asyncio.to_thread(self._thread.join)

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stop.is_set():
            answered = threading.Event()
            asked = time.perf_counter()
            loop.call_soon_threadsafe(answered.set)
            while not answered.wait(0.5):
                if self._stop.is_set():
                    return
            away_ms = (time.perf_counter() - asked) * 1e3
            if away_ms > 1:
                self.blocked_ms.append(away_ms)
            self._stop.wait(self._every_s)
