"""The searchable whole: vectors and terms of every key, and which passage each belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.centring import Centring, unit
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Vectors
from retrieval.fusion import Scores
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
class Traits:
    """What a passage's text holds, (passages,) bool each; an answer to қашан or неше is worth having."""

    dates: npt.NDArray[np.bool_]
    numbers: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """``keys``: the runs of keys (every passage has one); ``sentences``: of longer passages, by sentence."""

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

    def key_scores(self, query: Vectors) -> Scores:
        """Cosine of a centred (dim,) query with every key: (keys,)."""
        return self.dense.scores(query)

    def sentence_scores(self, query: Vectors, whole: Scores) -> Scores:
        """Cosine with the best sentence of each passage: (passages,); ``whole`` where it has none."""
        scores = whole.copy()
        scores[self.sentences.owners] = self.sentences.best(self.sentence_vectors.scores(query))
        return scores

    def lexical_scores(self, terms: Mapping[str, float]) -> Scores:
        """BM25 of the best key of each passage: (passages,)."""
        return self.keys.best(self.lexical.scores(terms))

    def best_key(self, passage: int, key_scores: Scores) -> int:
        """The key of a passage that a query is nearest to, the first of equals."""
        first, last = self.keys.rows(passage)
        return first + int(key_scores[first : last + 1].argmax())

    def mixed(self, keys: Sequence[int], weights: Sequence[float]) -> Vectors:
        """The weighted middle of some keys' vectors, unit length, (dim,)."""
        vectors = np.stack([self.dense.vector(key) for key in keys])
        mean: Vectors = unit(np.average(vectors, axis=0, weights=weights)[None, :])[0]
        return mean

    def held(self, passage: int) -> HeldTerms:
        """The index terms of a passage, all its keys together."""
        return self.lexical.held(*self.keys.rows(passage))
