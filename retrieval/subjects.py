"""Which body a question is about, and which passages speak of another one.

The Assembly and the Council that came after it have sessions, chairmen, members and secretariats alike, and
the Constitution has neither: the words of a question that names its body fit all three nearly as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from retrieval.entries import Entry
from retrieval.normalize import fold
from retrieval.terms import words_of

ASSEMBLY = "assembly"
COUNCIL = "council"

_ASSEMBLY_STEMS = tuple(fold(stem) for stem in ("ассамбле", "этномәдени", "assembl"))
_COUNCIL_PAIRS = tuple(
    (fold(first), fold(second))
    for first, second in (
        ("халық", "кеңес"),
        ("халықтық", "кеңес"),
        ("народн", "совет"),
        ("people", "council"),
    )
)
_COUNCIL_STEMS = tuple(fold(stem) for stem in ("төралқа", "қхк"))

OTHER_BODY = -2.5
NO_BODY_NAMED = -1.2
"""In standard deviations of the fused score."""


def subjects_of(words: Sequence[str]) -> frozenset[str]:
    """The bodies that the folded words name."""
    found = set()
    if any(word.startswith(_ASSEMBLY_STEMS) for word in words):
        found.add(ASSEMBLY)
    pairs = pairwise(words)
    if any(word.startswith(_COUNCIL_STEMS) for word in words) or any(
        one.startswith(first) and two.startswith(second)
        for one, two in pairs
        for first, second in _COUNCIL_PAIRS
    ):
        found.add(COUNCIL)
    return frozenset(found)


class SubjectPrior:
    """What the subject of a question takes off each passage's score."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        subjects = [subjects_of(words_of(entry.keys[0])) for entry in entries]
        self._speaks = {name: np.array([name in found for found in subjects]) for name in (ASSEMBLY, COUNCIL)}
        self._any = np.array([bool(found) for found in subjects])

    def of(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """(passages,) float32, 0 or below, to be added to the fused scores."""
        named = subjects_of(words)
        if not named:
            return np.where(self._any, NO_BODY_NAMED, 0.0).astype(np.float32)
        fits = np.logical_or.reduce([self._speaks[name] for name in named])
        return np.where(fits, 0.0, OTHER_BODY).astype(np.float32)
