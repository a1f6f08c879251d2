"""Cards in the staff group, and the answers that staff wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.storage.people import PersonKey


@dataclass(frozen=True, slots=True)
class Asker:
    """Someone who waits for staff: where to answer, in reply to which message, about which question."""

    user_id: int
    chat_id: int
    reply_to: int | None = None
    question_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An asker of an open card, as staff's answer needs him: the person himself is not told."""

    chat_id: int
    reply_to: int | None
    question_id: int | None


class CardState(StrEnum):
    """``EXPIRED``: nobody waits any more, or too long."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Card:
    """A question in the staff group. ``question`` is None once its text is deleted.

    ``asked`` counts the people who asked it; ``embedding`` is a float32 vector as bytes;
    ``passages`` are ids, nearest first.
    """

    id: int
    question: str | None
    understood: str | None
    passages: tuple[str, ...]
    embedding: bytes
    asked: int
    state: CardState
    staff_message_id: int | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class SimilarCard:
    """An open card and the cosine of its question with another one, -1..1, higher is closer."""

    card: Card
    similarity: float


class CuratedStatus(StrEnum):
    """``WITHDRAWN``: a cited text changed, staff decide; ``RETIRED``: staff decided, for good."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class CuratedCitation:
    """A quotation of a staff answer, locked to ``digest``, the hash of the passage it was taken from."""

    document: str
    edition: str
    article: str | None
    point: str | None
    passage_id: str
    digest: str
    quote: str


@dataclass(frozen=True, slots=True)
class CuratedAnswer:
    """A staff answer; ``questions`` are those it answers, the first one its title.

    ``reason`` tells why it is withdrawn or retired. ``author`` is None once he asked to be forgotten.
    """

    id: int
    text: str
    questions: tuple[str, ...]
    citations: tuple[CuratedCitation, ...]
    status: CuratedStatus
    author: PersonKey | None
    reason: str | None
    created_at: datetime
    changed_at: datetime


class ChangeKind(StrEnum):
    CREATED = "created"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    RENEWED = "renewed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class CuratedChange:
    """One line of a staff answer's history, with the answer as it stood after the change.

    ``by`` is None where the bot did it (a sync) or where the person asked to be forgotten.
    """

    kind: ChangeKind
    by: PersonKey | None
    at: datetime
    reason: str | None
    text: str
    questions: tuple[str, ...]
    citations: tuple[CuratedCitation, ...]
