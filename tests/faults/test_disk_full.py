"""The disk fills up while a sync, the index or the database writes: said in one line, and nothing is half."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.errors import StorageError
from bot.telegram import housekeeping
from knowledge.sync import SyncReport
from retrieval.store import IndexStore
from tests.bot.samples import ANSWER
from tests.bot.telegram_running import (
    CHAT,
    QUESTION,
    copy_database,
    open_storage,
    running,
    sample_core,
    until,
)
from tests.bot_api import BotApiServer
from tests.faults.machine import SmallDisk, small_disk
from tests.knowledge.sync_case import FILES, ITEMS, NEW_KAZ, WHOLE, held, law, run
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.texts import ENTRIES

LONG = law("Сөз. " * 20_000)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as mounted:
        yield mounted


def test_disk_full_in_a_sync_fails_the_text_and_keeps_the_one_that_was_there(
    tmp_path: Path, disk: SmallDisk
) -> None:
    mirror = tmp_path / "mirror"
    for path, body in FILES.items():
        (mirror / path).parent.mkdir(parents=True, exist_ok=True)
        (mirror / path).write_bytes(body)
    folder = disk.folder / "data"
    assert run(folder, str(mirror)) == SyncReport(brought=ITEMS)
    (mirror / NEW_KAZ).write_bytes(LONG)
    disk.leave(24)

    report = run(folder, str(mirror), refresh=True, max_bytes=1_000_000)

    [failed] = report.failed
    assert (failed.edition, failed.language) == ("2024-05-06", "kaz")
    assert failed.reason in (
        "cannot be written: No space left on device",
        "cannot be written: File too large",
    )
    assert held(folder) == WHOLE
    disk.clear()
    assert run(folder, str(mirror), refresh=True, max_bytes=1_000_000).brought == (ITEMS[1],)


@pytest.mark.parametrize("left_kb", [0, 4, 12, 28])
def test_disk_full_while_the_index_is_written_is_told_and_the_index_in_use_stays(
    disk: SmallDisk, left_kb: int
) -> None:
    store = IndexStore(disk.folder / "index")
    store.open(ENTRIES[:3], FakeEmbedder())
    before = held(disk.folder / "index")
    disk.leave(left_kb)

    with pytest.raises(OSError, match=r"index .*(No space left on device|File too large|cannot be written)"):
        store.open(ENTRIES, FakeEmbedder(), rebuild=True)

    assert held(disk.folder / "index") == before
    assert store.open(ENTRIES[:3], FakeEmbedder()).note == ""
    disk.clear()
    opened = store.open(ENTRIES, FakeEmbedder())
    assert opened.note.startswith("the texts or the analyzer changed")
    assert opened.index.passages == len(ENTRIES)


async def test_disk_full_under_the_database_loses_no_question_and_doubles_no_answer(
    disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "_LOOK_AGAIN_S", 0.1)
    await copy_database(disk.folder)
    async with running(sample_core(), folder=disk.folder) as server:
        server.user_says(CHAT, "/help")
        first = await server.wait_for_message(CHAT)
        disk.leave(0)
        for _ in range(3):  # the first ones may find room in what the database has already
            server.user_says(CHAT, QUESTION)
        await server.wait_for_call("getUpdates", count=len(server.calls_of("getUpdates")) + 2)
        waiting = len(server.unconfirmed)
        disk.clear()
        await until(lambda: answers(server) == 3, timeout_s=30)
        said = [message.text for message in server.messages(CHAT) if message.message_id > first.message_id]
        assert waiting > 0
        assert all(text.startswith((ANSWER.lead, "Кешіріңіз")) for text in said)
        assert server.unconfirmed == ()


def answers(server: BotApiServer) -> int:
    return sum(message.text.startswith(ANSWER.lead) for message in server.messages(CHAT))


async def test_disk_full_at_the_start_names_the_database_and_the_cause(disk: SmallDisk) -> None:
    disk.leave(0)
    with pytest.raises(StorageError, match=r"bot\.sqlite3: .*(full|disk I/O error|unable to open)"):
        await open_storage(disk.folder)
    disk.clear()
    await (await open_storage(disk.folder)).close()
