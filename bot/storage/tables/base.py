"""What the tables share: aware moments, 64-bit numbers, keyed hashes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Integer, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

BigId = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up by itself only in an INTEGER key

NUMBERED = {"sqlite_autoincrement": True}
"""A deleted row's number never comes back: buttons in old messages carry numbers."""


class Moment(TypeDecorator[datetime]):
    """An aware moment. SQLite has no zones: UTC goes in, UTC comes out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value.isoformat()}: a moment without a time zone; wanted an aware one")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Moment, list[str]: JSON, list[dict[str, Any]]: JSON}


def number() -> Mapped[int]:
    return mapped_column(BigId, primary_key=True, autoincrement=True)


def hashed(**options: Any) -> Mapped[Any]:
    return mapped_column(String(64), **options)


def address() -> Mapped[str]:
    """Something may have to be sent to this chat; gone with the chat."""
    return mapped_column(String(64), ForeignKey("chats.key", ondelete="CASCADE"), index=True)


def question_ref(**options: Any) -> Mapped[Any]:
    return mapped_column(BigId, ForeignKey("questions.id", **options), index=True)
