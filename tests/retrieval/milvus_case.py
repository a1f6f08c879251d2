"""What tests of the Milvus engine share: stores that no other test sees."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from retrieval.entries import Entry
from retrieval.milvus_engine import MilvusEngine
from retrieval.milvus_server import MOST_ROWS, MilvusServer
from retrieval.milvus_store import MilvusStore
from retrieval.search import Searcher
from retrieval.store import IndexStore
from retrieval.synonyms import Synonyms
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.texts import ENTRIES

CLUSTER = os.environ.get("MILVUS_TEST_URL", "")
"""A real Milvus to run the contract on too, like http://127.0.0.1:19530."""


MODEL = FakeEmbedder()
QUESTION = "Төрағаны кім тағайындайды?"
PATIENCE_S = 60.0
"""A machine that runs many tests at once may keep a server waiting."""


def patient(url: str) -> MilvusServer:
    return MilvusServer(url, timeout_s=PATIENCE_S)


def store_on(url: str, folder: Path, prefix: str, *, at_once: int = MOST_ROWS) -> MilvusStore:
    """A store over a connection of its own."""
    return MilvusStore(
        MilvusServer(url, timeout_s=PATIENCE_S), IndexStore(folder), prefix=prefix, at_once=at_once
    )


def a_prefix() -> str:
    return f"test_{secrets.token_hex(4)}_"


def names(url: str, prefix: str) -> list[str]:
    """The collections of one store."""
    return sorted(
        name for name in MilvusServer(url, timeout_s=PATIENCE_S).collections() if name.startswith(prefix)
    )


def drop_all(url: str, prefix: str) -> None:
    server = patient(url)
    for name in names(url, prefix):
        server.drop(name)


def found(engine: MilvusEngine, entries: tuple[Entry, ...] = ENTRIES, question: str = QUESTION) -> list[str]:
    searcher = Searcher(entries, engine, MODEL, Synonyms({"endings": {"kazakh": []}}))
    return [hit.passage.id for hit in searcher.search(question).hits]
