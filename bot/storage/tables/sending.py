"""What came in, what is owed, and what was shown to whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import NUMBERED, Base, BigId, address, hashed, number, question_ref


class UpdateRow(Base):
    """An update that was taken; ``sealed_payload`` and ``chat_key`` are there until it is finished."""

    __tablename__ = "updates"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    sealed_payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    holder: Mapped[str] = mapped_column(Text)
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    chat_key: Mapped[str | None] = hashed(index=True)


class DeliveryRow(Base):
    """``payload`` is None once it is settled; the row stays a while, for its key."""

    __tablename__ = "deliveries"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "chat_key", "state"), NUMBERED)

    id: Mapped[int] = number()
    chat_key: Mapped[str] = mapped_column(String(64), ForeignKey("chats.key", ondelete="CASCADE"))
    dedupe_key: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    question_id: Mapped[int | None] = question_ref(ondelete="SET NULL")
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int]
    in_doubt: Mapped[bool]
    holder: Mapped[str | None] = mapped_column(Text)
    leased_until: Mapped[datetime | None]
    due_at: Mapped[datetime]
    error: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    owed_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    bulk: Mapped[bool] = mapped_column(server_default=false())
    campaign_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("campaigns.id", ondelete="SET NULL"), index=True
    )


class SentPassageRow(Base):
    """Which chat was shown which text when: the addresses of a correction."""

    __tablename__ = "sent_passages"
    __table_args__ = (Index(None, "digest", "at"), Index(None, "document", "article", "at"))

    id: Mapped[int] = number()
    chat_key: Mapped[str] = address()
    passage_id: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = hashed()
    document: Mapped[str] = mapped_column(Text)
    article: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)


class SubscriptionRow(Base):
    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("chat_key", "document"),)

    id: Mapped[int] = number()
    chat_key: Mapped[str] = mapped_column(String(64), ForeignKey("chats.key", ondelete="CASCADE"))
    document: Mapped[str] = mapped_column(Text, index=True)
    at: Mapped[datetime]


class CampaignRow(Base):
    """A correction; its recipients are deliveries, its counts outlive them."""

    __tablename__ = "campaigns"
    __table_args__ = NUMBERED

    id: Mapped[int] = number()
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str | None] = hashed()
    started_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    recipients: Mapped[int]
    sent: Mapped[int]
    blocked: Mapped[int]
    failed: Mapped[int]
