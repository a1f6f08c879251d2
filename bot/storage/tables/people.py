"""Whose database it is, and where messages can be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Base, hashed


class InstallationRow(Base):
    """One row: which secret this database belongs to."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    fingerprint: Mapped[str] = hashed()


class ChatRow(Base):
    """The address book; ``blocked_at``: the bot was thrown out, and nobody has asked there since."""

    __tablename__ = "chats"

    key: Mapped[str] = hashed(primary_key=True)
    sealed_id: Mapped[bytes] = mapped_column(LargeBinary)
    blocked_at: Mapped[datetime | None]
