"""Vectors of one model crowd into a narrow cone; this opens it.

E5 vectors of any two texts have a cosine of 0.7 and more, and questions lie apart from passages for the
prompt's sake alone. Subtracting each side's own mean, and the passages' first principal direction ("all
but the top", Mu & Viswanath 2018), leaves what tells the texts apart. The mean of the questions cannot be
known beforehand; it is estimated from questions made of the collection's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.embedder import Vectors

PROBES = 240
_PATTERNS = (
    "{} деген не?",
    "{} қандай?",
    "{} кім?",
    "{} қашан болды?",
    "{} туралы не айтылған?",
    "{} қанша?",
)
_WORDS = 7


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1; a zero row stays zero."""
    norms = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]
    scaled: Vectors = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return scaled


def probe_questions(texts: Sequence[tuple[str, str]], count: int = PROBES) -> list[str]:
    """Questions of the collection's own words: from (title, text) pairs, evenly spread, always the same."""
    if not texts:
        return []
    probes = []
    for number in range(count):
        title, text = texts[number * len(texts) // count]
        words = text.split()
        start = (number * 5) % max(1, len(words) - _WORDS)
        about = title if title and number % 2 else " ".join(words[start : start + _WORDS])
        probes.append(_PATTERNS[number % len(_PATTERNS)].format(about.strip(" .,;:")))
    return probes


@dataclass(frozen=True, slots=True)
class Centring:
    """What is taken off each side: two (dim,) means and one (dim,) unit direction, float32."""

    passage_mean: Vectors
    query_mean: Vectors
    direction: Vectors

    @classmethod
    def fit(cls, passages: Vectors, probes: Vectors) -> Centring:
        """:param passages: (n, dim); :param probes: (m, dim) vectors of questions, m may be 0."""
        dim = passages.shape[1]
        if len(passages) < 3 or not len(probes):
            # too few to have a mean worth the name
            zero = np.zeros(dim, dtype=np.float32)
            return cls(zero, zero, zero)
        mean = passages.mean(axis=0)
        spread = passages - mean
        # the eigenvector of the (dim, dim) covariance: the same at any n, without an (n, n) matrix
        _, vectors = np.linalg.eigh(spread.T @ spread)
        return cls(
            mean.astype(np.float32), probes.mean(axis=0).astype(np.float32), vectors[:, -1].astype(np.float32)
        )

    def passages(self, vectors: Vectors) -> Vectors:
        """(n, dim) unit vectors of passages as they are indexed."""
        return self._open(vectors, self.passage_mean)

    def queries(self, vectors: Vectors) -> Vectors:
        """(n, dim) unit vectors of questions as they are searched."""
        return self._open(vectors, self.query_mean)

    def _open(self, vectors: Vectors, mean: Vectors) -> Vectors:
        moved = vectors - mean
        return unit((moved - (moved @ self.direction)[:, None] * self.direction).astype(np.float32))
