"""Text to index terms: letter n-grams, beginnings and stems of folded words, numbers and dates.

Kazakh strings suffixes on its words, so a word is known by its beginning, by what is left when the suffixes
are cut off, and by the letter groups inside it: spelling noise breaks only some of them. The first sign of a
term tells its kind: ``^`` beginning, ``$`` stem, ``#`` figures, ``d:`` and the like a date or number as
``numbers.py`` writes them; all others are letter groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from retrieval.normalize import fold, normalize
from retrieval.numbers import date_terms
from retrieval.stems import stem

ANALYZER = "grams4+prefix5+stems+figures+dates/2"
"""Changes whenever the terms of a text would: an index made with another one is rebuilt."""

_WORD = re.compile(r"[^\W_]+")
_GRAM = 4
_PREFIX = 5
PREFIX_WEIGHT = 2.0
STEM_WEIGHT = 2.0
NUMBER_WEIGHT = 5.0
DATE_WEIGHT = 2.0

# Words that ask rather than name; they may stand in any passage and say little about it.
ASKING_WEIGHT = 0.5
_ASKING = frozenset(
    fold(word)
    for word in (
        "қандай қай кім кімдер қалай қайда қанша неше қашан не нені неден неге немене кімнің кімге "
        "кімді кіммен қайсысы  "
        "дегеніміз деген деп болып болды болған болады ма ме ба бе па пе және туралы үшін қайдан бұл "
        "ол осы сол еді екен  "
        "маған айтыңызшы айтшы білгім келеді керек бола ала"
    ).split()
)


def words_of(text: str) -> list[str]:
    """Folded words in order."""
    return folded_words(normalize(text))


def folded_words(normalized: str) -> list[str]:
    """Folded words, in order, of a text that is normalized already."""
    return _WORD.findall(fold(normalized))


def terms_of(words: Iterable[str]) -> list[str]:
    """Beginnings, letter groups and figures of folded words, with repetitions."""
    return [term for word in words for term in _spelled(word)]


@lru_cache(maxsize=1 << 15)
def _spelled(word: str) -> tuple[str, ...]:
    padded = f"_{word}_"
    groups = [padded[i : i + _GRAM] for i in range(max(1, len(padded) - _GRAM + 1))]
    return (beginning_of(word), *groups, *(("#" + word,) if word.isdigit() else ()))


@lru_cache(maxsize=1 << 15)
def groups_of(word: str) -> tuple[str, ...]:
    """The letter groups of a folded word."""
    return tuple(term for term in _spelled(word) if term[0] not in "^#")


def beginning_of(word: str) -> str:
    """The term of a folded word's beginning."""
    return "^" + word[:_PREFIX]


def stem_terms(words: Iterable[str]) -> list[str]:
    """The stem of each folded word."""
    return ["$" + stem(word) for word in words]


def index_terms(text: str) -> list[str]:
    """Every term of a text to be found."""
    words = words_of(text)
    return [*terms_of(words), *stem_terms(words), *date_terms(text)]


def query_terms(words: Iterable[str], *, share: float = 1.0, stems: bool = False) -> dict[str, float]:
    """Terms of a question's folded words with their weights; repetitions add up.

    ``share`` scales all of them: below 1 for words that were added to the question. A search in the index
    does better with ``stems`` than with beginnings, which compare two texts more cheaply.
    """
    weights: dict[str, float] = {}
    known = weights.get
    for word in words:
        for term, weight in _weighed(word, stems):
            weights[term] = known(term, 0.0) + share * weight
    return weights


@lru_cache(maxsize=1 << 15)
def _weighed(word: str, stems: bool) -> tuple[tuple[str, float], ...]:
    factor = ASKING_WEIGHT if word in _ASKING else 1.0
    beginning, *others = _spelled(word)
    first = ("$" + stem(word), factor * STEM_WEIGHT) if stems else (beginning, factor * PREFIX_WEIGHT)
    return first, *((term, factor * (NUMBER_WEIGHT if term[0] == "#" else 1.0)) for term in others)


def merged(*bags: Mapping[str, float]) -> dict[str, float]:
    """Bags of weighted terms into one; a term keeps its greatest weight."""
    out: dict[str, float] = {}
    for bag in bags:
        for term, weight in bag.items():
            if weight > out.get(term, 0.0):
                out[term] = weight
    return out


def is_asking(word: str) -> bool:
    """Whether a folded word only asks."""
    return word in _ASKING


# Words of everyday talk and of grammar that name nothing in a law, besides those that ask.
_NAMELESS = frozenset(
    fold(word)
    for word in (
        "бар жоқ болып есептеледі есептелді саналады табылады болу болса болар еді қазір қазіргі "
        "бүгін енді онда содан сонда  бойынша кезде кезінде уақытта жылы жылға жылғы мерзімге рет "
        "уақытқа күні айтқан айтты айтылған жазылған делінген көрсетілген мен пен бен  да де та те "
        "ғой шы ші ше ал енді тағы өте ең біз сіз мен оның олар елде еліміз елімізде қалай сәлеметсіз "
        "сәлем  рахмет өтінемін жайлы жөнінде атты  что кто как какой какая какое какие каков какова "
        "сколько когда где куда зачем почему чем чего кому кого ли и в во на  с со о об от до по за "
        "из к у не это является являются есть был была было были быть может могут нужно надо для при "
        "the a an of in on is are was were does do did who what when where how many much which to for "
        "and or by can it its"
    ).split()
)


def names_something(word: str) -> bool:
    """Whether a folded word of a question names what is asked about."""
    return len(word) > 1 and word not in _ASKING and word not in _NAMELESS
