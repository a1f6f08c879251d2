"""Which rows of vectors and terms belong to which passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval import kernels
from retrieval.embedder import Vectors
from retrieval.fusion import Rows, Scores


@dataclass(frozen=True, slots=True)
class Spans:
    """Neighbouring rows of one passage: those of passage ``p`` are ``starts[p]`` to ``starts[p + 1] - 1``.

    A passage may have none.
    """

    starts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, owner_of_row: Sequence[int], passages: int) -> Spans:
        """:param owner_of_row: the passage of each row, ascending."""
        owners = np.asarray(owner_of_row, dtype=np.int64)
        return cls(np.searchsorted(owners, np.arange(passages + 1)).astype(np.int64))

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self.starts) - 1

    def best(self, scores: Scores) -> Scores:
        """The highest score of each passage, every one of which must have a row: (passages,)."""
        if len(scores) == len(self):
            return scores
        return np.asarray(np.maximum.reduceat(scores, self.starts[:-1]), dtype=np.float32)

    def owners(self, rows: Rows) -> Rows:
        """The passages that some rows belong to, ascending, each once."""
        return np.unique(np.searchsorted(self.starts, rows, side="right") - 1)

    def rows(self, passage: int) -> tuple[int, int]:
        """First and last row of a passage."""
        return int(self.starts[passage]), int(self.starts[passage + 1]) - 1

    def nearest(self, passages: Rows, vectors: Vectors, query: Vectors) -> tuple[Scores, Rows]:
        """The highest inner product of each passage's rows, and the first row with it (-1: it has none).

        :param vectors: (rows, dim); :param query: (dim,).
        """
        found: tuple[Scores, Rows] = kernels.best_in_runs(
            vectors, self.starts[passages], self.starts[passages + 1], query
        )
        return found


@dataclass(frozen=True, slots=True)
class Runs:
    """As ``Spans``, where only some passages have rows: ``owners`` are passages that have any, ascending.

    Those of ``owners[i]`` are rows ``starts[i]`` to ``starts[i + 1] - 1``.
    """

    owners: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, owner_of_row: Sequence[int]) -> Runs:
        """:param owner_of_row: the passage of each row, ascending."""
        owners, starts = np.unique(np.array(owner_of_row, dtype=np.int64), return_index=True)
        return cls(owners, np.append(starts, len(owner_of_row)).astype(np.int64))

    def best(self, scores: Scores) -> Scores:
        """The highest score of each owner: (owners,)."""
        if not len(self.owners):
            return np.empty(0, dtype=np.float32)
        return np.asarray(np.maximum.reduceat(scores, self.starts[:-1]), dtype=np.float32)

    def owners_of(self, rows: Rows) -> Rows:
        """The owner of each row."""
        return self.owners[np.searchsorted(self.starts, rows, side="right") - 1]

    def rows(self, at: int) -> tuple[int, int]:
        """First and last row of ``owners[at]``."""
        return int(self.starts[at]), int(self.starts[at + 1]) - 1
