"""The engine once more, in plain numpy and without any haste: what the quick one must agree with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retrieval.engine import Pool, Query
from retrieval.fusion import POOL, Mask, Rows, Scores
from retrieval.index import SearchIndex


@dataclass(frozen=True, slots=True)
class PlainEngine:
    """Scores everything, sorts everything, takes what is wanted then."""

    index: SearchIndex

    @property
    def passages(self) -> int:
        return self.index.passages

    @property
    def lexical(self):
        return self.index.lexical

    @property
    def centring(self):
        return self.index.centring

    @property
    def traits(self):
        return self.index.traits

    def held(self, passage: int):
        return self.index.held(passage)

    def pools(
        self, query: Query, masks: Sequence[Mask | None], *, sentences: bool = True
    ) -> tuple[Pool, ...]:
        index = self.index
        dense = _best(index.dense.matrix @ query.vector, index.keys.starts)
        lexical = _best(self._lexical(query), index.keys.starts)
        parts = _best(index.sentence_vectors.matrix @ query.vector, index.sentences.starts)
        by_sentence = np.where(np.isnan(parts), dense, parts) if sentences else dense
        pools = []
        for mask in masks:
            allowed = np.arange(self.passages) if mask is None else np.flatnonzero(mask)
            chosen = {int(row) for side in (dense, lexical) for row in _first(side, allowed)}
            rows = np.array(sorted(chosen), dtype=np.int64)
            pools.append(Pool(rows, dense[rows], by_sentence[rows], lexical[rows]))
        return tuple(pools)

    def alike(self, query: Query, pool: Pool, best: Rows, shares: Sequence[float]) -> tuple[Scores, Scores]:
        keys, passages = self.index.dense.matrix, pool.rows[best].tolist()
        nearest = []
        for passage in passages:
            first, last = self.index.keys.rows(passage)
            own = keys[first : last + 1]
            nearest.append(own[int((own @ query.vector).argmax())])
        middle = np.average(np.stack(nearest), axis=0, weights=shares)
        dense = _best(keys @ (middle / np.linalg.norm(middle)), self.index.keys.starts)
        profiles = np.stack([self._profile(row) for row in range(self.passages)])
        words = sum(share * (profiles @ profiles[row]) for row, share in zip(passages, shares, strict=True))
        return dense[pool.rows].astype(np.float32), np.asarray(words)[pool.rows].astype(np.float32)

    def _lexical(self, query: Query) -> Scores:
        scores = np.zeros(len(self.index.lexical), dtype=np.float64)
        for term, weight in query.terms.items():
            number = self.index.lexical._numbers.get(term)
            if number is not None:
                column = slice(*self.index.lexical._starts[number : number + 2])
                scores[self.index.lexical._rows[column]] += weight * self.index.lexical._values[column]
        return scores.astype(np.float32)

    def _profile(self, row: int) -> Scores:
        held = self.index.profiles
        dense = np.zeros(held._width, dtype=np.float64)
        own = slice(*held._starts[row : row + 2])
        dense[held._columns[own]] = held._weights[own]
        return dense


def _best(scores: Scores, starts: Rows) -> Scores:
    """The greatest of each run, nan for an empty one."""
    parts = [scores[first:end] for first, end in pairwise(starts)]
    return np.array([part.max() if len(part) else np.nan for part in parts], dtype=np.float32)


def _first(side: Scores, allowed: Rows) -> Rows:
    return allowed[np.argsort(-side[allowed], kind="stable")[:POOL]]
