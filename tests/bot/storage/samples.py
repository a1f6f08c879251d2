"""A clock that is set by hand, and the people and passages of the storage tests."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from bot.storage.values import CuratedCitation, NewQuestion, PassageRef, QuestionStatus

SECRET = b"0123456789abcdef0123456789abcdef"
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

AIGUL, BERIK, SAULE = 712345678, 723456789, 734567890
"""User numbers; a private chat has the same number."""
GROUP = -1001234567890


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **time: float) -> None:
        self.now += timedelta(**time)


def passage(article: str = "9", document: str = "law-assembly", text: str = "") -> PassageRef:
    """A passage of an article; ``text`` makes another digest of the same place."""
    digest = hashlib.sha256(f"{document} {article} {text}".encode()).hexdigest()
    return PassageRef(f"{document}/2022-02-07/{article}/1", digest, document, article)


def question(
    text: str = "Ассамблеяны кім басқарады?",
    user_id: int = AIGUL,
    chat_id: int | None = None,
    *,
    status: QuestionStatus = QuestionStatus.ANSWERED,
    understood: str | None = None,
    passages: tuple[PassageRef, ...] = (),
    elapsed_ms: float = 20.0,
    message_id: int | None = None,
) -> NewQuestion:
    return NewQuestion(
        user_id=user_id,
        chat_id=user_id if chat_id is None else chat_id,
        text=text,
        status=status,
        understood=understood,
        passages=passages,
        probability=0.9,
        elapsed_ms=elapsed_ms,
        message_id=message_id,
    )


def citation(article: str = "9", quote: str = "Ассамблея Төрағасы", text: str = "") -> CuratedCitation:
    source = passage(article, text=text)
    return CuratedCitation("law-assembly", "2022-02-07", article, "1", source.id, source.digest, quote)
