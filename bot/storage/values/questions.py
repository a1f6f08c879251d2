"""Questions, turns and votes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.storage.people import PersonKey
from knowledge.model import Passage


@dataclass(frozen=True, slots=True)
class PassageRef:
    """A passage as it was when it was used: ``digest`` is ``Passage.digest``, the hash of its text."""

    id: str
    digest: str
    document: str
    article: str | None = None

    @classmethod
    def of(cls, passage: Passage) -> PassageRef:
        return cls(passage.id, passage.digest, passage.document, passage.article)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a chat; ``passages`` are the ids of those cited in its answer, best first."""

    question: str
    understood: str | None
    passages: tuple[str, ...]
    at: datetime


class QuestionStatus(StrEnum):
    """What became of a question. ``PASSED_ON``: its asker agreed that staff see it."""

    ANSWERED = "answered"
    REFUSED = "refused"
    PASSED_ON = "passed_on"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question to be kept. ``message_id``: the asker's message, None where there is none (a button)."""

    user_id: int
    chat_id: int
    text: str
    status: QuestionStatus
    understood: str | None = None
    passages: tuple[PassageRef, ...] = ()
    probability: float = 0.0
    elapsed_ms: float = 0.0
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question as it is kept; ``text``, ``understood`` and ``person`` are None once it is old.

    ``asked_in`` is the asker's message and ``answered_in`` the bot's, all in the chat of the question.
    """

    id: int
    text: str | None
    understood: str | None
    status: QuestionStatus
    probability: float
    elapsed_ms: float
    passages: tuple[PassageRef, ...]
    at: datetime
    person: PersonKey | None
    asked_in: int | None
    answered_in: tuple[int, ...]


class Vote(StrEnum):
    UP = "up"
    DOWN = "down"


class Reason(StrEnum):
    """Why an answer was no good."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """Votes; the four reasons add up to at most ``down``, a reason being optional."""

    up: int = 0
    down: int = 0
    wrong: int = 0
    incomplete: int = 0
    unclear: int = 0
    other: int = 0
