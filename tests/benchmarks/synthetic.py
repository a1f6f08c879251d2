"""Passages that nobody wrote, in any number: vectors that crowd as e5's do, words that follow one another.

The vectors of a collection's sentences scatter about their passage, the passages about the middle: both
covariances are measured on a real collection, and as many passages as are wanted are drawn from them. A
question lies as far from its passage as the real questions lie from theirs. Every draw has a seed: the same
everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np
import numpy.typing as npt

from retrieval.centring import unit
from retrieval.embedder import Vectors

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
    """Words that follow each other as they do in real texts; what follows a word is one of ``followers``."""

    first: tuple[str, ...]
    followers: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Babble:
        followers: dict[str, list[str]] = {}
        first = []
        for text in texts:
            words = text.split()
            first += words[:1]
            for word, after in pairwise(words):
                followers.setdefault(word, []).append(after)
        return cls(tuple(first), {word: tuple(after) for word, after in followers.items()})

    def texts(self, count: int, words: int, seed: int = 0) -> Iterator[str]:
        """``count`` texts of so many words each."""
        chance = Random(seed)
        for _ in range(count):
            said = [chance.choice(self.first)]
            while len(said) < words:
                said.append(chance.choice(self.followers.get(said[-1], self.first)))
            yield " ".join(said)
