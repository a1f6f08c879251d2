"""The data folder cannot be written: what is there is used; what would have to be written says so at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.errors import StorageError
from bot.storage.people import installation_secret
from bot.storage.storage import Storage
from knowledge.errors import SyncError
from retrieval.store import IndexStore
from tests.bot.telegram_running import SECRET, copy_database
from tests.faults.machine import SmallDisk, small_disk
from tests.knowledge.source_server import SourceServer
from tests.knowledge.sync_case import FILES, ITEMS, NEW_KAZ, WHOLE, held, law, run
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.texts import ENTRIES


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as mounted:
        yield mounted


@pytest.fixture
def server() -> Iterator[SourceServer]:
    with SourceServer(FILES).running() as running:
        yield running


def locked(disk: SmallDisk) -> None:
    if not disk.make_read_only():
        pytest.skip("no read-only folder can be made here: root, and no right to mount")


def test_read_only_folder_a_sync_says_which_texts_it_could_not_write_and_keeps_the_rest(
    disk: SmallDisk, server: SourceServer
) -> None:
    run(disk.folder, server.url)
    server.files[NEW_KAZ] = law("Жаңа сөз.")
    locked(disk)

    report = run(disk.folder, server.url, refresh=True)

    assert [item.reason for item in report.failed] in (
        ["cannot be written: Read-only file system"],
        ["cannot be written: Permission denied"],
    )
    assert report.held == (ITEMS[0], ITEMS[2])
    assert held(disk.folder) == WHOLE


def test_read_only_folder_without_texts_fails_the_sync_in_one_line(
    disk: SmallDisk, server: SourceServer
) -> None:
    locked(disk)
    with pytest.raises(SyncError, match=r"texts: (Read-only file system|Permission denied); wanted a folder"):
        run(disk.folder, server.url)


def test_read_only_folder_an_index_that_fits_is_used(disk: SmallDisk) -> None:
    IndexStore(disk.folder / "index").open(ENTRIES, FakeEmbedder())
    locked(disk)
    model = FakeEmbedder()
    assert IndexStore(disk.folder / "index").open(ENTRIES, model).note == ""
    assert model.passages == []


def test_read_only_folder_an_index_to_be_built_is_refused_before_anything_is_embedded(
    disk: SmallDisk,
) -> None:
    IndexStore(disk.folder / "index").open(ENTRIES[:3], FakeEmbedder())
    locked(disk)
    model = FakeEmbedder()
    with pytest.raises(
        OSError, match=r"the index .*/index cannot be written: .*; what lay there is untouched"
    ):
        IndexStore(disk.folder / "index").open(ENTRIES, model)
    assert model.passages == []


async def test_read_only_folder_the_database_is_named_with_the_cause(disk: SmallDisk) -> None:
    await copy_database(disk.folder)
    locked(disk)
    with pytest.raises(StorageError, match=r"bot\.sqlite3: .*(readonly|unable to open).*; see DATABASE_URL"):
        await Storage.open(None, disk.folder, SECRET)


async def test_read_only_folder_a_database_elsewhere_and_a_secret_of_the_settings_are_enough(
    disk: SmallDisk, tmp_path: Path
) -> None:
    await copy_database(tmp_path)
    locked(disk)
    with pytest.raises(
        StorageError, match=r"installation\.key: .*; wanted a readable file, or INSTALLATION_"
    ):
        installation_secret(disk.folder, None)
    storage = await Storage.open(f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}", disk.folder, SECRET)
    assert await storage.updates.claim(1)
    await storage.close()


def test_read_only_copy_of_a_folder_is_as_good_as_the_folder(disk: SmallDisk, tmp_path: Path) -> None:
    IndexStore(tmp_path / "index").open(ENTRIES, FakeEmbedder())
    shutil.copytree(tmp_path / "index", disk.folder / "index")
    locked(disk)
    assert IndexStore(disk.folder / "index").open(ENTRIES, FakeEmbedder()).embedded == 0
