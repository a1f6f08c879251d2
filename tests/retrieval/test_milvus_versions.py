"""Versions of the index in a Milvus server: swapped, kept, dropped, built by two at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.errors import IndexUnusable
from retrieval.milvus_engine import MilvusEngine
from retrieval.milvus_rows import fields
from retrieval.milvus_store import MilvusStore
from tests.milvus_server import MilvusProcess
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.milvus_case import (
    MODEL,
    a_prefix,
    drop_all,
    found,
    names,
    store_on,
)
from tests.retrieval.texts import ENTRIES, entry

LATER = (*ENTRIES[1:], entry("Ғарыш", "Ғарышкер Айға қонды.", 6))


@pytest.fixture
def store(milvus: MilvusProcess, tmp_path: Path) -> Iterator[MilvusStore]:
    prefix = a_prefix()
    yield store_on(milvus.url, tmp_path, prefix)
    drop_all(milvus.url, prefix)


def test_a_version_that_is_there_is_used_as_it_is(store: MilvusStore, tmp_path: Path) -> None:
    first = store.open(ENTRIES, MODEL)
    assert first.note.startswith("building the index for the first time; writing it to http://127.0.0.1:")
    other_replica = store_on(store.url, tmp_path / "elsewhere", store.prefix)
    model = FakeEmbedder()
    second = other_replica.open(ENTRIES, model)
    assert (second.embedded, second.note, model.passages) == (0, "", [])
    assert not (tmp_path / "elsewhere").exists()
    assert found(second.index) == found(first.index)


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
