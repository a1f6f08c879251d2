"""Brings a database to the newest schema at the start, one process at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import event, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.errors import StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "head"
SQLITE_PATIENCE_S = 300
"""How long a process waits for another one's migration."""

_ADVISORY_LOCK = 7_298_001
"""Any number that no other program locks in the same PostgreSQL database."""


async def migrate(address: URL, revision: str = HEAD) -> None:
    """All steps in one transaction: a failing one leaves the schema that was there.

    :raises StorageError: the database has a schema that this program does not know.
    """
    if address.get_backend_name() == "sqlite":
        await _migrate_sqlite(address, revision)
    else:
        await _migrate_postgres(address, revision)


async def _migrate_postgres(address: URL, revision: str) -> None:
    engine = create_async_engine(address, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK}
            )
            await connection.run_sync(_upgrade, revision)
    finally:
        await engine.dispose()


async def _migrate_sqlite(address: URL, revision: str) -> None:
    """Foreign keys stay off here: a table is altered by copying it; to drop the old one would cascade."""
    engine = create_async_engine(address, poolclass=NullPool)
    event.listen(engine.sync_engine, "connect", _journal_to_wal)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, revision)
            broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).fetchall()
            if broken:
                raise StorageError(
                    f"{address.database}: {len(broken)} rows refer to rows that are gone; nothing was changed"
                )
    finally:
        await engine.dispose()


def _begin_immediate(connection: Connection) -> None:
    """The write lock: another process that starts waits here, then finds the work done."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _journal_to_wal(connection: Any, _record: object) -> None:
    """WAL stays with the file: readers and the writer do not wait for each other."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_PATIENCE_S * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as exc:
        raise StorageError(f"database schema: {exc}; run the newest program, or bring back a copy") from exc
