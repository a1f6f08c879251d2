"""Deleting rows and saying how many."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, inspect
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import Base


async def delete_where(session: AsyncSession, table: type[Base], which: ColumnElement[bool]) -> int:
    """How many rows went, without those that go with them."""
    key = inspect(table).primary_key[0]
    return len((await session.execute(delete(table).where(which).returning(key))).all())
