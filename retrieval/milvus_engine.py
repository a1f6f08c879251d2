"""The engine that asks a Milvus server, and gives the scores that files would give.

Exact: vectors lie under a FLAT index and terms under an inverted one, both scored in full. Two things keep
the ranking the same as with files where numbers of two engines differ in their last bit: equal texts get
equal scores here, whatever the server rounds, and ties go by row.

While keys and sentences together are at most ``MOST_ROWS``, what a server gives at once, the scores of all
of them are fetched, and candidates are chosen here. Beyond that the server chooses: the best of each side
under a filter, then the scores of those passages by the other measures. That is the same set of
candidates, but for passages at the edge of the POOL whose scores differ by less than 1e-6.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from retrieval.centring import Centring
from retrieval.embedder import Vectors
from retrieval.engine import Pool, Query, Traits
from retrieval.entries import Entry
from retrieval.fusion import POOL, Mask, Rows, Scores, best_of, candidates
from retrieval.index import mixed, nearest
from retrieval.manifest import Manifest
from retrieval.milvus_filters import Filters, among
from retrieval.milvus_rows import Common
from retrieval.milvus_server import MOST_ROWS, Found, MilvusServer
from retrieval.pinned_lexicon import HeldNumbers, PinnedLexicon, Sparse
from retrieval.spans import Runs

_NEAR = 1e-6
_ABSENT = np.float32(-4.0)
"""Stands for a cosine that was not fetched."""


@dataclass(frozen=True, slots=True)
class _Scores:
    """(keys,), (sentences,) and (keys,); cosines that were not fetched are _ABSENT."""

    keys: Scores
    sentences: Scores
    lexical: Scores


class MilvusEngine:
    """One version of the index, by its alias. Safe to call from several threads."""

    def __init__(
        self,
        server: MilvusServer,
        name: str,
        common: Common,
        entries: Sequence[Entry],
        held: Manifest,
        *,
        at_once: int = MOST_ROWS,
    ) -> None:
        """:param at_once: up to how many keys and sentences all scores are fetched."""
        self._server = server
        self.name = name
        self._common = common
        self._keys = Runs.of(held.owners)
        self._sentences = Runs.of(held.sentence_owners)
        self._key_count = len(held.keys)
        self._text_count = len(held.texts)
        self._twins = _first_equals(held)
        self._filters = Filters([entry.passage.document for entry in entries])
        # rows below 0 come along where nothing is filtered
        self._whole = self._text_count + len(common.packed()) <= at_once

    def renamed(self, name: str) -> MilvusEngine:
        """The same under another name of the same collection."""
        other = copy(self)
        other.name = name
        return other

    @property
    def passages(self) -> int:
        return len(self._keys.owners)

    @property
    def lexical(self) -> PinnedLexicon:
        return self._common.lexicon

    @property
    def centring(self) -> Centring:
        return self._common.centring

    @property
    def traits(self) -> Traits:
        return self._common.traits

    def pools(
        self, query: Query, masks: Sequence[Mask | None], *, sentences: bool = True
    ) -> tuple[Pool, ...]:
        """See ``Engine``."""
        terms = self.lexical.question(query.terms)
        if not self._whole:
            return tuple(self._searched(query.vector, terms, mask, sentences) for mask in masks)
        scores = self._fetched(query.vector, terms, "", sentences)
        dense, lexical = self._keys.best(scores.keys), self._keys.best(scores.lexical)
        chosen = [candidates(dense, lexical, eligible=mask) for mask in masks]
        return tuple(self._pool(rows, scores) for rows in chosen)

    def alike(self, query: Query, pool: Pool, best: Rows, shares: Sequence[float]) -> tuple[Scores, Scores]:
        """See ``Engine``."""
        passages = pool.rows[best]
        found = self._server.rows(
            self.name, f"{among('passage', np.sort(passages))} and sentence == false", ["vector", "profile"]
        )
        vectors: list[Vectors] = []
        profile: Sparse = {}
        for passage, share in zip(passages.tolist(), shares, strict=True):
            first, last = self._keys.rows(passage)
            rows = [found[key]["vector"] for key in range(first, last + 1)]
            vectors.append(nearest(query.vector, np.array(rows, dtype=np.float32)))
            for column, weight in found[first]["profile"].items():
                profile[int(column)] = profile.get(int(column), 0.0) + weight * share
        where = f"{among('passage', pool.rows)} and sentence == false"
        near = self._cosines(mixed(vectors, shares), where)
        likeness = np.zeros(self._key_count, dtype=np.float32)
        words = self._server.search(self.name, "profile", profile, self._key_count, where)
        likeness[words.ids] = words.scores
        return self._keys.best(near[: self._key_count])[pool.rows], self._keys.best(likeness)[pool.rows]

    def held(self, passage: int) -> Container[str]:
        """See ``Engine``."""
        first, last = self._keys.rows(passage)
        keys = self._server.rows(self.name, f"id >= {first} and id <= {last}", ["terms"])
        return HeldNumbers(self.lexical, frozenset(int(n) for row in keys.values() for n in row["terms"]))

    def _fetched(self, vector: Vectors, terms: Sparse, where: str, sentences: bool) -> _Scores:
        """Scores of every row that fits a filter."""
        own = where if sentences else _and(where, "sentence == false")
        cosines = self._cosines(vector, own)
        lexical = np.zeros(self._key_count, dtype=np.float32)
        if terms:
            found = self._server.search(self.name, "terms", terms, MOST_ROWS, where)
            lexical[found.ids] = found.scores
        return _Scores(cosines[: self._key_count], cosines[self._key_count :], lexical)

    def _cosines(self, vector: Vectors, where: str) -> Scores:
        """(keys + sentences,), _ABSENT where a row does not fit; the same for equal texts."""
        found = self._evened(self._server.search(self.name, "vector", vector, MOST_ROWS, where))
        cosines = np.full(self._text_count, _ABSENT, dtype=np.float32)
        cosines[found.ids] = found.scores
        return cosines

    def _evened(self, found: Found) -> Found:
        """Rows of texts only, and those of equal texts with the same score."""
        texts = found.ids >= 0
        ids, scores = found.ids[texts], found.scores[texts]
        _, twin = np.unique(self._twins[ids], return_inverse=True)
        highest = np.full(len(ids), _ABSENT, dtype=np.float32)
        np.maximum.at(highest, twin, scores)
        return Found(ids, highest[twin])

    def _pool(self, rows: Rows, scores: _Scores) -> Pool:
        dense = self._keys.best(scores.keys)
        best = self._sentences.best(scores.sentences)
        by_sentence = dense.copy()
        by_sentence[self._sentences.owners] = np.where(best > _ABSENT, best, dense[self._sentences.owners])
        lexical = self._keys.best(scores.lexical)
        return Pool(rows, dense[rows], by_sentence[rows], lexical[rows])

    def _searched(self, vector: Vectors, terms: Sparse, mask: Mask | None, sentences: bool) -> Pool:
        """The pool of a collection whose scores are too many to be fetched."""
        allowed = np.arange(self.passages) if mask is None else np.flatnonzero(mask)
        if len(allowed) > POOL:
            where = _and(self._filters.of(mask), "sentence == false")
            near = self._best(lambda most: self._evened(self._side("vector", vector, most, where)))
            worded = self._best(lambda most: self._side("terms", terms, most, where)) if terms else _NONE
            # as files do: too few with a word of the question are made up by the first others
            others = np.setdiff1d(allowed, worded)[: POOL - len(worded)]
            allowed = np.unique(np.concatenate([near, worded, others]))
        if not len(allowed):
            return Pool(allowed, _EMPTY, _EMPTY, _EMPTY)
        return self._pool(allowed, self._fetched(vector, terms, among("passage", allowed), sentences))

    def _side(self, field: str, asked: Vectors | Sparse, most: int, where: str) -> Found:
        return self._server.search(self.name, field, asked, most, where)

    def _best(self, search: Callable[[int], Found]) -> Rows:
        """The POOL passages with the best keys, of equals the first; looked for among ever more keys."""
        most = 2 * POOL
        while True:
            found = search(most)
            scores = np.full(self.passages, -np.inf, dtype=np.float32)
            owners = self._keys.owners_of(found.ids)
            np.maximum.at(scores, owners, found.scores)
            chosen = np.unique(owners)
            best = chosen[best_of(scores[chosen], POOL)]
            enough = len(best) == POOL and found.scores.min() < scores[best].min() - _NEAR
            if enough or len(found.ids) < most or most >= MOST_ROWS:
                return best
            most = min(2 * most, MOST_ROWS)


_NONE: Rows = np.empty(0, dtype=np.int64)
_EMPTY: Scores = np.empty(0, dtype=np.float32)


def _and(*parts: str) -> str:
    return " and ".join(part for part in parts if part)


def _first_equals(held: Manifest) -> Rows:
    """For each text the first one that is the same: (keys + sentences,)."""
    first: dict[str, int] = {}
    return np.array([first.setdefault(text, at) for at, text in enumerate(held.texts)], dtype=np.int64)
