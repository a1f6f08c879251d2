"""The last questions of each conversation, on which a follow-up may hang."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.storage.storage import Storage

TURNS = 5
KEPT_S = 1800.0
_MAX_CONVERSATIONS = 10_000


@dataclass(frozen=True, slots=True)
class _Turn:
    question: str
    at_s: float


class Conversations:
    """Kept in the database, so that they survive a restart; held here too, which saves a read a question.

    Not held where other replicas share the database: they may add to a conversation meanwhile.
    """

    def __init__(self, storage: Storage, clock: Callable[[], float] = time.monotonic) -> None:
        self._storage = storage
        self._clock = clock
        self._known: OrderedDict[int | str, deque[_Turn]] = OrderedDict()

    async def last(self, conversation: int | str) -> list[str]:
        """The questions as they were understood, the newest first; none older than half an hour."""
        turns = None if self._storage.shared else self._known.get(conversation)
        if turns is None:
            kept = await self._storage.turns.last(conversation, TURNS, timedelta(seconds=KEPT_S))
            now = self._clock()
            turns = self._held(conversation)
            turns.clear()
            turns.extend(_Turn(turn.understood or turn.question, now) for turn in reversed(kept))
        oldest = self._clock() - KEPT_S
        return [turn.question for turn in reversed(turns) if turn.at_s >= oldest]

    async def remember(
        self,
        conversation: int | str,
        question: str,
        understood: str | None,
        passages: Sequence[str],
        user_id: int,
    ) -> None:
        """One more turn, in the caller's transaction; ``last`` has been asked for before."""
        await self._storage.turns.remember(conversation, question, understood, passages, user_id=user_id)
        self._held(conversation).append(_Turn(understood or question, self._clock()))

    def forget(self, user_id: int) -> None:
        """The person's conversations, in his own chat and in groups; those kept are ``Privacy``'s."""
        for conversation in [c for c in self._known if _is_of(c, user_id)]:
            del self._known[conversation]

    def _held(self, conversation: int | str) -> deque[_Turn]:
        turns = self._known.setdefault(conversation, deque(maxlen=TURNS))
        self._known.move_to_end(conversation)
        while len(self._known) > _MAX_CONVERSATIONS:
            self._known.popitem(last=False)
        return turns


def in_group(chat_id: int, user_id: int) -> str:
    """The name of a person's conversation in a group."""
    return f"{chat_id}:{user_id}"


def _is_of(conversation: int | str, user_id: int) -> bool:
    return conversation == user_id or str(conversation).endswith(f":{user_id}")
