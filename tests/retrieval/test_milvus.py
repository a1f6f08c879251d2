"""A Milvus server that dies, hangs or is not there, and what its readers see."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from structlog.testing import capture_logs

from retrieval.errors import IndexUnreachable, IndexUnusable, MilvusMissing
from retrieval.milvus_rows import BATCH, Common
from retrieval.milvus_server import MilvusServer
from retrieval.milvus_store import MilvusStore
from retrieval.pinned_lexicon import PinnedLexicon
from retrieval.store import build_index
from tests.milvus_server import MilvusProcess
from tests.retrieval.engine_case import ENTRIES as MANY
from tests.retrieval.milvus_case import (
    MODEL,
    PATIENCE_S,
    a_prefix,
    found,
    names,
    store_on,
)
from tests.retrieval.texts import ENTRIES


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusProcess]:
    """A server of this module's own, which its tests kill; each starts it again."""
    process = MilvusProcess(tmp_path_factory.mktemp("mortal"))
    process.start()
    yield process
    process.kill()


@pytest.fixture
def store(mortal: MilvusProcess, tmp_path: Path) -> MilvusStore:
    return store_on(mortal.url, tmp_path, a_prefix())


def test_progress_counts_the_texts_embedded_and_then_the_rows_written(store: MilvusStore) -> None:
    news: list[tuple[int, int]] = []
    store.open(MANY[:150], MODEL, lambda done, total: news.append((done, total)))
    texts = len({text for one in MANY[:150] for text in (*one.keys, *one.sentences)})
    rows = sum(len(one.keys) + len(one.sentences) for one in MANY[:150]) + 1
    assert news == [(texts, texts), (BATCH, rows), (rows, rows)]


def test_after_kill_9_and_a_restart_everything_written_is_there(
    store: MilvusStore, mortal: MilvusProcess
) -> None:
    engine = store.open(ENTRIES, MODEL).index
    before = found(engine)
    mortal.kill()
    mortal.start()
    assert found(engine) == before
    assert store.open(ENTRIES, MODEL).note == ""


def test_while_the_server_is_away_each_question_fails_with_a_sentence_and_then_it_recovers(
    store: MilvusStore, mortal: MilvusProcess
) -> None:
    engine = store.open(ENTRIES, MODEL).index
    before = found(engine)
    with capture_logs() as logs:
        mortal.kill()
        for _ in range(2):
            with pytest.raises(IndexUnreachable) as failed:
                found(engine)
        mortal.start()
        assert found(engine) == before
    assert str(failed.value).startswith(f"the index server {mortal.url} does not answer (")
    assert str(failed.value).endswith("); start it, or set another INDEX_URL")
    assert [line["event"] for line in logs] == ["index_unreachable", "index_reachable_again"]


def test_a_server_that_hangs_is_given_up(store: MilvusStore, mortal: MilvusProcess) -> None:
    engine = store.open(ENTRIES, MODEL).index
    os.kill(mortal.pid, signal.SIGSTOP)
    store.server.timeout_s = 0.3
    try:
        with pytest.raises(IndexUnreachable):
            found(engine)
    finally:
        os.kill(mortal.pid, signal.SIGCONT)
    store.server.timeout_s = PATIENCE_S
    assert found(engine)[0] == "Төраға"


def test_a_server_that_is_not_there_at_the_start_is_named() -> None:
    with pytest.raises(IndexUnreachable, match=r"the index server http://127\.0\.0\.1:1 does not answer"):
        MilvusServer("http://127.0.0.1:1")


def test_a_server_killed_while_it_is_filled_has_no_half_version(
    store: MilvusStore, mortal: MilvusProcess
) -> None:
    entries = MANY[:150]

    def killing(done: int, total: int) -> None:
        if BATCH == done < total:
            mortal.kill()

    with pytest.raises(IndexUnreachable):
        store.open(entries, MODEL, killing)
    mortal.start()
    (half,) = names(mortal.url, store.prefix)
    server = MilvusServer(mortal.url, timeout_s=PATIENCE_S)
    assert server.aliases(half) == []
    opened = store.open(entries, MODEL)
    assert opened.embedded == 0
    assert opened.index.passages == 150
    # what the dead build left goes when it is old
    assert half in names(mortal.url, store.prefix)


def test_without_pymilvus_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(MilvusMissing, match=r"pip install -c constraints.txt '.\[milvus\]'"):
        MilvusServer("http://127.0.0.1:1")


def test_pymilvus_is_kept_from_reading_dotenv_files(monkeypatch: pytest.MonkeyPatch) -> None:
    real, at_import = importlib.import_module, []

    def noting(name: str) -> Any:
        at_import.append((name, os.environ.get("PYTHON_DOTENV_DISABLED")))
        return real(name)

    monkeypatch.setattr(importlib, "import_module", noting)
    with pytest.raises(IndexUnreachable):
        MilvusServer("http://127.0.0.1:1")
    assert at_import[0] == ("pymilvus", "1")
    assert "PYTHON_DOTENV_DISABLED" not in os.environ


def test_what_every_reader_holds_goes_there_and_back() -> None:
    texts = [key for one in ENTRIES for key in one.keys] + [text for one in ENTRIES for text in one.sentences]
    index = build_index(ENTRIES, MODEL.embed_passages(texts), MODEL)
    common = Common(PinnedLexicon.of(index.lexical), index.centring, index.traits)
    parts = common.packed()
    again = Common.unpacked(parts)
    assert again.lexicon.terms() == index.lexical.terms()
    assert again.lexicon.question({"^сесси": 2.0}) == common.lexicon.question({"^сесси": 2.0})
    assert np.array_equal(again.centring.direction, index.centring.direction)
    assert np.array_equal(again.traits.dates, index.traits.dates)
    with pytest.raises(IndexUnusable):
        Common.unpacked([parts[0][:-200]])
