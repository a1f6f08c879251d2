"""Vectors in FAISS: inner products of unit vectors, higher is closer."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from retrieval.embedder import Vectors
from retrieval.errors import IndexUnusable
from retrieval.fusion import Scores


class DenseIndex:
    """A flat inner-product index over (n, dim) float32 unit vectors; positions are row numbers."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self._labels = np.arange(index.ntotal, dtype=np.int64)

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

    def scores(self, query: Vectors) -> Scores:
        """(n,) float32: the inner product of one (dim,) vector with every row, in row order.

        The ranking wants every score and not the best few in order, so FAISS is asked for distances to all
        rows and not for a search.
        """
        found = np.empty(len(self), dtype=np.float32)
        if len(self):
            asked = np.ascontiguousarray(query, dtype=np.float32)
            if asked.shape != (self.dim,):
                raise ValueError(f"query of shape {asked.shape}, wanted {(self.dim,)}")
            self._index.compute_distance_subset(  # type: ignore[attr-defined]  # not in the stubs
                1, faiss.swig_ptr(asked), len(self), faiss.swig_ptr(found), faiss.swig_ptr(self._labels)
            )
        return found
