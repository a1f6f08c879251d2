"""BM25 over index terms, by bm25s (Robertson & Zaragoza 2009; Lù 2024)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from retrieval.errors import IndexUnusable

K1 = 1.2
B = 0.75

Scores = npt.NDArray[np.float32]


class LexicalIndex:
    """BM25 scores of every row for a bag of weighted terms; terms come ready from ``terms.py``."""

    def __init__(self, engine: bm25s.BM25, count: int) -> None:
        self._engine = engine
        self._count = count

    @classmethod
    def from_terms(cls, rows: Sequence[Sequence[str]]) -> LexicalIndex:
        """:param rows: the terms of each row, with repetitions."""
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        # a row without terms would leave an empty vocabulary to bm25s; a term nobody asks for does no harm
        engine.index([list(row) or ["\0"] for row in rows], show_progress=False, leave_progress=False)
        return cls(engine, len(rows))

    @classmethod
    def load(cls, folder: Path, count: int) -> LexicalIndex:
        """:raises IndexUnusable: files are absent or damaged."""
        try:
            engine = bm25s.BM25.load(str(folder), load_corpus=False)
        except (OSError, ValueError, KeyError, EOFError) as exc:
            raise IndexUnusable(f"{folder.name} is not a readable BM25 index") from exc
        return cls(engine, count)

    def save(self, folder: Path) -> None:
        self._engine.save(str(folder), show_progress=False)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, term: str) -> bool:
        return term in self._engine.vocab_dict

    def scores(self, weighted_terms: Mapping[str, float]) -> Scores:
        """(n,) float32, 0 where no term stands; a term's contribution is multiplied by its weight."""
        total = np.zeros(self._count, dtype=np.float32)
        by_weight: dict[float, list[str]] = {}
        for term, weight in weighted_terms.items():
            if term in self._engine.vocab_dict:
                by_weight.setdefault(weight, []).append(term)
        for weight, terms in by_weight.items():
            total += weight * self._engine.get_scores(terms)
        return total

    def document_frequency(self, term: str) -> int:
        """In how many rows the term stands; 0 for an unknown one."""
        number = self._engine.vocab_dict.get(term)
        if number is None:
            return 0
        starts = self._engine.scores["indptr"]
        return int(starts[number + 1] - starts[number])

    def rarity(self, term: str) -> float:
        """Inverse document frequency scaled to 0..1: 1 for a term that stands in one row or in none."""
        found = max(1, self.document_frequency(term))
        return float(1.0 - np.log(found) / np.log(max(2, self._count)))
