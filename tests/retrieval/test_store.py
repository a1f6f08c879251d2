"""An index is reused as far as it fits, rebuilt where it does not, and never seen by halves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from retrieval import index_files, store
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Progress, Vectors
from retrieval.engine import Query
from retrieval.entries import Entry
from retrieval.manifest import Manifest
from retrieval.quantized_index import QuantizedIndex
from retrieval.search import Searcher
from retrieval.store import IndexStore, Opened
from retrieval.synonyms import Synonyms
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.texts import ENTRIES, TEXTS, entry

ALL_TEXTS = sum(len(one.keys) + len(one.sentences) for one in ENTRIES)


def found(opened: Opened, entries: Sequence[Entry], question: str, model: FakeEmbedder | None = None) -> str:
    synonyms = Synonyms({"endings": {"kazakh": []}})
    searcher = Searcher(entries, opened.index, model or FakeEmbedder(), synonyms)
    return searcher.search(question).hits[0].passage.id


def in_use(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text(encoding="utf-8")


def test_the_first_start_embeds_every_text_and_says_so(tmp_path: Path) -> None:
    done: list[tuple[int, int]] = []
    opened = IndexStore(tmp_path).open(ENTRIES, FakeEmbedder(), lambda at, total: done.append((at, total)))
    assert (opened.embedded, opened.note) == (ALL_TEXTS, "building the index for the first time")
    assert done[-1] == (ALL_TEXTS, ALL_TEXTS)


def test_an_index_that_fits_is_opened_without_embedding_and_answers_alike(tmp_path: Path) -> None:
    built = IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    model = FakeEmbedder()
    opened = IndexStore(tmp_path).open(ENTRIES, model)
    assert (opened.embedded, opened.note, model.passages) == (0, "", [])
    question = "Төрағаны кім тағайындайды?"
    assert found(opened, ENTRIES, question) == found(built, ENTRIES, question) == "Төраға"


def test_only_the_passage_that_changed_is_embedded_again(tmp_path: Path) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    changed = (*ENTRIES[:2], entry("Хатшылық", "Хатшылық мұрағатты сақтайды.", 2), *ENTRIES[3:])
    model = FakeEmbedder()
    opened = IndexStore(tmp_path).open(changed, model)
    assert model.passages == ["Хатшылық. Хатшылық мұрағатты сақтайды."]
    assert opened.note == f"the texts or the analyzer changed; 1 of {ALL_TEXTS} texts are new"
    assert found(opened, changed, "Мұрағатты не сақтайды?") == "Хатшылық"


def test_passages_that_moved_or_went_need_no_embedding(tmp_path: Path) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    model = FakeEmbedder()
    fewer = (ENTRIES[4], ENTRIES[0], ENTRIES[1])
    opened = IndexStore(tmp_path).open(fewer, model)
    assert (opened.embedded, model.passages) == (0, [])
    assert found(opened, fewer, "Қызмет қалай қаржыландырылады?") == "Бюджет"


def test_a_text_that_stands_in_two_editions_is_embedded_once(tmp_path: Path) -> None:
    old = replace(ENTRIES[1], passage=replace(ENTRIES[1].passage, id="old", edition="2008-01-01"))
    model = FakeEmbedder()
    IndexStore(tmp_path).open((*ENTRIES, old), model)
    assert len(model.passages) == len(set(model.passages)) == ALL_TEXTS


def test_another_model_means_another_index(tmp_path: Path) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    model = FakeEmbedder("other", dim=32)
    opened = IndexStore(tmp_path).open(ENTRIES, model)
    assert opened.note == "the index was made by 'fake', wanted 'other'; building it anew"
    assert opened.embedded == ALL_TEXTS
    assert found(opened, ENTRIES, "Кітапханада неше кітап бар?", model) == "Кітапхана"


def test_another_analyzer_keeps_the_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    monkeypatch.setattr("retrieval.manifest.ANALYZER", "another")
    opened = IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    assert opened.note == f"the texts or the analyzer changed; 0 of {ALL_TEXTS} texts are new"
    assert opened.embedded == 0


def test_rebuilding_embeds_everything_once_more(tmp_path: Path) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    opened = IndexStore(tmp_path).open(ENTRIES, FakeEmbedder(), rebuild=True)
    assert (opened.embedded, opened.note) == (ALL_TEXTS, "building the index anew, as asked")


FILES = (
    "manifest.json dense.faiss sentences.faiss centring.npz traits.npz profiles.npz "
    "lexical/data.csc.index.npy lexical/vocab.index.json"
).split()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["cut", "gone"])
def test_a_damaged_index_is_built_anew_and_the_note_says_what_was_wrong(
    tmp_path: Path, name: str, how: str
) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    file = in_use(tmp_path) / name
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:10])
    opened = IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    assert opened.note.startswith("the index is damaged (")
    assert opened.note.endswith("); building it anew")
    assert found(opened, ENTRIES, "Төрағаны кім тағайындайды?") == "Төраға"
    assert IndexStore(tmp_path).open(ENTRIES, FakeEmbedder()).note == ""


def test_vectors_that_are_damaged_are_made_again_when_they_are_needed(tmp_path: Path) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    (in_use(tmp_path) / "raw.npy").write_bytes(b"\x93NUMPY")
    opened = IndexStore(tmp_path).open(ENTRIES[:3], FakeEmbedder())
    assert "raw.npy cannot be read" in opened.note


def test_files_of_another_format_are_built_anew(tmp_path: Path) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    manifest = in_use(tmp_path) / "manifest.json"
    manifest.write_text('{"format": 1}', encoding="utf-8")
    opened = IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    assert "its files are of format 1, wanted 3" in opened.note


@pytest.mark.parametrize("content", ["index-nowhere", "../elsewhere", "\udcff", ""])
def test_a_pointer_to_nothing_usable_means_a_new_index(tmp_path: Path, content: str) -> None:
    (tmp_path / "CURRENT").write_bytes(content.encode("utf-8", "surrogateescape"))
    opened = IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    assert opened.embedded == ALL_TEXTS


def test_a_build_that_fails_while_writing_leaves_the_old_index_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    before = in_use(tmp_path)

    def full(*args: object) -> None:
        index_files.write_index(*args)  # type: ignore[arg-type]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "write_index", full)
    with pytest.raises(OSError, match="No space left"):
        IndexStore(tmp_path).open(ENTRIES[:2], FakeEmbedder())
    monkeypatch.undo()
    assert [path.name for path in tmp_path.glob("index-*")] == [before.name]
    assert IndexStore(tmp_path).open(ENTRIES, FakeEmbedder()).note == ""


class Stopping(FakeEmbedder):
    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        raise KeyboardInterrupt


def test_a_build_that_is_stopped_while_embedding_leaves_the_old_index_in_use(tmp_path: Path) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    with pytest.raises(KeyboardInterrupt):
        IndexStore(tmp_path).open((*ENTRIES, entry("Жаңа", "Жаңа мәтін.", 6)), Stopping())
    assert IndexStore(tmp_path).open(ENTRIES, FakeEmbedder()).note == ""


def test_a_new_index_leaves_no_old_files_behind(tmp_path: Path) -> None:
    for count in (6, 5, 4):
        IndexStore(tmp_path).open(ENTRIES[:count], FakeEmbedder())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["CURRENT", "probes.npz", in_use(tmp_path).name]
    )


def test_a_build_of_another_process_is_left_alone(tmp_path: Path) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    beside = tmp_path / "index-other"
    beside.mkdir()
    IndexStore(tmp_path).open(ENTRIES[:4], FakeEmbedder())
    assert beside.is_dir()


def test_a_copied_index_is_usable_where_it_was_copied_to(tmp_path: Path) -> None:
    IndexStore(tmp_path / "one").open(ENTRIES, FakeEmbedder())
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    assert IndexStore(tmp_path / "two").open(ENTRIES, FakeEmbedder()).note == ""


def test_the_same_texts_give_the_same_scores_at_every_build(tmp_path: Path) -> None:
    first = IndexStore(tmp_path / "one").open(ENTRIES, FakeEmbedder()).index
    second = IndexStore(tmp_path / "two").open(ENTRIES, FakeEmbedder()).index
    vector = first.centring.queries(FakeEmbedder().embed_queries([TEXTS[0][1]]))[0]
    one, two = (index.pools(Query(vector, {"^сесси": 1.0}), [None])[0] for index in (first, second))
    assert max(one.lexical) > 0
    for name in ("rows", "dense", "sentences", "lexical"):
        assert np.array_equal(getattr(one, name), getattr(two, name))


def test_an_index_of_the_older_format_keeps_its_vectors(tmp_path: Path) -> None:
    IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    path = in_use(tmp_path) / "manifest.json"
    held = asdict(Manifest.read(path))
    path.write_text(json.dumps(held | {"format": 2}), encoding="utf-8")
    opened = IndexStore(tmp_path).open(ENTRIES, FakeEmbedder())
    assert opened.embedded == 0
    assert opened.note == "the texts or the analyzer changed; 0 of 8 texts are new"
    assert IndexStore(tmp_path).open(ENTRIES, FakeEmbedder()).note == ""


def test_above_the_limit_codes_lead_to_the_passages_and_the_candidates_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flat = IndexStore(tmp_path / "flat").open(ENTRIES, FakeEmbedder()).index
    monkeypatch.setattr("retrieval.quantized_index.FLAT_LIMIT", 3)
    monkeypatch.setattr("retrieval.index.POOL", 3)
    IndexStore(tmp_path / "codes").open(ENTRIES, FakeEmbedder())
    coded = IndexStore(tmp_path / "codes").open(ENTRIES, FakeEmbedder()).index
    assert isinstance(flat.dense, DenseIndex)
    assert isinstance(coded.dense, QuantizedIndex)
    for row in range(len(flat.dense)):
        query = Query(flat.dense.vector(row), dict.fromkeys(flat.lexical.terms()[row::7], 1.0))
        for mask in (None, np.arange(len(ENTRIES)) != 1):
            (one,), (other,) = flat.pools(query, [mask]), coded.pools(query, [mask])
            assert one.rows.tolist() == other.rows.tolist()
            assert one.dense.tolist() == other.dense.tolist()
            assert one.sentences.tolist() == other.sentences.tolist()
            assert one.lexical.tolist() == other.lexical.tolist()


def test_a_later_build_embeds_only_the_probe_questions_that_are_new(tmp_path: Path) -> None:
    class Counting(FakeEmbedder):
        asked = 0

        def embed_queries(self, texts: Sequence[str]) -> Vectors:
            self.asked += len(texts)
            return super().embed_queries(texts)

    first, second, third = Counting(), Counting(), Counting()
    IndexStore(tmp_path).open(ENTRIES, first)
    assert first.asked > 0
    shutil.rmtree(in_use(tmp_path))
    IndexStore(tmp_path).open(ENTRIES, second)
    assert second.asked == 0
    IndexStore(tmp_path).open(ENTRIES, third, rebuild=True)
    assert third.asked >= first.asked
