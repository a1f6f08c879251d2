"""Whose turn it is in a chat, where several processes share the work: the order is that of the updates.

Within this process, the row of desks (desks.py) keeps the order, and lets a newer question replace a slow
one. What another process has in work is waited for here: until it is done, or taken over from the dead.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TypeGuard

import structlog

from bot.storage.errors import StorageError
from bot.storage.updates import Updates

PATIENCE_S = 60.0
"""Longer than a lease: what takes longer is stuck, and an answer out of order is better than none."""

_LOOK_EVERY_S = 0.1

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """``earlier``: what was not done in the chat when it came; None: not known."""

    chat_id: int
    earlier: tuple[int, ...] | None


class ChatTurns:
    """``came`` at the arrival of an update, in order; ``wait`` before it is worked on; ``over`` after."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._waiting: dict[int, _Waiting] = {}
        self._begun: set[int] = set()
        self._closing = False

    def came(self, key: int, chat_id: int | None, earlier: tuple[int, ...] | None) -> None:
        if chat_id is not None:
            self._waiting[key] = _Waiting(chat_id, earlier)

    async def wait(self, key: int) -> bool:
        """Come back when it may be worked on; False: not any more, the process is about to stop.

        At once, without a question to the database, where nobody else was at work in the chat.
        """
        waiting = self._waiting.get(key)
        if self._must_wait(waiting) and not await self._waited_for_others(key, waiting.chat_id):
            return False
        self._begun.add(key)
        return True

    def over(self, key: int) -> None:
        self._begun.discard(key)
        self._waiting.pop(key, None)

    def close(self) -> None:
        """Let nothing begin any more that waits for others: they will have it."""
        self._closing = True

    def _must_wait(self, waiting: _Waiting | None) -> TypeGuard[_Waiting]:
        if waiting is None:
            return False
        return waiting.earlier is None or self._not_begun(waiting.earlier)

    def _not_begun(self, keys: tuple[int, ...]) -> bool:
        """Whether one of them is in work elsewhere, waits here itself, or is over by now."""
        return any(key not in self._begun for key in keys)

    async def _waited_for_others(self, key: int, chat_id: int) -> bool:
        given_up_at_s = time.monotonic() + PATIENCE_S
        while not self._closing:
            try:
                if not self._not_begun(await self._updates.earlier(key, chat_id)):
                    return True
            except StorageError as error:
                log.warning("turn_not_known", error=str(error))
            if time.monotonic() > given_up_at_s:
                log.warning("turn_not_waited_for", waited_s=PATIENCE_S)
                return True
            await asyncio.sleep(_LOOK_EVERY_S)
        return False
