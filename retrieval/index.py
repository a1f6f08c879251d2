"""The searchable whole: vectors and terms of every key, and which passage each key belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.centring import Centring, unit
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Vectors
from retrieval.fusion import Scores
from retrieval.lexical_index import LexicalIndex


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """``owners[k]`` is the passage (its row, 0 to passages - 1) that key ``k`` belongs to."""

    dense: DenseIndex
    lexical: LexicalIndex
    centring: Centring
    owners: npt.NDArray[np.int64]
    passages: int

    def dense_scores(self, query: Vectors) -> tuple[Scores, npt.NDArray[np.int64]]:
        """Cosine of a centred (dim,) query with the best key of each passage: (passages,), and that key."""
        rows, found = self.dense.search(query, len(self.dense))
        scores = np.full(len(self.dense), -1.0, dtype=np.float32)
        scores[rows] = found
        return self._by_passage(scores)

    def lexical_scores(self, terms: Mapping[str, float]) -> Scores:
        """BM25 of the best key of each passage: (passages,)."""
        return self._by_passage(self.lexical.scores(terms))[0]

    def mixed(self, keys: Sequence[int], weights: Sequence[float]) -> Vectors:
        """The weighted middle of some keys' vectors, unit length, (dim,)."""
        vectors = np.stack([self.dense.vector(int(key)) for key in keys])
        mean: Vectors = unit(np.average(vectors, axis=0, weights=weights)[None, :])[0]
        return mean

    def _by_passage(self, scores: Scores) -> tuple[Scores, npt.NDArray[np.int64]]:
        # owners ascend, so each passage's keys are one run
        starts = np.flatnonzero(np.r_[True, self.owners[1:] != self.owners[:-1]])
        best = np.maximum.reduceat(scores, starts)
        spread = np.repeat(best, np.diff(np.r_[starts, len(scores)]))
        is_best = np.flatnonzero(scores == spread)
        keys = np.empty(self.passages, dtype=np.int64)
        keys[self.owners[is_best[::-1]]] = is_best[::-1]  # the first of equals is written last
        return best, keys
