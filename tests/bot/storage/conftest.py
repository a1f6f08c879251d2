"""Every test that asks for ``url``, ``empty_url`` or ``storage`` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
import uuid
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url

from bot.storage import Storage
from bot.storage.database import SQLITE_FILE
from bot.storage.migrate import migrate
from bot.storage.tables import Base
from tests.bot.storage.samples import SECRET, HandClock
from tests.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, to be copied: a copy is quicker than a migration."""
    folder = tmp_path_factory.mktemp("template")
    in_a_loop_of_its_own(migrate(make_url(f"sqlite+aiosqlite:///{folder / SQLITE_FILE}")))
    return folder / SQLITE_FILE


@pytest.fixture(scope="session")
def postgres_url(postgres: PostgresServer) -> str:
    """A migrated database that all tests share, one after the other."""
    url = postgres.url("shared")
    in_a_loop_of_its_own(admin(postgres.url("postgres"), "CREATE DATABASE shared TEMPLATE template0"))
    in_a_loop_of_its_own(migrate(make_url(url)))
    return url


def in_a_loop_of_its_own(work: Coroutine[Any, Any, None]) -> None:
    """In a thread, so that the loops of the tests are left alone."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def admin(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute(statement)
    await connection.close()


@pytest.fixture
async def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A database without a schema."""
    if engine == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"empty_{uuid.uuid4().hex}"
    await admin(server.url("postgres"), f"CREATE DATABASE {name} TEMPLATE template0")
    yield server.url(name)
    await admin(server.url("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the newest schema, without rows."""
    if engine == "sqlite":
        file = tmp_path / SQLITE_FILE
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        return f"sqlite+aiosqlite:///{file}"
    shared: str = request.getfixturevalue("postgres_url")
    # quicker than TRUNCATE, which makes every file of every table anew
    await admin(
        shared, ";".join(f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables))
    )
    return shared


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def storage(url: str, tmp_path: Path, clock: HandClock) -> AsyncIterator[Storage]:
    opened = await Storage.open(url, tmp_path, SECRET, clock=clock, holder="first")
    yield opened
    await opened.close()


@pytest.fixture
async def replica(storage: Storage, url: str, tmp_path: Path, clock: HandClock) -> AsyncIterator[Storage]:
    """A second process on the same database, as far as the database can tell."""
    opened = await Storage.open(url, tmp_path, SECRET, clock=clock, holder="second")
    yield opened
    await opened.close()
