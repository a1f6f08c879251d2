"""What words a passage is made of, as unit vectors: how alike passages are, word by word.

tf-idf over stems (Salton & Buckley 1988), kept sparse. It serves the feedback round, where a few passages are
the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval import kernels
from retrieval.errors import IndexUnusable
from retrieval.fusion import Rows, Scores
from retrieval.npz_files import DAMAGED
from retrieval.term_counts import TermCounts, counted

_FIELDS = ("starts", "columns", "weights")


class Profiles:
    """A sparse (n, terms) matrix with unit rows: row ``r`` has ``weights[starts[r]:starts[r + 1]]``."""

    def __init__(
        self, starts: npt.NDArray[np.int64], columns: npt.NDArray[np.int32], weights: Scores
    ) -> None:
        self._starts = starts
        self._columns = columns
        self._weights = weights
        self._width = int(columns.max()) + 1 if len(columns) else 0

    @classmethod
    def from_terms(cls, rows: Iterable[Sequence[str]]) -> Profiles:
        """:param rows: the terms of each row, with repetitions."""
        return cls.from_counts(counted(rows))

    @classmethod
    def from_counts(cls, counts: TermCounts) -> Profiles:
        """See ``from_terms``."""
        found = counts.rows_of_terms()
        rarity = np.log((len(counts.starts)) / (1 + found)) + 1
        weights = counts.times * rarity[counts.terms]
        rows_of = np.repeat(np.arange(len(counts.starts) - 1), np.diff(counts.starts))
        norms = np.sqrt(np.bincount(rows_of, weights=weights**2, minlength=len(counts.starts) - 1))
        return cls(counts.starts, counts.terms, (weights / norms[rows_of]).astype(np.float32))

    @classmethod
    def load(cls, path: Path) -> Profiles:
        """:raises IndexUnusable: the file is absent or damaged."""
        try:
            with path.open("rb") as file, np.load(file) as stored:
                return cls(*(stored[name] for name in _FIELDS))
        except DAMAGED as exc:
            raise IndexUnusable(f"{path.name} cannot be read") from exc

    def save(self, path: Path) -> None:
        np.savez(path, starts=self._starts, columns=self._columns, weights=self._weights)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def row(self, row: int) -> tuple[npt.NDArray[np.int32], Scores]:
        """The columns of a row that are not 0, and its weights there."""
        own = slice(self._starts[row], self._starts[row + 1])
        return self._columns[own], self._weights[own]

    def likeness(self, sources: Rows, shares: Sequence[float], rows: Rows) -> Scores:
        """(rows,) float32: cosines of some rows with each of the ``sources``, added up by their shares."""
        found: Scores = kernels.likeness(
            self._starts, self._columns, self._weights, sources, np.array(shares), rows, self._width
        )
        return found
