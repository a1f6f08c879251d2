"""Every test that asks for ``url``, ``empty_url`` or ``storage`` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
import uuid
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url

from bot.storage import Storage
from bot.storage.database import SQLITE_FILE
from bot.storage.migrate import migrate
from tests.bot.storage.samples import SECRET, HandClock
from tests.postgres import PostgresServer, missing


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    reason = missing()
    if reason:
        pytest.skip(reason)
    server = PostgresServer()
    server.start()
    yield server
    server.stop()


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
def postgres_template(postgres: PostgresServer) -> str:
    """As ``sqlite_template``; its name."""
    in_a_loop_of_its_own(create_database(postgres, "template", of="template0"))
    in_a_loop_of_its_own(migrate(make_url(postgres.url("template"))))
    return "template"


def in_a_loop_of_its_own(work: Coroutine[Any, Any, None]) -> None:
    """In a thread, so that the loops of the tests are left alone."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def create_database(server: PostgresServer, name: str, *, of: str) -> None:
    admin = await asyncpg.connect(server.url("postgres").replace("+asyncpg", ""))
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {of}")
    await admin.close()


@pytest.fixture
async def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a schema."""
    if engine == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite3'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"empty_{uuid.uuid4().hex}"
    await create_database(server, name, of="template0")
    return server.url(name)


@pytest.fixture
async def url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the newest schema, without rows."""
    if engine == "sqlite":
        file = tmp_path / SQLITE_FILE
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        return f"sqlite+aiosqlite:///{file}"
    template = request.getfixturevalue("postgres_template")
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"bot_{uuid.uuid4().hex}"
    await create_database(server, name, of=template)
    return server.url(name)


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
