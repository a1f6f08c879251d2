"""One engine for SQLite or PostgreSQL, and the two kinds of transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as SQLAlchemyTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.storage.errors import StorageError
from bot.storage.migrate import migrate
from bot.storage.tables import Base

SQLITE_FILE = "bot.sqlite3"
BUSY_TIMEOUT_S = 30

_Current = tuple["Database", "asyncio.Task[Any] | None", AsyncSession]
_current: ContextVar[_Current | None] = ContextVar("current_transaction", default=None)


class Database:
    """Belongs to one event loop. Close it: aiosqlite keeps a thread a connection until then."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._sqlite = engine.dialect.name == "sqlite"
        self.shared = not self._sqlite
        # SQLite has one writer: queueing here is fair and instant, its own busy handler sleeps and polls
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if self._sqlite else nullcontext()

    @classmethod
    async def open(cls, url: str | None, data_dir: Path) -> Database:
        """Connect, bring the schema up to date and come back ready.

        Processes that start together migrate one after the other.

        :param url: ``sqlite+aiosqlite:///FILE`` or ``postgresql+asyncpg://…``; None: ``bot.sqlite3`` in
            ``data_dir``.
        :raises StorageError: it cannot be reached, written or migrated, or a newer program made it.
        """
        try:
            address = _address(url, data_dir)
        except OSError as exc:
            raise StorageError(f"database in {data_dir}: {exc}; see DATA_DIR") from exc
        engine = _engine(address)
        try:
            await migrate(address)
            async with engine.connect():
                pass
        except (SQLAlchemyError, OSError) as exc:
            await engine.dispose()
            cause = str(getattr(exc, "orig", None) or exc).splitlines()[0]
            way_out = "see DATABASE_URL"
            if "malformed" in cause or "not a database" in cause:
                way_out = f"`run` sets the damaged file aside and starts a new one; {way_out}"
            raise StorageError(f"database {address.render_as_string()}: {cause}; {way_out}") from exc
        except StorageError:
            await engine.dispose()
            raise
        return cls(engine)

    async def close(self) -> None:
        await self._engine.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session to read from; inside ``write`` of the same task, that one.

        :raises StorageError: the database did not do it.
        """
        joined = self._joined()
        if joined is not None:
            yield joined
            return
        with _translated():
            async with AsyncSession(self._engine, expire_on_commit=False) as session:
                await _connect(session)
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction, kept if the block ends well; inside another one of the same task, a part of it.

        :raises StorageError: the database did not do it; nothing of the transaction is kept.
        """
        joined = self._joined()
        if joined is not None:
            yield joined
            await joined.flush()
            return
        new = AsyncSession(self._writing, expire_on_commit=False)
        with _translated():
            async with self._turn, new as session, session.begin():
                await _connect(session)
                token = _current.set((self, asyncio.current_task(), session))
                try:
                    yield session
                finally:
                    _current.reset(token)

    def insert(self, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that knows ON CONFLICT, which the two databases spell the same way."""
        return sqlite.insert(table) if self._sqlite else postgresql.insert(table)

    def _joined(self) -> AsyncSession | None:
        """A task started inside a transaction inherits the variable, not the transaction."""
        current = _current.get()
        if current is None or current[0] is not self or current[1] is not asyncio.current_task():
            return None
        return current[2]


@contextmanager
def _translated() -> Iterator[None]:
    """Without the statement and its parameters: those are people's words."""
    try:
        yield
    except DBAPIError as exc:
        raise StorageError(f"database: {str(exc.orig).splitlines()[0]}") from exc
    except SQLAlchemyTimeoutError as exc:
        raise StorageError(f"database: {exc}") from exc


async def _connect(session: AsyncSession) -> None:
    """At once, so that an error of the network is known for the database's, not for the caller's own."""
    try:
        await session.connection()
    except OSError as exc:
        raise StorageError(f"database: {exc}") from exc


def _address(url: str | None, data_dir: Path) -> URL:
    if url is None:
        data_dir.mkdir(parents=True, exist_ok=True)
        return URL.create("sqlite+aiosqlite", database=str(data_dir / SQLITE_FILE))
    try:
        address = make_url(url)
    except SQLAlchemyError as exc:
        raise StorageError("DATABASE_URL: not an address; wanted postgresql+asyncpg://… or nothing") from exc
    if address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:"):
        raise StorageError("DATABASE_URL: a database in memory loses everything; wanted a file")
    return address


def _engine(address: URL) -> AsyncEngine:
    if address.get_backend_name() != "sqlite":
        return create_async_engine(
            address, pool_size=5, max_overflow=10, pool_timeout=30, pool_recycle=1800, pool_pre_ping=True
        )
    engine = create_async_engine(address, connect_args={"timeout": BUSY_TIMEOUT_S}, pool_timeout=30)
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours: the driver's own comes too late and takes no lock
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # with WAL: a killed process loses nothing; FULL: nor does a power cut, and an owed answer is a promise
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: one that read first could not be upgraded after another's commit."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
