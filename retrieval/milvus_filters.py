"""Sets of passages as Milvus filters: whole documents by name, the rest by their numbers.

Which passages may answer for a day is for the timeline to say (``bot.eligibility``); an article has one
text for each day, so the set is not a range of days that a server could find by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.fusion import Mask, Rows


class Filters:
    """Makes filters for one version of an index."""

    def __init__(self, documents: Sequence[str]) -> None:
        """:param documents: of each passage."""
        self._names, self._document = np.unique(np.array(documents, dtype=np.str_), return_inverse=True)
        self._sizes = np.bincount(self._document, minlength=len(self._names))

    def of(self, mask: Mask | None) -> str:
        """:param mask: (passages,) bool; None for every passage."""
        if mask is None or mask.all():
            return "passage >= 0"
        whole = np.bincount(self._document[mask], minlength=len(self._names)) == self._sizes
        rest = np.flatnonzero(mask & ~whole[self._document])
        parts = []
        if whole.any():
            names = ", ".join(_quoted(str(name)) for name in self._names[whole])
            parts.append(f"document in [{names}]")
        if len(rest) or not parts:
            parts.append(among("passage", rest))
        return "(" + " or ".join(parts) + ")"


def among(field: str, numbers: Rows) -> str:
    """A filter for a field that is one of some ascending numbers, 0 and up; neighbours as ranges."""
    if not len(numbers):
        return f"{field} < -1"
    edges = np.flatnonzero(np.diff(numbers) != 1)
    firsts = numbers[np.concatenate([[0], edges + 1])].tolist()
    lasts = numbers[np.concatenate([edges, [len(numbers) - 1]])].tolist()
    runs = list(zip(firsts, lasts, strict=True))
    parts = [f"({field} >= {first} and {field} <= {last})" for first, last in runs if first < last]
    alone = [first for first, last in runs if first == last]
    if alone:
        parts.append(f"{field} in {alone}")
    return "(" + " or ".join(parts) + ")"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
