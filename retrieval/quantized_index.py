"""Many vectors: short codes that are all looked at, and the vectors themselves in a file.

A code is two bits a dimension: product quantization with 4-bit parts (Jégou et al. 2011), scanned by FAISS
in registers ("fast scan", André et al. 2015). The rows whose codes are nearest are scored anew by their
float32 vectors, mapped from their file: the same scores that a flat index gives.
"""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import faiss
import numpy as np

from retrieval import kernels
from retrieval.embedder import Vectors
from retrieval.errors import IndexUnusable
from retrieval.fusion import Mask, Rows, best_of

FLAT_LIMIT = 50_000
"""Keys up to which every vector is scored by itself; above that the codes.

HNSW (32 links, 128 in view) was meant for it. Measured on 1,000,000 vectors that scatter as e5's do
(tests/benchmarks/synthetic.py), it took 660 s of processor time to build against 9 s, and found 53 % of the
ten nearest where 200 codes hold 99 %.
"""
DIMENSIONS_A_PART = 2
SPARE = 2.5
"""So many times the wanted rows are taken by their codes and scored by their vectors."""
FEW = 20_000
"""Allowed rows up to which they are scored one by one."""
_SAMPLE = 50_000
_LEAST_SAMPLE = 1_024
_BLOCK = 50_000


def wants_codes(keys: int) -> bool:
    """The one rule by which the kind of an index is chosen."""
    return keys > FLAT_LIMIT


class QuantizedIndex:
    """(n, dim) float32 unit vectors behind their codes; positions are row numbers."""

    def __init__(self, codes: faiss.Index, matrix: Vectors) -> None:
        """:param matrix: (n, dim), in memory or mapped."""
        self._codes = codes
        self.matrix = matrix
        self._beside = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="codes")

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> QuantizedIndex:
        """Uses every core; some ten seconds for 1,000,000 vectors."""
        dim = vectors.shape[1]
        parts = max(parts for parts in range(1, dim // DIMENSIONS_A_PART + 1) if dim % parts == 0)
        codes = faiss.index_factory(dim, f"PQ{parts}x4fs", faiss.METRIC_INNER_PRODUCT)
        # evenly spread, so that every text has its say; a few are shown more than once
        count = max(_LEAST_SAMPLE, min(_SAMPLE, len(vectors)))
        codes.train(np.ascontiguousarray(vectors[np.linspace(0, len(vectors) - 1, count).astype(np.int64)]))
        for start in range(0, len(vectors), _BLOCK):
            codes.add(np.ascontiguousarray(vectors[start : start + _BLOCK], dtype=np.float32))
        return cls(codes, vectors)

    @classmethod
    def load(cls, path: Path) -> QuantizedIndex:
        """:raises IndexUnusable: a file is absent, or not what ``save`` wrote."""
        try:
            codes = faiss.read_index(str(path))
            # asarray: a plain array over the mapped file
            matrix = np.asarray(np.load(path.with_suffix(".npy"), mmap_mode="r"))
        except (RuntimeError, OSError, ValueError) as exc:
            raise IndexUnusable(f"{path.name} or the vectors beside it cannot be read") from exc
        if not isinstance(codes, faiss.IndexPQFastScan):
            raise IndexUnusable(f"{path.name} is a FAISS index of another kind, {type(codes).__name__}")
        if matrix.shape != (codes.ntotal, codes.d) or matrix.dtype != np.float32:
            raise IndexUnusable(
                f"{path.name} holds {codes.ntotal} vectors, the file beside it {matrix.shape}"
            )
        return cls(codes, matrix)

    def save(self, path: Path) -> None:
        """The codes at ``path``, the vectors beside them."""
        faiss.write_index(self._codes, str(path))
        np.save(path.with_suffix(".npy"), self.matrix)

    def __len__(self) -> int:
        return int(self._codes.ntotal)

    @property
    def dim(self) -> int:
        return int(self._codes.d)

    def vector(self, row: int) -> Vectors:
        """The (dim,) vector of a row."""
        return np.array(self.matrix[row])

    def nearest(self, query: Vectors, count: int, allowed: Mask | None = None) -> Rows:
        """The ``count`` rows nearest to a (dim,) vector, nearly always, ascending.

        :param allowed: (n,) bool.
        """
        rows = self._by_codes(query, min(len(self), int(SPARE * count)), allowed)
        scores, _ = kernels.best_in_runs(self.matrix, rows, rows + 1, query)
        return rows[best_of(scores, count)]

    def nearest_later(self, query: Vectors, count: int, allowed: Mask | None = None) -> Future[Rows]:
        """``nearest`` on a thread of its own: the words are looked up meanwhile."""
        return self._beside.submit(self.nearest, query, count, allowed)

    def _by_codes(self, query: Vectors, count: int, allowed: Mask | None) -> Rows:
        """Rows, ascending: at least ``count`` allowed ones, or all that there are."""
        asked = np.ascontiguousarray(query[None, :], dtype=np.float32)
        if allowed is None:
            nearest: Rows = np.sort(self._codes.search(asked, count)[1][0])
            return nearest
        held = int(np.count_nonzero(allowed))
        if held > max(FEW, count):
            wider = min(len(self), 2 * count * len(self) // held)
            found: Rows = np.sort(self._codes.search(asked, wider)[1][0])
            found = found[allowed[found]]
            if len(found) >= count:
                return found
        # few, or they lie far from the question
        return np.flatnonzero(allowed)
