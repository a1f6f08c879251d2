"""A real PostgreSQL server goes away and comes back: answers come late, or after an apology, and once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from structlog.testing import capture_logs

from bot import kazakh
from bot.storage.errors import StorageError
from bot.storage.storage import Storage
from bot.telegram import housekeeping
from tests.bot.samples import ANSWER
from tests.bot.telegram_running import CHAT, QUESTION, SECRET, at_work, dependencies, sample_core, until
from tests.bot_api import BotApiServer
from tests.fakes import FakeCore
from tests.postgres import PostgresServer, served

APOLOGY = kazakh.apology("").split(".")[0]
AWAY_S = 1.5


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    """A server of this file's own: it is stopped and frozen."""
    yield from served()


@pytest.fixture
async def url(postgres: PostgresServer) -> str:
    connection = await asyncpg.connect(postgres.url("postgres").replace("+asyncpg", ""))
    await connection.execute("DROP DATABASE IF EXISTS bot WITH (FORCE)")
    await connection.execute("CREATE DATABASE bot TEMPLATE template0")
    await connection.close()
    return postgres.url("bot")


@asynccontextmanager
async def bot_on(url: str, folder: Path, core: FakeCore) -> AsyncIterator[BotApiServer]:
    storage = await Storage.open(url, folder, SECRET)
    try:
        async with BotApiServer() as server, at_work(dependencies(core, storage), server, typing_after_s=60):
            yield server
    finally:
        await storage.close()


def answers(server: BotApiServer, chat: int) -> int:
    return sum(message.text.startswith(ANSWER.lead) for message in server.messages(chat))


@pytest.fixture(autouse=True)
def shorter_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_LOOK_AGAIN_S", 0.2)


async def test_database_gone_and_back_every_question_of_meanwhile_is_answered_once(
    postgres: PostgresServer, url: str, tmp_path: Path
) -> None:
    core = sample_core()
    async with bot_on(url, tmp_path, core) as server:
        core.gate = asyncio.Event()
        server.user_says(CHAT, QUESTION)  # in work when the database goes
        await until(lambda: bool(core.asked))
        await asyncio.to_thread(postgres.go_away)
        core.gate.set()
        apology = await server.wait_for_message(CHAT)
        server.user_says(CHAT + 1, QUESTION)  # asked while it is away
        await asyncio.sleep(AWAY_S)
        assert answers(server, CHAT + 1) == 0
        await asyncio.to_thread(postgres.come_back)
        await until(lambda: answers(server, CHAT) == 1 and answers(server, CHAT + 1) == 1, timeout_s=30)
        server.user_says(CHAT + 2, QUESTION)
        await server.wait_for_message(CHAT + 2)
        counts = [len(server.messages(chat)) for chat in (CHAT, CHAT + 1, CHAT + 2)]
    assert apology.text.startswith(APOLOGY)
    assert counts == [2, 1, 1]


async def test_database_frozen_for_a_while_the_answer_comes_late_and_once(
    postgres: PostgresServer, url: str, tmp_path: Path
) -> None:
    async with bot_on(url, tmp_path, sample_core()) as server:
        server.user_says(CHAT, QUESTION)
        first = await server.wait_for_message(CHAT)
        postgres.freeze()
        try:
            server.user_says(CHAT, QUESTION)
            await asyncio.sleep(AWAY_S)
            assert len(server.messages(CHAT)) == 1
        finally:
            postgres.thaw()
        late = await server.wait_for_message(CHAT, after=first, timeout_s=30)
        assert late.text == first.text
        assert len(server.messages(CHAT)) == 2


async def test_database_gone_at_the_start_is_named_without_its_password(
    postgres: PostgresServer, url: str, tmp_path: Path
) -> None:
    await asyncio.to_thread(postgres.go_away)
    try:
        with pytest.raises(
            StorageError, match=r"database postgresql\+asyncpg://bot:\*\*\*@127\.0\.0\.1"
        ) as said:
            await Storage.open(url, tmp_path, SECRET)
    finally:
        await asyncio.to_thread(postgres.come_back)
    assert "see DATABASE_URL" in str(said.value)


async def test_database_that_is_starting_up_is_an_error_of_storage_and_no_other(
    postgres: PostgresServer, url: str, tmp_path: Path
) -> None:
    """Asked while the server comes back: «the database system is starting up» is one more way to fail."""
    storage = await Storage.open(url, tmp_path, SECRET)
    await asyncio.to_thread(postgres.go_away)
    back = asyncio.create_task(asyncio.to_thread(postgres.come_back))
    claimed = False
    with capture_logs():
        while not claimed:
            try:
                claimed = await storage.updates.claim(1)
            except StorageError:
                await asyncio.sleep(0)
    await back
    assert not await storage.updates.claim(1)
    await storage.close()
