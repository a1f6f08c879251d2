"""A graph finds what a flat index finds, nearly always, and its scores are the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.centring import unit
from retrieval.embedder import Vectors
from retrieval.errors import IndexUnusable
from retrieval.graph_index import FEW, GraphIndex

COUNT, DIM = 12_000, 24


def clustered(count: int, seed: int) -> Vectors:
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((count // 20 + 1, DIM))[np.arange(count) // 20]
    return unit((centres + 0.7 * chance.standard_normal((count, DIM))).astype(np.float32))


VECTORS = clustered(COUNT, 1)
ASKED = clustered(60, 2)


@pytest.fixture(scope="module")
def graph() -> GraphIndex:
    return GraphIndex.from_vectors(VECTORS)


def best(query: Vectors, count: int, allowed: np.ndarray | None = None) -> list[int]:
    rows = np.arange(COUNT) if allowed is None else np.flatnonzero(allowed)
    return sorted(rows[np.argsort(-(VECTORS[rows] @ query), kind="stable")[:count]].tolist())


def test_of_the_ten_nearest_the_graph_finds_nearly_all(graph: GraphIndex) -> None:
    found = [set(graph.nearest(query, 200).tolist()) & set(best(query, 10)) for query in ASKED]
    assert sum(map(len, found)) >= 0.97 * 10 * len(ASKED)


def test_only_allowed_rows_are_found(graph: GraphIndex) -> None:
    allowed = np.arange(COUNT) % 12 != 0
    assert np.count_nonzero(allowed) > FEW
    found = graph.nearest(ASKED[0], 100, allowed)
    assert len(found) == 100
    assert allowed[found].all()
    assert len(set(found.tolist()) & set(best(ASKED[0], 100, allowed))) >= 95


def test_few_allowed_rows_are_all_looked_at(graph: GraphIndex) -> None:
    allowed = np.arange(COUNT) % 100 == 0
    assert graph.nearest(ASKED[0], 50, allowed).tolist() == best(ASKED[0], 50, allowed)


def test_a_graph_is_read_back_as_it_was_written(graph: GraphIndex, tmp_path: Path) -> None:
    graph.save(tmp_path / "dense.faiss")
    read = GraphIndex.load(tmp_path / "dense.faiss")
    assert (len(read), read.dim) == (COUNT, DIM)
    assert read.vector(7).tolist() == VECTORS[7].tolist()
    assert read.nearest(ASKED[0], 20).tolist() == graph.nearest(ASKED[0], 20).tolist()


def test_a_graph_without_its_vectors_is_refused(graph: GraphIndex, tmp_path: Path) -> None:
    graph.save(tmp_path / "dense.faiss")
    (tmp_path / "dense.npy").unlink()
    with pytest.raises(IndexUnusable, match=r"dense\.faiss or the vectors beside it cannot be read"):
        GraphIndex.load(tmp_path / "dense.faiss")


def test_more_vectors_than_the_graph_holds_are_refused(graph: GraphIndex, tmp_path: Path) -> None:
    graph.save(tmp_path / "dense.faiss")
    np.save(tmp_path / "dense.npy", VECTORS[:-1])
    with pytest.raises(IndexUnusable, match="holds 12000 vectors, the file beside it"):
        GraphIndex.load(tmp_path / "dense.faiss")
