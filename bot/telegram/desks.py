"""One question in work per chat; a newer one replaces an older one that takes too long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Replaced(Exception):  # it is no error: a newer question took the seat
    """The question was given up for a newer one of the same chat."""


class Seat:
    """One question's turn. Only ``work`` can be given up; what comes after it is finished."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.left = asyncio.Event()
        self._began_at_s = 0.0
        self._task: asyncio.Task[Any] | None = None
        self._replaced = False

    def begin(self) -> None:
        self._began_at_s = time.monotonic()
        self.begun.set()

    async def work(self, job: Coroutine[Any, Any, T]) -> T:
        """:raises Replaced: a newer question came, and this one took longer than it may."""
        if self._replaced:
            job.close()
            raise Replaced
        task = asyncio.create_task(job)
        self._task = task
        try:
            return await task
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if self._replaced and not (current and current.cancelling()):
                raise Replaced from None
            raise
        finally:
            self._task = None

    async def make_room(self, patience_s: float) -> None:
        """Come back when the seat is free: after ``patience_s`` of its work at the latest."""
        await self.begun.wait()
        rest_s = self._began_at_s + patience_s - time.monotonic()
        try:
            await asyncio.wait_for(self.left.wait(), max(0.0, rest_s))
        except TimeoutError:
            self._replaced = True
            if self._task is not None:
                self._task.cancel()
            await self.left.wait()


class Desks:
    """A row of seats per chat: questions are worked on in the order in which they came.

    ``patience_s``: a quick question is answered even if the next one is there already; one that has
    been in work for longer than this gives way to it.
    """

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._last: dict[int, Seat] = {}

    @asynccontextmanager
    async def seat(self, chat_id: int) -> AsyncIterator[Seat]:
        """Wait for the chat's turn, and have it until the end of the block."""
        seat, before = Seat(), self._last.get(chat_id)
        self._last[chat_id] = seat
        try:
            if before is not None:
                await before.make_room(self._patience_s)
            seat.begin()
            yield seat
        finally:
            seat.begin()
            seat.left.set()
            if self._last.get(chat_id) is seat:
                del self._last[chat_id]
