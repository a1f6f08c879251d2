"""Whose database it is, and where messages can be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Base, hashed


class InstallationRow(Base):
    """One row: which secret this database belongs to, and which replica leads."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    fingerprint: Mapped[str] = hashed()
    leader: Mapped[str | None] = mapped_column(Text)
    leads_until: Mapped[datetime | None]


class ChatRow(Base):
    """The address book; ``blocked_at``: the bot was thrown out, and nobody has asked there since.

    ``moved_to``: the group became a supergroup; the key of that, where everything belongs now.
    """

    __tablename__ = "chats"

    key: Mapped[str] = hashed(primary_key=True)
    sealed_id: Mapped[bytes] = mapped_column(LargeBinary)
    blocked_at: Mapped[datetime | None]
    moved_to: Mapped[str | None] = hashed()
