"""The engine in this process: vectors and terms of every key, and which passage each belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval import kernels
from retrieval.centring import Centring, unit
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Vectors
from retrieval.engine import Pool, Query, Traits
from retrieval.fusion import POOL, Mask, Rows, Scores, best_of
from retrieval.lexical_index import HeldTerms, LexicalIndex
from retrieval.profiles import Profiles
from retrieval.quantized_index import QuantizedIndex
from retrieval.spans import Spans


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """``keys``: the runs of keys (every passage has one); ``sentences``: of longer passages, by sentence.

    Up to ``quantized_index.FLAT_LIMIT`` keys every vector is scored and the best are taken then; above that
    their codes lead to them. Either way the candidates' scores are those of the float32 vectors.
    """

    dense: DenseIndex | QuantizedIndex
    lexical: LexicalIndex
    centring: Centring
    keys: Spans
    sentence_vectors: DenseIndex
    sentences: Spans
    profiles: Profiles
    traits: Traits

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self.keys)

    def pools(
        self, query: Query, masks: Sequence[Mask | None], *, sentences: bool = True
    ) -> tuple[Pool, ...]:
        """See ``Engine``."""
        whole = None
        if isinstance(self.dense, DenseIndex):
            whole = self.keys.best(self.dense.scores(query.vector))
        by_vectors = [self._near(query.vector, whole, mask) for mask in masks]
        lexical = self.keys.best(self.lexical.scores(query.terms))
        return tuple(
            self._pool(query.vector, self._chosen(near(), lexical, mask), lexical, sentences)
            for near, mask in zip(by_vectors, masks, strict=True)
        )

    def alike(self, query: Query, pool: Pool, best: Rows, shares: Sequence[float]) -> tuple[Scores, Scores]:
        """See ``Engine``."""
        _, keys = self.keys.nearest(pool.rows[best], self.dense.matrix, query.vector)
        middle = mixed(self.dense.matrix[keys], shares)
        dense, _ = self.keys.nearest(pool.rows, self.dense.matrix, middle)
        return dense, self.profiles.likeness(pool.rows[best], shares, pool.rows)

    def held(self, passage: int) -> HeldTerms:
        """See ``Engine``."""
        return self.lexical.held(*self.keys.rows(passage))

    def _chosen(self, by_vectors: Rows, lexical: Scores, mask: Mask | None) -> Rows:
        """The passages of a pool, of which ``by_vectors`` are those near by vectors."""
        if (self.passages if mask is None else int(np.count_nonzero(mask))) <= POOL:
            return np.arange(self.passages) if mask is None else np.flatnonzero(mask)
        rows: Rows = kernels.union(best_of(lexical, POOL, mask), by_vectors)
        return rows

    def _near(self, query: Vectors, whole: Scores | None, mask: Mask | None) -> Callable[[], Rows]:
        """The POOL passages near by vectors; codes are looked through on another thread meanwhile.

        :param whole: the dense score of each passage, None where codes lead to the best.
        """
        if whole is not None:
            return lambda: best_of(whole, POOL, mask)
        assert isinstance(self.dense, QuantizedIndex)
        # several keys may be of one passage
        count = POOL * -(-len(self.dense) // self.passages)
        allowed = None if mask is None else np.repeat(mask, np.diff(self.keys.starts))
        found = self.dense.nearest_later(query, count, allowed)
        return lambda: self.keys.owners(found.result())

    def _pool(self, query: Vectors, rows: Rows, lexical: Scores, sentences: bool) -> Pool:
        dense, _ = self.keys.nearest(rows, self.dense.matrix, query)
        by_sentence = dense
        if sentences:
            best, found = self.sentences.nearest(rows, self.sentence_vectors.matrix, query)
            by_sentence = np.where(found < 0, dense, best)
        return Pool(rows, dense, by_sentence, lexical[rows])


def nearest(query: Vectors, vectors: Vectors) -> Vectors:
    """The row of (n, dim) ``vectors`` nearest to a (dim,) one by inner product, the first of equals."""
    found: Vectors = vectors[int((vectors @ query).argmax())]
    return found


def mixed(vectors: Sequence[Vectors] | Vectors, weights: Sequence[float]) -> Vectors:
    """The weighted middle of some (dim,) vectors, unit length."""
    middle: Vectors = unit(np.asarray(np.dot(weights, vectors), dtype=np.float32))
    return middle
