"""Many vectors: a graph that leads to the nearest ones, and the vectors themselves in a file.

HNSW (Malkov & Yashunin 2018) by FAISS over half-precision copies, which take half the memory and lose
nothing that a search of a few hundred neighbours would notice. What it finds is scored by the float32 rows,
mapped from their file: the same scores that a flat index gives.
"""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from retrieval.embedder import Vectors
from retrieval.errors import IndexUnusable
from retrieval.fusion import Mask, Rows

FLAT_LIMIT = 50_000
"""Keys up to which every vector is scored. docs/performance.md: 50,000 take about as long as the whole graph
search does with its 0.97 and more of the right ones, and a flat index needs no building."""
NEIGHBOURS = 32
"""M: links of each vector on the upper levels, twice as many on the lowest one."""
BREADTH = 128
"""efSearch: the least number of vectors that are kept in view on the way."""
FEW = 10_000
"""Eligible rows up to which they are scored one by one: the graph loses its way where few rows count."""
_BLOCK = 10_000


def wants_graph(keys: int) -> bool:
    """The one rule by which the kind of an index is chosen."""
    return keys > FLAT_LIMIT


class GraphIndex:
    """(n, dim) float32 unit vectors behind a graph; positions are row numbers."""

    def __init__(self, graph: faiss.Index, matrix: Vectors) -> None:
        """:param matrix: (n, dim), in memory or mapped."""
        self._graph = graph
        self.matrix = matrix

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> GraphIndex:
        """Uses every core; a minute and more for 100,000 vectors."""
        graph = faiss.IndexHNSWSQ(
            vectors.shape[1],
            faiss.ScalarQuantizer.QT_fp16,  # type: ignore[arg-type]  # as FAISS' own Python has it
            NEIGHBOURS,
            faiss.METRIC_INNER_PRODUCT,
        )
        graph.train(
            np.ascontiguousarray(vectors[:1])
        )  # half precision has nothing to learn; FAISS asks for it
        index = cls(graph, np.empty((0, vectors.shape[1]), dtype=np.float32))
        return index.grown(vectors)

    def grown(self, vectors: Vectors) -> GraphIndex:
        """The same graph with more rows.

        :param vectors: (m, dim), m at least as many as now: the rows held so far, then the new ones.
        """
        for start in range(len(self), len(vectors), _BLOCK):
            self._graph.add(np.ascontiguousarray(vectors[start : start + _BLOCK], dtype=np.float32))
        return GraphIndex(self._graph, vectors)

    @classmethod
    def load(cls, path: Path) -> GraphIndex:
        """:raises IndexUnusable: a file is absent, or not what ``save`` wrote."""
        try:
            # mapped too: read as far as a search goes, and shared by all processes of a machine
            graph = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
            # asarray: a plain array over the mapped file
            matrix = np.asarray(np.load(path.with_suffix(".npy"), mmap_mode="r"))
        except (RuntimeError, OSError, ValueError) as exc:
            raise IndexUnusable(f"{path.name} or the vectors beside it cannot be read") from exc
        if not isinstance(graph, faiss.IndexHNSW):
            raise IndexUnusable(f"{path.name} is a FAISS index of another kind, {type(graph).__name__}")
        if matrix.shape != (graph.ntotal, graph.d) or matrix.dtype != np.float32:
            raise IndexUnusable(
                f"{path.name} holds {graph.ntotal} vectors, the file beside it {matrix.shape}"
            )
        return cls(graph, matrix)

    def save(self, path: Path) -> None:
        """The graph at ``path``, the vectors beside it."""
        faiss.write_index(self._graph, str(path))
        np.save(path.with_suffix(".npy"), self.matrix)

    def __len__(self) -> int:
        return int(self._graph.ntotal)

    @property
    def dim(self) -> int:
        return int(self._graph.d)

    def vector(self, row: int) -> Vectors:
        """The (dim,) vector of a row."""
        return np.array(self.matrix[row])

    def nearest(self, query: Vectors, count: int, allowed: Mask | None = None) -> Rows:
        """About the ``count`` rows nearest to a (dim,) vector, ascending; fewer where no more are allowed.

        :param allowed: (n,) bool; few rows are looked at one by one, so that those are exact.
        """
        if allowed is not None and (few := np.flatnonzero(allowed)).size <= max(FEW, count):
            scores = self.matrix[few] @ query
            return np.sort(few[np.argsort(-scores, kind="stable")[:count]])
        told = faiss.SearchParametersHNSW()  # type: ignore[attr-defined]  # its stubs lack it
        told.efSearch = max(BREADTH, count)
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            # kept in a name: FAISS only borrows it
            chosen = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg,arg-type]
            told.sel = chosen
        _, found = self._graph.search(np.ascontiguousarray(query[None, :]), count, params=told)
        return np.sort(found[0][found[0] >= 0])
