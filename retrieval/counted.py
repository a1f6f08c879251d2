"""What a question asks the number of, and whether a text counts that thing.

«Үкіметте неше министр бар?» is not answered by a text with just any number in it, «неше депутат» is by «бір
жүз қырық бес депутаттан тұрады».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from retrieval.normalize import fold
from retrieval.numbers import NumberMention, find_numbers
from retrieval.terms import words_of

_HOW_MANY = frozenset(fold(word) for word in "неше қанша сколько".split())
_ANYTHING = tuple(fold(stem) for stem in "уақыт мерзім рет пайыз үлес времен раз процент".split())
"""Told in many ways: «неше рет» by «жылына бір рет» and by «екі реттен артық емес» alike."""
_PEOPLE = tuple(fold(stem) for stem in "адам мүше депутат судья өкіл".split())

_LABEL = re.compile(r"\d+(?:-\d+)?[).]")  # «4-1) …» and «2. …» number an item of a list and count nothing
_WINDOW = 3  # words after a number that may be what is counted: «екі этномәдени бірлестік»
SAME_BEGINNING = 4
"""Letters by which a thing is known again in another case."""


def thing_asked(words: Sequence[str]) -> str | None:
    """«депутат» of «неше депутат»; :param words: folded words of a question."""
    return next((after for word, after in pairwise(words) if word in _HOW_MANY), None)


def counting_numbers(text: str) -> tuple[NumberMention, ...]:
    """The numbers of a text that count something: no ordinals, and no labels of list items."""
    return tuple(
        number
        for number in find_numbers(text)
        if number.kind != "ordinal" and not _LABEL.match(text, number.start)
    )


def counts(words: Sequence[str], text: str) -> float:
    """1 where the text has a number of the thing asked for, -1 where it has none, 0 where none is asked for.

    :param words: folded words of the question.
    """
    noun = thing_asked(words)
    if noun is None or noun.startswith(_ANYTHING):
        return 0.0
    wanted = _PEOPLE if noun.startswith(_PEOPLE[0]) else (noun[:SAME_BEGINNING],)
    return 1.0 if any(word.startswith(wanted) for word in _counted(text)) else -1.0


@lru_cache(maxsize=512)
def _counted(text: str) -> frozenset[str]:
    """The folded words right after the numbers of a text."""
    found: set[str] = set()
    for number in counting_numbers(text):
        found.update(words_of(text[number.end : number.end + 80])[:_WINDOW])
    return frozenset(found)
