"""BM25 over index terms, by bm25s (Robertson & Zaragoza 2009; Lù 2024)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from retrieval import kernels
from retrieval.errors import IndexUnusable
from retrieval.term_counts import TermCounts, counted

K1 = 0.9
B = 0.75
Scores = npt.NDArray[np.float32]


class LexicalIndex:
    """BM25 scores of every row for a bag of weighted terms; terms come ready from ``terms.py``."""

    def __init__(self, engine: bm25s.BM25, count: int) -> None:
        self._engine = engine
        self._count = count
        # bm25s adds "" to its vocabulary, a term without a column
        self._numbers: Mapping[str, int] = {term: at for term, at in engine.vocab_dict.items() if term}
        # bm25s scores at indexing time; columns are terms, rows ascend within each
        self._starts: npt.NDArray[np.int64] = np.asarray(engine.scores["indptr"], dtype=np.int64)
        self._rows: npt.NDArray[np.int32] = np.asarray(engine.scores["indices"], dtype=np.int32)
        self._values: Scores = np.asarray(engine.scores["data"], dtype=np.float32)
        found = np.maximum(1, np.diff(self._starts))
        self._rarities: list[float] = (1.0 - np.log(found) / np.log(max(2, count))).tolist()

    @classmethod
    def from_terms(
        cls,
        rows: Iterable[Sequence[str]],
        lengths: Sequence[float] | None = None,
        *,
        k1: float = K1,
        b: float = B,
    ) -> LexicalIndex:
        """:param rows: the terms of each row, with repetitions.

        :param lengths: what each row counts for, at least its number of terms; by default just that.
        """
        return cls.from_counts(counted(rows), lengths, k1=k1, b=b)

    @classmethod
    def from_counts(
        cls, counts: TermCounts, lengths: Sequence[float] | None = None, *, k1: float = K1, b: float = B
    ) -> LexicalIndex:
        """See ``from_terms``."""
        return cls(*_engine_of(counts, lengths, k1, b))

    @classmethod
    def load(cls, folder: Path, count: int) -> LexicalIndex:
        """The postings stay in their files, mapped into memory.

        :raises IndexUnusable: files are absent or damaged, or hold another number of rows.
        """
        try:
            engine = bm25s.BM25.load(str(folder), load_corpus=False, mmap=True)
            if engine.scores["num_docs"] != count:
                raise IndexUnusable(f"{folder.name} holds {engine.scores['num_docs']} rows, wanted {count}")
            return cls(engine, count)
        except (OSError, ValueError, KeyError, EOFError) as exc:
            raise IndexUnusable(f"{folder.name} is not a readable BM25 index") from exc

    def save(self, folder: Path) -> None:
        self._engine.save(str(folder), show_progress=False)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, term: str) -> bool:
        return term in self._numbers

    def terms(self) -> tuple[str, ...]:
        """Every term that stands in some row."""
        return tuple(self._numbers)

    def scores(self, weighted_terms: Mapping[str, float]) -> Scores:
        """(n,) float32, 0 where no term stands; a term's contribution is multiplied by its weight."""
        numbers, weights = [], []
        for term, weight in weighted_terms.items():
            number = self._numbers.get(term)
            if number is not None:
                numbers.append(number)
                weights.append(weight)
        found: Scores = kernels.weighted_columns(
            self._starts,
            self._rows,
            self._values,
            np.array(numbers, dtype=np.int64),
            np.array(weights, dtype=np.float64),
            self._count,
        )
        return found

    def postings(self, term: str) -> tuple[npt.NDArray[np.int32], Scores]:
        """The rows that hold a known term, ascending, and what it gives each of them at weight 1."""
        number = self._numbers[term]
        column = slice(self._starts[number], self._starts[number + 1])
        return self._rows[column], self._values[column]

    def document_frequency(self, term: str) -> int:
        """In how many rows the term stands; 0 for an unknown one."""
        number = self._numbers.get(term)
        return 0 if number is None else int(self._starts[number + 1] - self._starts[number])

    def rarity(self, term: str) -> float:
        """Inverse document frequency scaled to 0..1: 1 for a term that stands in one row or in none."""
        number = self._numbers.get(term)
        return 1.0 if number is None else self._rarities[number]

    def held(self, first: int, last: int) -> HeldTerms:
        """What stands in the rows ``first`` to ``last``, the last one included."""
        return HeldTerms(self._numbers, self._starts, self._rows, first, last)


def _engine_of(
    counts: TermCounts, lengths: Sequence[float] | None, k1: float, b: float
) -> tuple[bm25s.BM25, int]:
    """The scores of every term in every row, in bm25s' own form: its "lucene" variant."""
    rows = len(counts.starts) - 1
    own = counts.row_totals() if lengths is None else np.round(np.asarray(lengths, dtype=np.float64))
    found = counts.rows_of_terms()
    rarity = np.log(1 + (rows - found + 0.5) / (found + 0.5))
    norms = k1 * (1 - b + b * own / max(own.mean(), 1e-9)) if rows else own
    spans = np.diff(counts.starts)
    values = rarity.astype(np.float32)[counts.terms] * counts.times.astype(np.float32)
    values /= counts.times + np.repeat(norms.astype(np.float32), spans)
    starts = np.concatenate([[0], np.cumsum(found)]).astype(np.int64)
    owners, scores = kernels.by_columns(counts.starts, counts.terms, values.astype(np.float32), starts)
    engine = bm25s.BM25(k1=k1, b=b, method="lucene")
    engine.scores = {
        "data": scores,
        "indices": owners,
        "indptr": starts,
        "num_docs": rows,
    }
    engine.nonoccurrence_array = None
    engine.vocab_dict = counts.numbers
    return engine, rows


class HeldTerms:
    """The terms of a few neighbouring rows, looked up and not listed."""

    def __init__(
        self,
        numbers: Mapping[str, int],
        starts: npt.NDArray[np.int64],
        rows: npt.NDArray[np.int32],
        first: int,
        last: int,
    ) -> None:
        self._numbers = numbers
        self._starts = starts
        self._rows = rows
        self._first = first
        self._last = last

    def __contains__(self, term: object) -> bool:
        number = self._numbers.get(term) if isinstance(term, str) else None
        if number is None:
            return False
        found = kernels.holds(
            self._rows, self._starts[number], self._starts[number + 1], self._first, self._last
        )
        return bool(found)
