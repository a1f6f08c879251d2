"""A Milvus server that dies, hangs, loses rows or is given a new version, and what its readers see."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from structlog.testing import capture_logs

from retrieval.entries import Entry
from retrieval.errors import IndexUnreachable, IndexUnusable, MilvusMissing
from retrieval.milvus_engine import MilvusEngine
from retrieval.milvus_rows import BATCH, Common, fields
from retrieval.milvus_server import MilvusServer
from retrieval.milvus_store import MilvusStore
from retrieval.pinned_lexicon import PinnedLexicon
from retrieval.search import Searcher
from retrieval.store import build_index
from retrieval.synonyms import Synonyms
from tests.milvus_server import MilvusProcess
from tests.retrieval.engine_case import ENTRIES as MANY
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.milvus_case import PATIENCE_S, a_prefix, names, store_on
from tests.retrieval.texts import ENTRIES, entry

MODEL = FakeEmbedder()
SYNONYMS = Synonyms({"endings": {"kazakh": []}})
QUESTION = "Төрағаны кім тағайындайды?"
LATER = (*ENTRIES[1:], entry("Ғарыш", "Ғарышкер Айға қонды.", 6))


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


def found(engine: MilvusEngine, entries: tuple[Entry, ...] = ENTRIES, question: str = QUESTION) -> list[str]:
    searcher = Searcher(entries, engine, MODEL, SYNONYMS)
    return [hit.passage.id for hit in searcher.search(question).hits]


def test_a_version_that_is_there_is_used_as_it_is(store: MilvusStore, tmp_path: Path) -> None:
    first = store.open(ENTRIES, MODEL)
    assert first.note.startswith("building the index for the first time; writing it to http://127.0.0.1:")
    other_replica = store_on(store.url, tmp_path / "elsewhere", store.prefix)
    model = FakeEmbedder()
    second = other_replica.open(ENTRIES, model)
    assert (second.embedded, second.note, model.passages) == (0, "", [])
    assert not (tmp_path / "elsewhere").exists()
    assert found(second.index) == found(first.index)


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


def test_what_dead_builds_left_is_dropped_after_an_hour(
    store: MilvusStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = store.server
    left = f"{store.prefix}0123456789abcdef_18b5c0d9c00_ab12"
    server.create(left, fields(4))
    store.open(ENTRIES, MODEL)
    assert left not in names(store.url, store.prefix)


def test_what_another_program_keeps_under_such_a_name_is_left_alone(store: MilvusStore) -> None:
    others = f"{store.prefix}cafe_v2"
    store.server.create(others, fields(4))
    store.open(ENTRIES, MODEL)
    assert others in names(store.url, store.prefix)


def test_a_version_that_lost_rows_is_written_anew(store: MilvusStore) -> None:
    engine = store.open(ENTRIES, MODEL).index
    store.server.delete(engine.name, "passage == 1")
    again = store.open(ENTRIES, MODEL)
    rows = sum(len(one.keys) + len(one.sentences) for one in ENTRIES) + 1
    assert again.note.endswith(f"holds {rows - 1} rows, wanted {rows}")
    # the reader from before goes by the same alias
    assert found(engine)[0] == found(again.index)[0] == "Төраға"


def test_a_collection_of_other_dimensions_is_not_taken_for_a_version(store: MilvusStore) -> None:
    engine = store.open(ENTRIES, MODEL).index
    server = store.server
    other = f"{store.prefix}other"
    server.create(other, fields(MODEL.dim + 1))
    server.point(engine.name, other)
    opened = store.open(ENTRIES, MODEL)
    assert "'vector': 49" in opened.note
    assert opened.note.endswith("'vector': 48, 'terms': 0, 'profile': 0}")
    assert found(opened.index)[0] == "Төраға"


def test_another_model_makes_another_version(store: MilvusStore) -> None:
    one = store.open(ENTRIES, FakeEmbedder()).index
    two = store.open(ENTRIES, FakeEmbedder("wider", 64)).index
    assert one.name != two.name
    assert found(one)[0] == "Төраға"


def test_the_newest_version_and_the_one_before_are_kept(store: MilvusStore) -> None:
    first = store.open(ENTRIES, MODEL).index
    second = store.open(LATER, MODEL).index
    assert found(first)[0] == "Төраға"
    store.open(LATER[1:], MODEL)
    assert found(second, LATER, "Айға кім қонды?")[0] == "Ғарыш"
    with pytest.raises(IndexUnusable, match=r"two newer versions may have been built: start anew"):
        found(first)
    assert len(names(store.url, store.prefix)) == 2


def test_replicas_see_the_old_version_or_the_new_one_and_nothing_between(
    store: MilvusStore, tmp_path: Path
) -> None:
    """Two readers ask all the time, each on a connection of its own, while versions are swapped."""
    question = "Сессияны Төраға аша ма, Айға кім қонды?"
    first = store.open(ENTRIES, MODEL).index
    wanted = {len(ENTRIES): found(first, ENTRIES, question)}
    done = threading.Event()
    seen: list[list[tuple[int, list[str]]]] = [[], []]
    failed: list[BaseException] = []

    def replica(at: int) -> None:
        mine = store_on(store.url, tmp_path / str(at), store.prefix)
        try:
            engine = mine.open(ENTRIES, MODEL).index
            while not done.is_set():
                seen[at].append((len(ENTRIES), found(engine, ENTRIES, question)))
        except BaseException as exc:
            failed.append(exc)

    readers = [threading.Thread(target=replica, args=(at,)) for at in range(2)]
    for reader in readers:
        reader.start()
    store.open(ENTRIES, MODEL, rebuild=True)
    later = store.open(LATER, MODEL).index
    store.open(LATER, MODEL, rebuild=True)
    done.set()
    for reader in readers:
        reader.join()
    assert failed == []
    assert all(len(answers) > 3 for answers in seen)
    assert all(ids == wanted[len(ENTRIES)] for answers in seen for _, ids in answers)
    assert found(later, LATER, question)[0] == "Ғарыш"


def test_two_replicas_that_build_the_same_version_at_once_leave_one_that_both_read(
    store: MilvusStore, tmp_path: Path
) -> None:
    engines: list[MilvusEngine] = []

    def replica(at: int) -> None:
        mine = store_on(store.url, tmp_path / str(at), store.prefix)
        engines.append(mine.open(ENTRIES, FakeEmbedder(), rebuild=True).index)

    replicas = [threading.Thread(target=replica, args=(at,)) for at in range(2)]
    for one in replicas:
        one.start()
    for one in replicas:
        one.join()
    assert [found(engine)[0] for engine in engines] == ["Төраға"] * 2
    assert store.open(ENTRIES, MODEL).note == ""


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
