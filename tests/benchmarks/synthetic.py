"""Passages that nobody wrote, in any number: vectors that crowd as e5's do, words that follow one another.

The vectors of a collection's sentences scatter about their passage, the passages about the middle: both
covariances are measured on a real collection, and as many passages as are wanted are drawn from them. A
question lies as far from its passage as the real questions lie from theirs. Every draw has a seed: the same
everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from numba import njit

from retrieval.centring import unit
from retrieval.embedder import Vectors
from retrieval.term_counts import TermCounts

CLUSTER = 20
"""Synthetic passages of one cluster, as points of one article are."""
_BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class Scatter:
    """Of centred vectors: ``(dim, dim)`` factors; a standard normal row times one is a draw.

    A vector is a draw of ``between`` and one of ``within``; a question ``share`` of the vector that answers
    it and a draw of ``asked``.
    """

    between: Vectors
    within: Vectors
    asked: Vectors
    share: float

    @classmethod
    def measured(cls, vectors: Vectors, owners: Sequence[int], questions: Vectors) -> Scatter:
        """:param vectors: of sentences, centred; :param owners: the passage of each, ascending.

        :param questions: centred; the sentence that answers is taken to be the nearest one.
        """
        moved = vectors - vectors.mean(axis=0)
        _, group = np.unique(np.array(owners), return_inverse=True)
        sums = np.zeros((group.max() + 1, vectors.shape[1]))
        np.add.at(sums, group, moved)
        middle = (sums / np.bincount(group)[:, None]).astype(np.float32)
        nearest = vectors[(questions @ vectors.T).argmax(axis=1)]
        share = float((questions * nearest).sum(axis=1).mean())
        return cls(
            _factor(middle), _factor(moved - middle[group]), _factor(questions - share * nearest), share
        )

    def passages(self, count: int, seed: int = 0) -> Vectors:
        """(count, dim) float32 unit vectors; neighbouring rows are of one cluster."""
        chance = np.random.default_rng(seed)
        dim = len(self.between)
        clusters = -(-count // CLUSTER)
        centres = chance.standard_normal((clusters, dim), dtype=np.float32) @ self.between
        made = np.empty((count, dim), dtype=np.float32)
        for start in range(0, count, _BLOCK):
            rows = np.arange(start, min(start + _BLOCK, count))
            around = chance.standard_normal((len(rows), dim), dtype=np.float32) @ self.within
            made[rows] = unit(centres[rows // CLUSTER] + around)
        return made

    def questions(self, passages: Vectors, count: int, seed: int = 1) -> Vectors:
        """(count, dim) float32 unit vectors, each about a passage that is drawn."""
        chance = np.random.default_rng(seed)
        about = passages[np.sort(chance.choice(len(passages), size=count, replace=False))]
        away = chance.standard_normal((count, len(self.asked)), dtype=np.float32) @ self.asked
        return unit(self.share * about + away)


def _factor(rows: npt.NDArray[np.float32]) -> Vectors:
    """The square root of the rows' covariance."""
    values, vectors = np.linalg.eigh(np.cov(rows.T.astype(np.float64)))
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))).T, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Babble:
    """Words that follow each other as they do in real texts: of each word the words seen behind it.

    Those of word ``w`` are ``after[starts[w]:starts[w + 1]]``; of the last word of a text, how texts begin.
    """

    words: tuple[str, ...]
    first: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    after: npt.NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Babble:
        numbers: dict[str, int] = {}
        told = [[numbers.setdefault(word, len(numbers)) for word in text.split()] for text in texts]
        followers: list[list[int]] = [[] for _ in numbers]
        for text in told:
            for word, after in pairwise(text):
                followers[word].append(after)
        first = [text[0] for text in told]
        lists = [after or first for after in followers]
        starts = np.concatenate([[0], np.cumsum([len(after) for after in lists])])
        return cls(tuple(numbers), np.array(first), starts, np.concatenate(lists).astype(np.int64))

    def drawn(self, count: int, length: int, seed: int = 0) -> npt.NDArray[np.int64]:
        """(count, length) numbers of words: ``count`` texts."""
        chance = np.random.default_rng(seed)
        said = np.empty((count, length), dtype=np.int64)
        said[:, 0] = chance.choice(self.first, count)
        sizes = np.diff(self.starts)
        for at in range(1, length):
            before = said[:, at - 1]
            said[:, at] = self.after[
                self.starts[before] + (chance.random(count) * sizes[before]).astype(np.int64)
            ]
        return said


def term_counts(said: npt.NDArray[np.int64], terms_of_word: Sequence[Sequence[str]]) -> TermCounts:
    """What ``retrieval.term_counts.counted`` gives for the terms of these texts, word by word."""
    numbers: dict[str, int] = {}
    lists = [[numbers.setdefault(term, len(numbers)) for term in terms] for terms in terms_of_word]
    starts = np.concatenate([[0], np.cumsum([len(terms) for terms in lists])]).astype(np.int64)
    flat = np.array([number for terms in lists for number in terms], dtype=np.int32)
    return TermCounts(numbers, *_counted(said, starts, flat, len(numbers)))


@njit(cache=True)
def _counted(said, starts, flat, terms):  # type: ignore[no-untyped-def]
    rows = len(said)
    room = 0
    for row in range(rows):
        for word in said[row]:
            room += starts[word + 1] - starts[word]
    row_starts = np.zeros(rows + 1, np.int64)
    found = np.empty(room, np.int32)
    times = np.empty(room, np.int32)
    place = np.full(terms, -1, np.int64)  # where the term stands in the present row
    end = 0
    for row in range(rows):
        begin = end
        for word in said[row]:
            for term in flat[starts[word] : starts[word + 1]]:
                if place[term] < begin:
                    place[term] = end
                    found[end] = term
                    times[end] = 0
                    end += 1
                times[place[term]] += 1
        row_starts[row + 1] = end
    return row_starts, found[:end].copy(), times[:end].copy()
