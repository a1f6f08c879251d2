"""Fixtures that cost a minute and are shared by all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.wiring import Bot
from tests.milvus_server import MilvusProcess
from tests.postgres import PostgresServer, served
from tests.real import CORPUS, TODAY, bot_on, synced_folder


@pytest.fixture(scope="session")
def law_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all texts synced; whether it is indexed too is left open."""
    if not CORPUS.is_dir():
        pytest.skip("the law texts are not beside the checkout")
    return synced_folder(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def real_folder(law_folder: Path) -> Path:
    """The same folder, synced and indexed."""
    bot_on(law_folder, TODAY)
    return law_folder


@pytest.fixture(scope="session")
def real_bot(real_folder: Path) -> Bot:
    """The bot as it answers today, on the real texts with the real model."""
    return bot_on(real_folder, TODAY)


@pytest.fixture(scope="session")
def carried_bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """The bot before any sync: it has only what the project carries."""
    return bot_on(tmp_path_factory.mktemp("unsynced"), TODAY)


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusProcess]:
    """A milvus-lite server in a process of its own; each test uses names of its own in it."""
    process = MilvusProcess(tmp_path_factory.mktemp("milvus"))
    process.start()
    yield process
    process.kill()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real server for all tests that want one; each has a database of its own on it."""
    yield from served()
