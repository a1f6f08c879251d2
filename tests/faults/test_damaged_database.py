"""The SQLite file is damaged: a plain sentence says so, the file is kept aside, and the bot goes on."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.kazakh import telegram as say
from bot.service import open_whole_storage
from bot.storage.database import SQLITE_FILE
from bot.storage.errors import StorageError
from config.settings import Settings

STAFF_CHAT = -100200


def settings_in(folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=folder,
        installation_secret="0123456789abcdef",
        staff_chat_id=STAFF_CHAT,
        telegram_token=None,
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with some hundred rows."""
    folder = tmp_path_factory.mktemp("filled")

    async def fill() -> None:
        storage = await open_whole_storage(settings_in(folder))
        async with storage.transaction():
            for number in range(200):
                await storage.updates.claim(number, "x" * 2000)
        await storage.close()

    asyncio.run(fill())
    return folder / SQLITE_FILE


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / SQLITE_FILE))


def damage(file: Path, how: str) -> bytes:
    """What the file holds afterwards."""
    body = bytearray(file.read_bytes())
    middle = len(body) // 2 // 4096 * 4096
    match how:
        case "no database at all":
            body[:] = b"not a database" * 500
        case "head":
            body[:16] = b"\xa5" * 16
        case "middle":
            body[middle : middle + 8192] = b"\xa5" * 8192
        case "cut in half":
            del body[middle:]
    file.write_bytes(body)
    return bytes(body)


def content(file: Path) -> bytes:
    return file.read_bytes()


def set_aside(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*damaged*")]


@pytest.mark.parametrize("how", ["no database at all", "head", "middle", "cut in half"])
async def test_a_damaged_database_is_set_aside_whole_and_said_and_the_bot_starts(
    tmp_path: Path, file: Path, how: str
) -> None:
    damaged = damage(file, how)

    with capture_logs() as logs:
        storage = await open_whole_storage(settings_in(tmp_path))

    [said] = [line for line in logs if line["event"] == "database_damaged"]
    kept = Path(said["kept_as"])
    assert kept.parent == tmp_path
    assert kept.name.startswith("bot.sqlite3.damaged-")
    assert content(kept) == damaged
    assert said["meaning"].startswith(
        "The database file is damaged. It was set aside and a new, empty one is"
    )
    assert await storage.updates.claim(1)
    [notice] = await storage.deliveries.due()
    assert (notice.chat_id, json.loads(notice.payload)["html"]) == (STAFF_CHAT, say.DATABASE_DAMAGED)
    await storage.close()


async def test_a_whole_database_is_left_where_it_is(tmp_path: Path, file: Path) -> None:
    with capture_logs() as logs:
        storage = await open_whole_storage(settings_in(tmp_path))
    assert logs == []
    assert not await storage.updates.claim(7)
    await storage.close()
    assert set_aside(tmp_path) == []


async def test_a_database_in_use_by_another_is_not_taken_for_a_damaged_one(
    tmp_path: Path, file: Path
) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("CREATE TABLE somebodys (number INTEGER)")
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM somebodys").fetchone()
    storage = await open_whole_storage(settings_in(tmp_path))
    await storage.close()
    other.close()
    assert set_aside(tmp_path) == []


async def test_a_damaged_database_that_cannot_be_moved_stops_the_start_with_the_way_out(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(file, "no database at all")

    def refuse(self: Path, target: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(
        StorageError, match=r"is damaged and cannot be moved to bot\.sqlite3\.damaged-\w+: Perm"
    ):
        await open_whole_storage(settings_in(tmp_path))
