"""What a search asks of an index, whichever engine holds it: FAISS and bm25s in files, or a Milvus server.

An engine only measures: which passages are near a question and by how much. Fusion, feedback and the order
of ties are the searcher's, so that every engine gives the same ranking. Passages go by their row, 0 and up
in document order.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.centring import Centring
from retrieval.embedder import Vectors
from retrieval.fusion import Mask, Rows, Scores


@dataclass(frozen=True, slots=True)
class Query:
    """``vector``: (dim,) as ``Centring.queries`` gives it; ``terms``: index terms with weights."""

    vector: Vectors
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one question among some passages, (n,) each, ``rows`` ascending.

    ``dense``: cosine with the nearest key; ``sentences``: cosine with the nearest sentence, or ``dense``
    where a passage has none; ``lexical``: BM25 of the best key.
    """

    rows: Rows
    dense: Scores
    sentences: Scores
    lexical: Scores


@dataclass(frozen=True, slots=True)
class Traits:
    """What a passage's text holds, (passages,) bool each; an answer to қашан or неше is worth having."""

    dates: npt.NDArray[np.bool_]
    numbers: npt.NDArray[np.bool_]


class Lexicon(Protocol):
    """The index terms of a collection, fixed for one version of the index."""

    def __contains__(self, term: str, /) -> bool: ...

    def terms(self) -> tuple[str, ...]:
        """Every term that stands in some row."""
        ...

    def rarity(self, term: str) -> float:
        """Inverse document frequency scaled to 0..1: 1 for a term that stands in one row or in none."""
        ...


class Engine(Protocol):
    """Safe to call from several threads; :raises IndexUnreachable: where it is a server that is away."""

    @property
    def passages(self) -> int: ...

    @property
    def lexical(self) -> Lexicon: ...

    @property
    def centring(self) -> Centring: ...

    @property
    def traits(self) -> Traits: ...

    def pools(
        self, query: Query, masks: Sequence[Mask | None], *, sentences: bool = True
    ) -> tuple[Pool, ...]:
        """The candidates of one question in each of some sets of passages.

        Those are the passages of ``fusion.candidates``: the POOL best by ``dense`` and by ``lexical``.

        :param masks: (passages,) bool each, None for all passages.
        :param sentences: False: ``Pool.sentences`` are the dense scores.
        """
        ...

    def alike(self, query: Query, pool: Pool, best: Rows, shares: Sequence[float]) -> tuple[Scores, Scores]:
        """How like the best passages the others are, by vectors and by words: (pool,) each.

        :param best: positions into the pool; what stands for a passage is its key nearest to the question.
        :param shares: what each of them counts for, adding up to 1.
        """
        ...

    def held(self, passage: int) -> Container[str]:
        """The index terms of a passage, all its keys together."""
        ...
