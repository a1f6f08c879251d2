"""How many questions a person, and a chat, may ask within a minute."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from enum import Enum

WINDOW_S = 60.0
_MAX_KEYS = 20_000


class Admission(Enum):
    """``TOO_MANY`` once, to be said; ``STILL_TOO_MANY`` until the person is admitted again."""

    ADMITTED = "admitted"
    TOO_MANY = "too many"
    STILL_TOO_MANY = "still too many"


class Limits:
    """Counts in memory: a restart forgives everybody."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._asked: OrderedDict[int, deque[float]] = OrderedDict()
        self._told: set[int] = set()

    def admit(self, user_id: int, chat_id: int) -> Admission:
        """Whether one more question may be worked on; only an admitted one counts."""
        now = self._clock()
        keys = {user_id, chat_id}  # a private chat has the person's number
        full = [key for key in keys if len(self._recent(key, now)) >= self.per_minute]
        if not full:
            for key in keys:
                self._recent(key, now).append(now)
                self._told.discard(key)
            return Admission.ADMITTED
        said = all(key in self._told for key in full)
        self._told.update(full)
        return Admission.STILL_TOO_MANY if said else Admission.TOO_MANY

    def _recent(self, key: int, now: float) -> deque[float]:
        times = self._asked.setdefault(key, deque())
        self._asked.move_to_end(key)
        while times and times[0] <= now - WINDOW_S:
            times.popleft()
        while len(self._asked) > _MAX_KEYS:
            forgotten, _ = self._asked.popitem(last=False)
            self._told.discard(forgotten)
        return times
