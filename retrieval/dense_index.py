"""Vectors in FAISS: inner products of unit vectors, higher is closer."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.embedder import Vectors
from retrieval.errors import IndexUnusable


class DenseIndex:
    """A flat inner-product index over (n, dim) float32 unit vectors; positions are row numbers."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> DenseIndex:
        """:param vectors: (n, dim) float32, unit length, n may be 0."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """:raises IndexUnusable: the file is absent or not a FAISS index."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as exc:
            raise IndexUnusable(f"{path.name} is not a readable FAISS index") from exc

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        return int(self._index.d)

    def vector(self, row: int) -> Vectors:
        """The (dim,) vector of a row."""
        return np.asarray(self._index.reconstruct(row), dtype=np.float32)

    def search(self, query: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """The ``count`` nearest rows to one (dim,) vector: (rows, scores), best first."""
        count = min(count, len(self))
        if count == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        scores, rows = self._index.search(np.ascontiguousarray(query[None, :]), count)
        return rows[0], scores[0]
