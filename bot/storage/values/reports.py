"""What is counted, and what was deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.storage.values.questions import FeedbackCount


@dataclass(frozen=True, slots=True)
class DayCount:
    """The questions of one day in Kazakhstan."""

    day: date
    answered: int = 0
    refused: int = 0
    passed_on: int = 0
    smalltalk: int = 0


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many answered questions had this article's passage first; ``article`` None: no article."""

    document: str
    article: str | None
    questions: int


@dataclass(frozen=True, slots=True)
class SlowQuestion:
    question_id: int
    text: str | None
    elapsed_ms: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Statistics:
    """Days ``since`` to ``until``, both counted; ``days`` has every one of them, ascending.

    ``people`` counts those whose questions are not yet anonymous (``RETENTION_DAYS``).
    """

    since: date
    until: date
    days: tuple[DayCount, ...]
    feedback: FeedbackCount
    topics: tuple[TopicCount, ...]
    slowest: tuple[SlowQuestion, ...]
    people: int
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What /umyt deleted, by kind.

    ``waiting``: open cards on which staff's answer was awaited. ``signatures``: staff answers that the
    person worked on, which stay. ``staff_messages``: messages in the staff group that show the person's
    words; their cards have none, or another asker's, now: draw them anew, or take them down where the
    card is no longer open.
    """

    turns: int = 0
    questions: int = 0
    votes: int = 0
    waiting: int = 0
    owed: int = 0
    subscriptions: int = 0
    passages: int = 0
    signatures: int = 0
    addresses: int = 0
    staff_messages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Swept:
    """What the daily sweep removed: texts made anonymous, rows deleted.

    ``staff_messages``: as in ``Forgotten``, for open cards that grew too old.
    """

    questions: int = 0
    turns: int = 0
    cards: int = 0
    updates: int = 0
    deliveries: int = 0
    passages: int = 0
    chats: int = 0
    staff_messages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """What waits: staff's open cards, messages owed to chats, updates taken and not finished."""

    staff_cards: int = 0
    deliveries: int = 0
    updates: int = 0
