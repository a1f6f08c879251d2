"""Questions that wait for staff, and the answers that staff wrote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import NUMBERED, Base, BigId, address, hashed, number, question_ref


class CardRow(Base):
    """``person_key``: whose words ``question`` are; both, and the embedding, go when the card is old."""

    __tablename__ = "cards"
    __table_args__ = NUMBERED

    id: Mapped[int] = number()
    person_key: Mapped[str | None] = hashed(index=True)
    question: Mapped[str | None] = mapped_column(Text)
    understood: Mapped[str | None] = mapped_column(Text)
    passages: Mapped[list[str]]
    embedding: Mapped[bytes] = mapped_column(LargeBinary)
    asked: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), index=True)
    staff_message_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = hashed()


class AskerRow(Base):
    """Who waits for an open card; deleted when it is settled."""

    __tablename__ = "askers"

    card_id: Mapped[int] = mapped_column(BigId, ForeignKey("cards.id", ondelete="CASCADE"), primary_key=True)
    person_key: Mapped[str] = hashed(primary_key=True, index=True)
    chat_key: Mapped[str] = address()
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    question_id: Mapped[int | None] = question_ref(ondelete="SET NULL")


class CuratedRow(Base):
    """``folded``: text and questions in lower case, for the search (SQLite folds only Latin letters)."""

    __tablename__ = "curated_answers"
    __table_args__ = NUMBERED

    id: Mapped[int] = number()
    text: Mapped[str] = mapped_column(Text)
    questions: Mapped[list[str]]
    folded: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str | None] = hashed()
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class CuratedCitationRow(Base):
    __tablename__ = "curated_citations"

    answer_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("curated_answers.id", ondelete="CASCADE"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text)
    edition: Mapped[str] = mapped_column(Text)
    article: Mapped[str | None] = mapped_column(Text)
    point: Mapped[str | None] = mapped_column(Text)
    passage_id: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = hashed(index=True)
    quote: Mapped[str] = mapped_column(Text)


class CuratedChangeRow(Base):
    """Never changed, but for ``by`` of one who asks to be forgotten."""

    __tablename__ = "curated_changes"

    id: Mapped[int] = number()
    answer_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("curated_answers.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(16))
    by: Mapped[str | None] = hashed()
    at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    questions: Mapped[list[str]]
    citations: Mapped[list[dict[str, Any]]]
