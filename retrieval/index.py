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

    def owners_of(self, rows: Rows) -> Rows:
        """The owner of each row."""
        return self.owners[np.searchsorted(self.starts, rows, side="right") - 1]

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
        dense = self.keys.best(self.dense.scores(query.vector))
        by_sentence = self._sentence_scores(query.vector, dense) if sentences else dense
        lexical = self.keys.best(self.lexical.scores(query.terms))
        chosen = [candidates(dense, lexical, eligible=mask) for mask in masks]
        return tuple(Pool(rows, dense[rows], by_sentence[rows], lexical[rows]) for rows in chosen)

    def alike(self, query: Query, pool: Pool, best: Rows, shares: Sequence[float]) -> tuple[Scores, Scores]:
        """See ``Engine``."""
        passages = pool.rows[best].tolist()
        middle = mixed([nearest(query.vector, self._vectors(passage)) for passage in passages], shares)
        dense = self.keys.best(self.dense.scores(middle))
        words = self.profiles.likeness(passages, shares)
        return dense[pool.rows], words[pool.rows]

    def held(self, passage: int) -> HeldTerms:
        """See ``Engine``."""
        return self.lexical.held(*self.keys.rows(passage))

    def _sentence_scores(self, query: Vectors, whole: Scores) -> Scores:
        """Cosine with the best sentence of each passage: (passages,); ``whole`` where it has none."""
        scores = whole.copy()
        scores[self.sentences.owners] = self.sentences.best(self.sentence_vectors.scores(query))
        return scores

    def _vectors(self, passage: int) -> Vectors:
        first, last = self.keys.rows(passage)
        return np.stack([self.dense.vector(key) for key in range(first, last + 1)])


def nearest(query: Vectors, vectors: Vectors) -> Vectors:
    """The row of (n, dim) ``vectors`` nearest to a (dim,) one by inner product, the first of equals."""
    found: Vectors = vectors[int((vectors @ query).argmax())]
    return found


def mixed(vectors: Sequence[Vectors], weights: Sequence[float]) -> Vectors:
    """The weighted middle of some (dim,) vectors, unit length."""
    middle: Vectors = unit(np.average(np.stack(vectors), axis=0, weights=weights)[None, :])[0]
    return middle
