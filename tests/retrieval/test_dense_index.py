"""FAISS gives the inner products that numpy gives."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest

from retrieval.centring import unit
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Vectors
from retrieval.errors import IndexUnusable


def vectors(count: int, dim: int = 16, seed: int = 1) -> Vectors:
    return unit(np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32))


@pytest.mark.parametrize("count", [1, 7, 300])
def test_scores_are_inner_products_in_row_order(count: int) -> None:
    rows, query = vectors(count), vectors(1, seed=2)[0]
    found = DenseIndex.from_vectors(rows).scores(query)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, rows @ query, atol=1e-6)


def test_a_row_that_is_the_query_scores_one() -> None:
    rows = vectors(20)
    scores = DenseIndex.from_vectors(rows).scores(rows[13])
    assert int(scores.argmax()) == 13
    assert scores[13] == pytest.approx(1.0, abs=1e-6)


def test_an_index_of_nothing_scores_nothing() -> None:
    index = DenseIndex.from_vectors(np.empty((0, 16), dtype=np.float32))
    assert len(index) == 0
    assert index.scores(vectors(1)[0]).shape == (0,)


def test_a_query_of_another_length_is_refused_with_both_shapes() -> None:
    with pytest.raises(ValueError, match=r"query of shape \(8,\), wanted \(16,\)"):
        DenseIndex.from_vectors(vectors(3)).scores(vectors(1, dim=8)[0])


def test_saved_vectors_come_back_bit_for_bit(tmp_path: Path) -> None:
    rows = vectors(9)
    DenseIndex.from_vectors(rows).save(tmp_path / "dense.faiss")
    loaded = DenseIndex.load(tmp_path / "dense.faiss")
    assert (len(loaded), loaded.dim) == (9, 16)
    assert np.array_equal(np.stack([loaded.vector(row) for row in range(9)]), rows)


@pytest.mark.parametrize("content", [b"", b"not an index at all", None])
def test_a_file_that_is_no_index_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "dense.faiss"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexUnusable, match=r"dense\.faiss is not a readable FAISS index"):
        DenseIndex.load(path)


def test_an_index_of_another_kind_is_refused(tmp_path: Path) -> None:
    faiss.write_index(faiss.IndexHNSWFlat(16, 4), str(tmp_path / "dense.faiss"))
    with pytest.raises(IndexUnusable, match="another kind, IndexHNSWFlat"):
        DenseIndex.load(tmp_path / "dense.faiss")
