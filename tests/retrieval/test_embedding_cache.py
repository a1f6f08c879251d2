"""What was embedded once is not embedded again, as long as the words and the side are the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from retrieval.embedding_cache import CachedEmbedder
from tests.retrieval.fake_embedder import FakeEmbedder


def test_texts_are_embedded_once_and_the_vectors_are_the_models_own(tmp_path: Path) -> None:
    model = FakeEmbedder()
    cached = CachedEmbedder(model, tmp_path)
    first = cached.embed_passages(["бір", "екі", "бір"])
    assert model.passages == ["бір", "екі"]
    assert np.array_equal(first, FakeEmbedder().embed_passages(["бір", "екі", "бір"]))
    assert np.array_equal(cached.embed_passages(["екі"]), first[1:2])
    assert (model.passages, cached.new) == (["бір", "екі"], 2)


def test_a_later_run_finds_what_was_saved(tmp_path: Path) -> None:
    cached = CachedEmbedder(FakeEmbedder(), tmp_path / "deep" / "er")
    wanted = cached.embed_passages(["бір"])
    cached.save()
    model = FakeEmbedder()
    again = CachedEmbedder(model, tmp_path / "deep" / "er")
    assert np.array_equal(again.embed_passages(["бір"]), wanted)
    assert (model.passages, again.new) == ([], 0)


def test_a_question_and_a_passage_of_the_same_words_are_two(tmp_path: Path) -> None:
    cached = CachedEmbedder(FakeEmbedder(), tmp_path)
    assert not np.array_equal(cached.embed_queries(["бір"]), cached.embed_passages(["бір"]))
    assert cached.new == 2


def test_models_keep_their_vectors_apart(tmp_path: Path) -> None:
    one = CachedEmbedder(FakeEmbedder("one"), tmp_path)
    one.embed_passages(["бір"])
    one.save()
    other = FakeEmbedder("other")
    CachedEmbedder(other, tmp_path).embed_passages(["бір"])
    assert other.passages == ["бір"]


def test_a_cache_that_was_cut_short_is_as_good_as_none(tmp_path: Path) -> None:
    cached = CachedEmbedder(FakeEmbedder(), tmp_path)
    cached.embed_passages(["бір"])
    cached.save()
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:40])
    model = FakeEmbedder()
    CachedEmbedder(model, tmp_path).embed_passages(["бір"])
    assert model.passages == ["бір"]


def test_nothing_asked_gives_no_rows_and_writes_no_file(tmp_path: Path) -> None:
    cached = CachedEmbedder(FakeEmbedder(), tmp_path)
    assert cached.embed_queries([]).shape == (0, 48)
    cached.save()
    assert list(tmp_path.iterdir()) == []
    assert (cached.name, cached.dim) == ("fake", 48)
