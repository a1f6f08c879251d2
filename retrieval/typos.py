"""Misspelt words of a question to words that do stand in the texts.

Only for a word whose beginning and stem no text has. Letter groups already find much of a misspelt word; the
nearest stem adds the rest, at a discount, since a near word may also be another word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.stems import stem

MIN_LETTERS = 5
"""A shorter word has too many neighbours."""
MAX_WORDS = 3
"""Words of one question that are looked up; the rest of a hopeless question is not worth the time."""
CUTOFF = 0.7
SHARE = 0.6

_LENGTHS = 2  # a stem whose length differs by more cannot be near enough


class Typos:
    """Stems by first letter: a typo seldom hits that one, and it keeps the search short."""

    def __init__(self, stems: Iterable[str]) -> None:
        """:param stems: stems that stand in the texts, folded."""
        self._known: dict[tuple[str, int], list[str]] = defaultdict(list)
        for known in sorted(stems):
            if len(known) >= MIN_LETTERS - 1 and not known.isdigit():
                self._known[known[0], len(known)].append(known)

    def near(self, word: str) -> str | None:
        """The stem nearest to a folded word that no text has; None where none is near enough.

        Nearness is optimal string alignment (a swap of neighbours is one error), 1 for equal; ties go to the
        first in the alphabet.
        """
        wanted = stem(word)
        if len(wanted) < MIN_LETTERS - 1 or wanted.isdigit():
            return None
        best: tuple[float, str] | None = None
        for length in range(len(wanted) - _LENGTHS, len(wanted) + _LENGTHS + 1):
            candidates = self._known.get((wanted[0], length))
            if not candidates:
                continue
            found = process.extractOne(
                wanted, candidates, scorer=OSA.normalized_similarity, score_cutoff=CUTOFF
            )
            if found is not None and (best is None or (-found[1], found[0]) < (-best[0], best[1])):
                best = (found[1], found[0])
        return best[1] if best else None
