"""The engine in this process: vectors and terms of every key, and which passage each belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.centring import Centring, unit
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Vectors
from retrieval.engine import Pool, Query, Traits
from retrieval.fusion import Mask, Rows, Scores, candidates
from retrieval.lexical_index import HeldTerms, LexicalIndex
from retrieval.profiles import Profiles


@dataclass(frozen=True, slots=True)
class Runs:
    """Neighbouring rows of one passage: ``owners`` are passages that have any, ascending.

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

    def rows(self, at: int) -> tuple[int, int]:
        """First and last row of ``owners[at]``."""
        return int(self.starts[at]), int(self.starts[at + 1]) - 1


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """``keys``: the runs of keys (every passage has one); ``sentences``: of longer passages, by sentence.

    Every passage is scored and the best are taken then: exact, and fast while the vectors are few.
    """

    dense: DenseIndex
    lexical: LexicalIndex
    centring: Centring
    keys: Runs
    sentence_vectors: DenseIndex
    sentences: Runs
    profiles: Profiles
    traits: Traits

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self.keys.owners)

    def pools(
        self, query: Query, masks: Sequence[Mask | None], *, sentences: bool = True
    ) -> tuple[Pool, ...]:
        """See ``Engine``."""
        keys = self.dense.scores(query.vector)
        dense = self.keys.best(keys)
        by_sentence = self._sentence_scores(query.vector, dense) if sentences else dense
        lexical = self.keys.best(self.lexical.scores(query.terms))
        chosen = [candidates(dense, lexical, eligible=mask) for mask in masks]
        return tuple(
            Pool(rows, self._best_keys(rows, keys), dense[rows], by_sentence[rows], lexical[rows])
            for rows in chosen
        )

    def alike(self, pool: Pool, best: Rows, shares: Sequence[float]) -> tuple[Scores, Scores]:
        """See ``Engine``."""
        dense = self.keys.best(self.dense.scores(self._mixed(pool.keys[best], shares)))
        words = self.profiles.likeness(pool.rows[best].tolist(), shares)
        return dense[pool.rows], words[pool.rows]

    def held(self, passage: int) -> HeldTerms:
        """See ``Engine``."""
        return self.lexical.held(*self.keys.rows(passage))

    def _sentence_scores(self, query: Vectors, whole: Scores) -> Scores:
        """Cosine with the best sentence of each passage: (passages,); ``whole`` where it has none."""
        scores = whole.copy()
        scores[self.sentences.owners] = self.sentences.best(self.sentence_vectors.scores(query))
        return scores

    def _best_keys(self, rows: Rows, scores: Scores) -> Rows:
        """The key of each passage that the query is nearest to, the first of equals."""
        bounds = zip(self.keys.starts[rows].tolist(), self.keys.starts[rows + 1].tolist(), strict=True)
        return np.array([first + int(scores[first:end].argmax()) for first, end in bounds], dtype=np.int64)

    def _mixed(self, keys: Rows, weights: Sequence[float]) -> Vectors:
        return mixed([self.dense.vector(key) for key in keys.tolist()], weights)


def mixed(vectors: Sequence[Vectors], weights: Sequence[float]) -> Vectors:
    """The weighted middle of some (dim,) vectors, unit length."""
    middle: Vectors = unit(np.average(np.stack(vectors), axis=0, weights=weights)[None, :])[0]
    return middle
