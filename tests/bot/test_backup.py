"""A backup of a running bot's database, brought back elsewhere: on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import io
import tarfile
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from bot import backup_command
from bot.service import open_storage
from bot.storage import Storage, StorageError
from bot.storage.people import SECRET_FILE
from bot.storage.values import CuratedCitation, NewQuestion, QuestionStatus
from config.settings import Settings
from tests.postgres import PostgresServer

CHAT = 501
CITATION = CuratedCitation("law-assembly", "2022-02-07", "9", "2", "p", "d", "сөз")


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder with its database."""

    settings: Settings

    @property
    def folder(self) -> Path:
        return self.settings.data_dir

    async def storage(self) -> Storage:
        return await open_storage(self.settings)


@pytest.fixture(params=["sqlite", "postgresql"])
async def places(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Place, Place]]:
    """Where the bot ran, and where it is to go on."""
    urls: list[str | None] = [None, None]
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        names = [f"backup_{uuid.uuid4().hex}" for _ in urls]
        connection = await asyncpg.connect(server.url("postgres").replace("+asyncpg", ""))
        for name in names:
            await connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        await connection.close()
        urls = [server.url(name) for name in names]
    first, second = (
        Place(Settings(_env_file=None, data_dir=tmp_path / name, database_url=url, telegram_token=None))
        for name, url in zip(("first", "second"), urls, strict=True)
    )
    yield first, second


async def fill(storage: Storage, folder: Path) -> None:
    question = NewQuestion(CHAT, CHAT, "Ассамблея қашан құрылды?", QuestionStatus.ANSWERED)
    question_id = await storage.questions.record(question)
    await storage.curated.add("Жауап", ["Сұрақ?"], [CITATION], by=1)
    await storage.subscriptions.add(CHAT, "law-assembly")
    await storage.deliveries.owe(CHAT, "{}", dedupe_key="u:1", kind="answer", question_id=question_id)
    await storage.updates.claim(17, "{}")
    text = folder / "texts" / "law-assembly" / "2022-02-07" / "kaz.md"
    text.parent.mkdir(parents=True)
    text.write_text("# Заң", "utf-8")


async def test_everything_is_there_again_after_a_backup_of_a_running_bot(
    places: tuple[Place, Place], tmp_path: Path
) -> None:
    first, second = places
    file = tmp_path / "bot.backup"
    storage = await first.storage()
    await fill(storage, first.folder)
    await asyncio.to_thread(backup_command.save, first.settings, file)  # the database is open and in use
    await storage.close()
    await asyncio.to_thread(backup_command.restore, second.settings, file, replace=False)

    restored = await second.storage()
    kept = await restored.questions.get(1)
    assert kept is not None
    assert (kept.text, kept.person) == ("Ассамблея қашан құрылды?", storage.keys.person(CHAT))
    (answer,) = await restored.curated.listed()
    assert (answer.text, answer.questions, answer.citations) == ("Жауап", ("Сұрақ?",), (CITATION,))
    assert await restored.subscriptions.subscribers("law-assembly") == (CHAT,)
    (delivery,) = await restored.deliveries.due()
    assert (delivery.chat_id, delivery.in_doubt) == (CHAT, True)  # it may have been sent since
    assert await restored.updates.unfinished() == ()
    assert not await restored.updates.claim(17)
    await restored.close()
    text = second.folder / "texts" / "law-assembly" / "2022-02-07" / "kaz.md"
    assert text.read_text("utf-8") == "# Заң"
    assert [oct(path.stat().st_mode & 0o777) for path in (file, second.folder / SECRET_FILE)] == ["0o600"] * 2


async def test_what_is_there_makes_way_only_when_told_to(places: tuple[Place, Place], tmp_path: Path) -> None:
    first, _ = places
    file = tmp_path / "bot.backup"
    storage = await first.storage()
    await fill(storage, first.folder)
    await asyncio.to_thread(backup_command.save, first.settings, file)
    await storage.subscriptions.remove(CHAT, "law-assembly")
    await storage.close()
    with pytest.raises(StorageError, match="restore --replace"):
        await asyncio.to_thread(backup_command.restore, first.settings, file, replace=False)
    await asyncio.to_thread(backup_command.restore, first.settings, file, replace=True)
    restored = await first.storage()
    assert await restored.subscriptions.subscribers("law-assembly") == (CHAT,)
    await restored.close()


def sqlite_settings(folder: Path, **more: str) -> Settings:
    return Settings(_env_file=None, data_dir=folder, telegram_token=None, **more)  # type: ignore[arg-type]


async def test_a_database_that_the_bot_is_at_work_on_is_not_replaced(tmp_path: Path) -> None:
    settings, file = sqlite_settings(tmp_path / "data"), tmp_path / "bot.backup"
    storage = await open_storage(settings)
    await storage.load.now()
    await asyncio.to_thread(backup_command.save, settings, file)
    with pytest.raises(StorageError, match=r"in use; stop the bot first|database is locked"):
        await asyncio.to_thread(backup_command.restore, settings, file, replace=True)
    await storage.close()


def test_a_file_that_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    file, data = tmp_path / "bot.backup", tmp_path / "data"
    file.write_bytes(b"not an archive")
    with pytest.raises(StorageError, match="no backup of this bot"):
        backup_command.restore(sqlite_settings(data), file, replace=False)
    assert not data.exists()


def test_a_file_that_would_write_elsewhere_does_not(tmp_path: Path) -> None:
    file, data = tmp_path / "bot.backup", tmp_path / "data"
    with tarfile.open(file, "w:gz") as archive:
        member = tarfile.TarInfo("texts/../../escaped")
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(StorageError, match="no backup of this bot"):
        backup_command.restore(sqlite_settings(data), file, replace=False)
    assert list(tmp_path.iterdir()) == [file]


def test_a_backup_of_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    settings, file = sqlite_settings(tmp_path / "data"), tmp_path / "bot.backup"

    async def make() -> None:
        await (await open_storage(settings)).close()

    asyncio.run(make())
    backup_command.save(settings, file)
    other = sqlite_settings(tmp_path / "new", database_url="postgresql+asyncpg://bot:pw@127.0.0.1:1/bot")
    with pytest.raises(StorageError, match=r"holds database\.sqlite3, and DATABASE_URL wants database\.dump"):
        backup_command.restore(other, file, replace=False)


def test_where_there_is_no_database_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="not there"):
        backup_command.save(sqlite_settings(tmp_path / "data"), tmp_path / "bot.backup")
    assert not (tmp_path / "bot.backup").exists()
