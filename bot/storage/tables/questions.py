"""What was asked, and what people thought of the answers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import NUMBERED, Base, BigId, hashed, number, question_ref


class TurnRow(Base):
    __tablename__ = "turns"
    __table_args__ = (Index(None, "chat_key", "at"),)

    id: Mapped[int] = number()
    chat_key: Mapped[str] = hashed()
    person_key: Mapped[str | None] = hashed(index=True)
    question: Mapped[str] = mapped_column(Text)
    understood: Mapped[str | None] = mapped_column(Text)
    passages: Mapped[list[str]]
    at: Mapped[datetime] = mapped_column(index=True)


class QuestionRow(Base):
    """``text``, ``understood``, ``person_key`` and ``chat_key`` are None once it is old."""

    __tablename__ = "questions"
    __table_args__ = NUMBERED

    id: Mapped[int] = number()
    person_key: Mapped[str | None] = hashed(index=True)
    chat_key: Mapped[str | None] = hashed()
    text: Mapped[str | None] = mapped_column(Text)
    understood: Mapped[str | None] = mapped_column(Text)
    same_key: Mapped[str] = hashed(index=True)
    status: Mapped[str] = mapped_column(String(16))
    probability: Mapped[float]
    elapsed_ms: Mapped[float]
    at: Mapped[datetime] = mapped_column(index=True)
    day: Mapped[date] = mapped_column(Date, index=True)


class QuestionPassageRow(Base):
    __tablename__ = "question_passages"

    question_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    passage_id: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = hashed()
    document: Mapped[str] = mapped_column(Text)
    article: Mapped[str | None] = mapped_column(Text)


class QuestionMessageRow(Base):
    """Which message belongs to which question; ``ours``: the bot's, not the asker's."""

    __tablename__ = "question_messages"

    chat_key: Mapped[str] = hashed(primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    question_id: Mapped[int] = question_ref(ondelete="CASCADE")
    ours: Mapped[bool]


class FeedbackRow(Base):
    """``person_key`` is None once the question is old."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("question_id", "person_key"),)

    id: Mapped[int] = number()
    question_id: Mapped[int] = mapped_column(BigId, ForeignKey("questions.id", ondelete="CASCADE"))
    person_key: Mapped[str | None] = hashed(index=True)
    vote: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(16))
    at: Mapped[datetime]
