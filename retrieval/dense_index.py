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

    def __init__(self, index: faiss.IndexFlat) -> None:
        self._index = index
        count, dim = int(index.ntotal), int(index.d)
        # the very memory of the index, which lives as long as this object does
        self.matrix: Vectors = (
            faiss.rev_swig_ptr(index.get_xb(), count * dim).reshape(count, dim)
            if count
            else np.empty((0, dim), dtype=np.float32)
        )

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> DenseIndex:
        """:param vectors: (n, dim) float32, unit length, n may be 0."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path, *, mapped: bool = False) -> DenseIndex:
        """:param mapped: leave the vectors in their file, for those that are looked up and not searched.

        :raises IndexUnusable: the file is absent or not a FAISS index.
        """
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
        except RuntimeError as exc:
            raise IndexUnusable(f"{path.name} is not a readable FAISS index") from exc
        if not isinstance(index, faiss.IndexFlat):
            raise IndexUnusable(f"{path.name} is a FAISS index of another kind, {type(index).__name__}")
        return cls(index)

    def save(self, path: Path) -> None:
        """:raises OSError: it cannot be written."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as exc:  # FAISS tells a full disk in its own way
            raise OSError(f"{path.name} cannot be written: {exc}") from exc

    def __len__(self) -> int:
        return len(self.matrix)

    @property
    def dim(self) -> int:
        return int(self.matrix.shape[1])

    def vector(self, row: int) -> Vectors:
        """The (dim,) vector of a row."""
        return np.array(self.matrix[row])

    def scores(self, query: Vectors) -> Scores:
        """(n,) float32: the inner product of one (dim,) vector with every row, in row order.

        The ranking wants every score and not the best few in order. FAISS's serial routine gives them: its
        parallel ones, and those of BLAS, wait for their own threads for 8 ms each on a busy machine.
        """
        asked = np.ascontiguousarray(query, dtype=np.float32)
        if asked.shape != (self.dim,):
            raise ValueError(f"query of shape {asked.shape}, wanted {(self.dim,)}")
        found = np.empty(len(self), dtype=np.float32)
        if len(self):
            faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]  # its stubs lack it
                faiss.swig_ptr(found), faiss.swig_ptr(asked), self._index.get_xb(), self.dim, len(self)
            )
        return found
