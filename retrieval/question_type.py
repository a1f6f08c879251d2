"""What kind of answer a question wants: a day, a number, a person, a place, a list, yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from retrieval.normalize import fold


class QuestionType(StrEnum):
    WHEN = "when"
    HOW_MANY = "how many"
    HOW_OFTEN = "how often"
    WHO = "who"
    WHERE = "where"
    LIST = "list"
    YES_NO = "yes or no"
    WHAT = "what"


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


_WHEN = _folded("қашан қашаннан қашанға когда when")
_HOW_MANY = _folded("неше қанша нешеуі қаншасы нешінші сколько")
_WHO = _folded("кім кімдер кімді кімге кімнің кіммен кімнен кто кем кого кому who whom")
_WHERE = _folded("қайда қайдан где where")
_PLACE_NOUNS = _folded("жерде қалада қала жер")
_LIST_NOUNS = tuple(
    fold(stem)
    for stem in (
        "міндеттер негіздер құқықтар өкілеттікт өкілеттігі құзырет бағыттар принциптер қағидат "
        "функция талаптар түрлер  "
        "рәміздер жағдайлар тізім ата тізб шарттар кімдер құрылым"
    ).split()
)
_WHICH = _folded("қандай қай нелер кімдер какие какой какова қандайлар which what")
_YES_NO = _folded("ма ме ба бе па пе")
_TIMES = _folded("рет сайын уақытта")
_DAY_NOUNS = _folded("күні күн жылы жыл айда уақыт")


def question_type(words: Sequence[str]) -> QuestionType:
    """The type by the asking words among the folded words of a question; WHAT where none is found."""
    asked = set(words)
    how_many = bool(asked & _HOW_MANY)
    if how_many and asked & _TIMES:
        return QuestionType.HOW_OFTEN
    if asked & _WHEN or (_has_pair(words, _WHICH, _DAY_NOUNS)):
        return QuestionType.WHEN
    if how_many:
        return QuestionType.HOW_MANY
    if asked & _WHERE or _has_pair(words, _WHICH, _PLACE_NOUNS):
        return QuestionType.WHERE
    if asked & _WHO:
        return QuestionType.WHO
    if asked & _WHICH and any(word.startswith(_LIST_NOUNS) for word in words):
        return QuestionType.LIST
    if words and words[-1] in _YES_NO:
        return QuestionType.YES_NO
    return QuestionType.WHAT


def _has_pair(words: Sequence[str], first: frozenset[str], second: frozenset[str]) -> bool:
    return any(a in first and b in second for a, b in pairwise(words))
