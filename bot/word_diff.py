"""Which words two texts have each for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from retrieval.normalize import normalize

MIN_ALIKE = 0.4
"""Texts that share less than this are shown side by side without marks: nearly all would be marked."""

Spans = tuple[tuple[int, int], ...]

_WORD = re.compile(r"\S+")
_AROUND = "«»“”\"'.,;:()–—-"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word at ``start:end`` of the text of that index; ``key`` is what is compared."""

    text: int
    start: int
    end: int
    key: str


def changed_words(was: Sequence[str], became: Sequence[str]) -> tuple[tuple[Spans, ...], tuple[Spans, ...]]:
    """The words that only the first texts have, and those that only the second have: a row of spans a text.

    Words are compared without case, look-alike letters and the punctuation around them; neighbours are
    marked as one. None are marked where the two share less than MIN_ALIKE of their words (difflib's ratio).
    """
    old, new = list(_words(was)), list(_words(became))
    matcher = SequenceMatcher(None, [w.key for w in old], [w.key for w in new], autojunk=False)
    gone: list[_Word] = []
    come: list[_Word] = []
    if old and new and matcher.ratio() >= MIN_ALIKE:
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag != "equal":
                gone += old[i:j]
                come += new[k:m]
    return _spans(was, gone), _spans(became, come)


def _words(texts: Sequence[str]) -> Iterator[_Word]:
    for index, text in enumerate(texts):
        for match in _WORD.finditer(text):
            key = normalize(match.group()).strip(_AROUND) or match.group()
            yield _Word(index, match.start(), match.end(), key)


def _spans(texts: Sequence[str], words: Sequence[_Word]) -> tuple[Spans, ...]:
    rows: list[list[tuple[int, int]]] = [[] for _ in texts]
    for word in words:
        row = rows[word.text]
        if row and not texts[word.text][row[-1][1] : word.start].strip():
            row[-1] = (row[-1][0], word.end)
        else:
            row.append((word.start, word.end))
    return tuple(tuple(row) for row in rows)
