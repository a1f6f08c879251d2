"""How often which term stands in which row, as arrays: a million rows of two hundred terms fit."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Row ``r`` holds ``terms[starts[r]:starts[r + 1]]``, each once, ``times`` as often."""

    numbers: dict[str, int]
    starts: npt.NDArray[np.int64]
    terms: npt.NDArray[np.int32]
    times: npt.NDArray[np.int32]

    def rows_of_terms(self) -> npt.NDArray[np.int64]:
        """In how many rows each term stands."""
        return np.bincount(self.terms, minlength=len(self.numbers))

    def row_totals(self) -> npt.NDArray[np.float64]:
        """How many terms each row has, repetitions counted."""
        totals = np.concatenate([[0], np.cumsum(self.times, dtype=np.int64)])
        return np.diff(totals[self.starts]).astype(np.float64)


def counted(rows: Iterable[Sequence[str]]) -> TermCounts:
    """Terms get their numbers in the order in which they come."""
    numbers: dict[str, int] = {}
    terms, times, starts = array("i"), array("i"), array("q", [0])
    for row in rows:
        bag = Counter(row)
        terms.extend([numbers.setdefault(term, len(numbers)) for term in bag])
        times.extend(bag.values())
        starts.append(len(terms))
    return TermCounts(
        numbers,
        np.frombuffer(starts, dtype=np.int64),
        np.frombuffer(terms, dtype=np.int32) if terms else np.zeros(0, dtype=np.int32),
        np.frombuffer(times, dtype=np.int32) if times else np.zeros(0, dtype=np.int32),
    )
