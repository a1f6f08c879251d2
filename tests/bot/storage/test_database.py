"""Opening a database, and transactions."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.storage import Storage, StorageError
from bot.storage.database import Database
from bot.storage.errors import SecretMismatch
from bot.storage.values import Claim
from tests.bot.storage.samples import AIGUL, BERIK, SECRET, HandClock
from tests.postgres import PostgresServer

TTL = timedelta(minutes=30)


async def texts(storage: Storage, chat_id: int) -> list[str]:
    return [turn.question for turn in await storage.turns.last(chat_id, 10, TTL)]


async def test_without_an_address_the_database_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    storage = await Storage.open(None, tmp_path / "data", SECRET)
    await storage.close()
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["bot.sqlite3"]


async def test_sqlite_writes_ahead_checks_references_and_waits_for_others(tmp_path: Path) -> None:
    database = await Database.open(None, tmp_path)
    async with database.read() as session:
        names = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        found = [await session.scalar(text(f"PRAGMA {name}")) for name in names]
    await database.close()
    assert found == ["wal", 1, 30_000, 2]


async def test_a_transaction_is_kept_as_a_whole(storage: Storage) -> None:
    async with storage.transaction():
        await storage.turns.remember(AIGUL, "бір")
        await storage.turns.remember(AIGUL, "екі")
        assert await texts(storage, AIGUL) == ["екі", "бір"]
    assert await texts(storage, AIGUL) == ["екі", "бір"]


async def test_a_transaction_that_breaks_off_leaves_nothing(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="cut short"):
        async with storage.transaction():
            await storage.turns.remember(AIGUL, "бір")
            raise RuntimeError("cut short")
    assert await texts(storage, AIGUL) == []


async def test_a_task_started_inside_a_transaction_is_not_part_of_it(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="cut short"):
        async with storage.transaction():
            task = asyncio.create_task(storage.turns.remember(BERIK, "бөлек"))
            await storage.turns.remember(AIGUL, "бір")
            raise RuntimeError("cut short")
    await task
    assert (await texts(storage, AIGUL), await texts(storage, BERIK)) == ([], ["бөлек"])


async def test_the_callers_own_error_comes_through_as_it_is(storage: Storage) -> None:
    with pytest.raises(ConnectionResetError):
        async with storage.transaction():
            raise ConnectionResetError


async def test_many_writers_at_once_all_come_through(storage: Storage, replica: Storage) -> None:
    writers = [storage.updates.claim(number) for number in range(50)]
    writers += [replica.updates.claim(number) for number in range(50, 100)]
    assert await asyncio.gather(*writers) == [Claim()] * 100


async def test_a_database_of_another_secret_is_refused(storage: Storage, url: str, tmp_path: Path) -> None:
    with pytest.raises(SecretMismatch, match="INSTALLATION_SECRET"):
        await Storage.open(url, tmp_path, b"another secret of 32 characters!")


@pytest.mark.parametrize("address", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:"])
async def test_a_database_that_would_lose_everything_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="wanted a file"):
        await Database.open(address, tmp_path)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite3").write_text("not a database " * 100, "utf-8")
    with pytest.raises(StorageError, match=r"bot\.sqlite3: file is not a database; `run` sets"):
        await Database.open(None, tmp_path)


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", "utf-8")
    with pytest.raises(StorageError, match="data"):
        await Database.open(None, tmp_path / "data")


async def test_an_unusable_address_is_refused_without_repeating_it(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="DATABASE_URL: not an address") as caught:
        await Database.open("postgresql+asyncpg//bot:hidden@host", tmp_path)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("fault", ["password", "database", "port"])
async def test_a_server_that_does_not_let_us_in_is_named_without_the_password(
    postgres: PostgresServer, fault: str, tmp_path: Path
) -> None:
    right = make_url(postgres.url("postgres"))
    wrong = {
        "password": right.set(password="hidden"),
        "database": right.set(database="nowhere"),
        "port": right.set(port=1),
    }[fault]
    with pytest.raises(StorageError, match=r"database postgresql\+asyncpg://bot:\*\*\*@127") as caught:
        await Database.open(wrong.render_as_string(hide_password=False), tmp_path)
    assert str(right.password) not in str(caught.value)
    assert "hidden" not in str(caught.value)


async def test_an_error_of_the_database_does_not_repeat_what_was_to_be_kept(
    storage: Storage, clock: HandClock
) -> None:
    with pytest.raises(StorageError) as caught:
        await storage.deliveries.owe(AIGUL, "құпия", dedupe_key="u:1", kind="answer", question_id=99)
    assert "құпия" not in str(caught.value)
