"""Codes lead to what a flat index finds, nearly always."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.centring import unit
from retrieval.embedder import Vectors
from retrieval.errors import IndexUnusable
from retrieval.quantized_index import FEW, QuantizedIndex

COUNT, DIM = 24_000, 24


def clustered(count: int, seed: int) -> Vectors:
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((count // 20 + 1, DIM))[np.arange(count) // 20]
    return unit((centres + 0.7 * chance.standard_normal((count, DIM))).astype(np.float32))


VECTORS = clustered(COUNT, 1)
ASKED = clustered(60, 2)


@pytest.fixture(scope="module")
def coded() -> QuantizedIndex:
    return QuantizedIndex.from_vectors(VECTORS)


def best(query: Vectors, count: int, allowed: np.ndarray | None = None) -> list[int]:
    rows = np.arange(COUNT) if allowed is None else np.flatnonzero(allowed)
    return sorted(rows[np.argsort(-(VECTORS[rows] @ query), kind="stable")[:count]].tolist())


def test_of_the_ten_nearest_the_codes_lead_to_nearly_all(coded: QuantizedIndex) -> None:
    found = [set(coded.nearest(query, 200).tolist()) & set(best(query, 10)) for query in ASKED]
    assert sum(map(len, found)) >= 0.97 * 10 * len(ASKED)


def test_only_allowed_rows_are_found(coded: QuantizedIndex) -> None:
    allowed = np.arange(COUNT) % 12 != 0
    assert np.count_nonzero(allowed) > FEW
    found = coded.nearest(ASKED[0], 100, allowed)
    assert len(found) == 100
    assert allowed[found].all()
    assert len(set(found.tolist()) & set(best(ASKED[0], 100, allowed))) >= 90


def test_allowed_rows_that_lie_far_from_the_question_are_found_all_the_same(coded: QuantizedIndex) -> None:
    allowed = np.ones(COUNT, dtype=np.bool_)
    allowed[best(ASKED[0], 3_000)] = False
    assert np.count_nonzero(allowed) > FEW
    assert coded.nearest(ASKED[0], 100, allowed).tolist() == best(ASKED[0], 100, allowed)


def test_few_allowed_rows_are_all_looked_at(coded: QuantizedIndex) -> None:
    allowed = np.arange(COUNT) % 100 == 0
    assert coded.nearest(ASKED[0], 50, allowed).tolist() == best(ASKED[0], 50, allowed)


def test_an_index_is_read_back_as_it_was_written(coded: QuantizedIndex, tmp_path: Path) -> None:
    coded.save(tmp_path / "dense.faiss")
    read = QuantizedIndex.load(tmp_path / "dense.faiss")
    assert (len(read), read.dim) == (COUNT, DIM)
    assert read.vector(7).tolist() == VECTORS[7].tolist()
    assert read.nearest(ASKED[0], 20).tolist() == coded.nearest(ASKED[0], 20).tolist()


def test_codes_without_their_vectors_are_refused(coded: QuantizedIndex, tmp_path: Path) -> None:
    coded.save(tmp_path / "dense.faiss")
    (tmp_path / "dense.npy").unlink()
    with pytest.raises(IndexUnusable, match=r"dense\.faiss or the vectors beside it cannot be read"):
        QuantizedIndex.load(tmp_path / "dense.faiss")


def test_more_codes_than_vectors_are_refused(coded: QuantizedIndex, tmp_path: Path) -> None:
    coded.save(tmp_path / "dense.faiss")
    np.save(tmp_path / "dense.npy", VECTORS[:-1])
    with pytest.raises(IndexUnusable, match="holds 24000 vectors, the file beside it"):
        QuantizedIndex.load(tmp_path / "dense.faiss")
