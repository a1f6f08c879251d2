"""The index terms of one version of an index, with how rare each is: what BM25 needs beside the rows.

A row keeps only the half of BM25 that it knows by itself, tf / (tf + k1 (1 - b + b dl / avgdl)) with the
average length of its version; the other half, idf, is multiplied into the question. So a sparse inner
product is the BM25 score, whatever segments a server splits its rows into.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from retrieval.lexical_index import LexicalIndex

Sparse = dict[int, float]
"""Dimension -> weight, above 0."""

UNUSED = 0
"""A dimension that no question asks for: a row without terms still needs one."""


class PinnedLexicon:
    """Terms are numbered from 1 on in the order given."""

    def __init__(self, terms: Sequence[str], frequencies: npt.NDArray[np.int32], rows: int) -> None:
        """:param frequencies: in how many of the ``rows`` each term stands, 1 and up."""
        self._numbers = {term: number for number, term in enumerate(terms, start=1)}
        self.frequencies = frequencies
        self.rows = rows
        self._idf = np.log(1 + (rows - frequencies + 0.5) / (frequencies + 0.5))
        self._rarities = (1.0 - np.log(frequencies) / np.log(max(2, rows))).tolist()

    @classmethod
    def of(cls, lexical: LexicalIndex) -> PinnedLexicon:
        """The terms of an index in files."""
        terms = lexical.terms()
        return cls(
            terms,
            np.array([lexical.document_frequency(term) for term in terms], dtype=np.int32),
            len(lexical),
        )

    def __contains__(self, term: str) -> bool:
        return term in self._numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def terms(self) -> tuple[str, ...]:
        """Every term, by number."""
        return tuple(self._numbers)

    def rarity(self, term: str) -> float:
        """See ``engine.Lexicon``."""
        number = self._numbers.get(term)
        return 1.0 if number is None else self._rarities[number - 1]

    def number(self, term: str) -> int | None:
        """The dimension of a term; None for an unknown one."""
        return self._numbers.get(term)

    def question(self, weighted_terms: Mapping[str, float]) -> Sparse:
        """The question's side of BM25: idf times weight, of the terms that are known."""
        known = ((self._numbers.get(term), weight) for term, weight in weighted_terms.items())
        return {number: float(self._idf[number - 1]) * weight for number, weight in known if number}

    def row_weights(self, lexical: LexicalIndex) -> list[Sparse]:
        """The rows' side of BM25, of the index that this lexicon was taken from."""
        rows: list[Sparse] = [{} for _ in range(self.rows)]
        for term, number in self._numbers.items():
            held, gains = lexical.postings(term)
            shares = gains / self._idf[number - 1]
            for row, share in zip(held.tolist(), shares.tolist(), strict=True):
                rows[row][number] = share
        return rows


class HeldNumbers:
    """The terms of a few rows, known by their numbers."""

    def __init__(self, lexicon: PinnedLexicon, numbers: frozenset[int]) -> None:
        self._lexicon = lexicon
        self._numbers = numbers

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self._lexicon.number(term) in self._numbers
