"""The last questions of each chat, by which a follow-up is made whole."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.followup import completed


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was understood, and when (seconds of a monotonic clock)."""

    question: str
    at_s: float


class Dialogue:
    """The last turns of each chat: bounded in number, forgotten after ``ttl_s`` seconds without a word."""

    def __init__(
        self, clock: Callable[[], float], *, turns: int = 5, chats: int = 10_000, ttl_s: float = 1800.0
    ) -> None:
        self._clock = clock
        self._turns = turns
        self._chats = chats
        self._ttl_s = ttl_s
        self._by_chat: OrderedDict[str, deque[Turn]] = OrderedDict()

    def understood(self, chat: str, question: str) -> str | None:
        """The question made whole, where it hangs on an earlier one; None where it does not.

        It hangs on the last turn that says what it is about: «рақмет» between two questions is passed over.
        """
        turns = self._by_chat.get(chat)
        if not turns or self._clock() - turns[-1].at_s > self._ttl_s:
            return None
        whole = (completed(question, turn.question) for turn in reversed(turns))
        return next((text for text in whole if text is not None), None)

    def remember(self, chat: str, question: str) -> None:
        """Keep a question, as it was understood, as the chat's last one."""
        turns = self._by_chat.setdefault(chat, deque(maxlen=self._turns))
        turns.append(Turn(question, self._clock()))
        self._by_chat.move_to_end(chat)
        while len(self._by_chat) > self._chats:
            self._by_chat.popitem(last=False)

    def forget(self, chat: str) -> bool:
        """Drop what is kept of a chat; whether there was anything."""
        return self._by_chat.pop(chat, None) is not None
