"""Text to index terms: letter n-grams, word beginnings and numbers of folded words.

Kazakh strings suffixes on its words, so a word is known by its beginning and by the letter groups inside
it, and spelling noise breaks only some of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from retrieval.normalize import fold, normalize

ANALYZER = "grams4+prefix5+numbers/1"
"""Changes whenever the terms of a text would: an index made with another one is rebuilt."""

_WORD = re.compile(r"[^\W_]+")
_GRAM = 4
_PREFIX = 5
PREFIX_WEIGHT = 2.0
NUMBER_WEIGHT = 3.0

# Words that ask rather than name; they may stand in any passage and say little about it.
ASKING_WEIGHT = 0.7
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
    return _WORD.findall(fold(normalize(text)))


def terms_of(words: Iterable[str]) -> list[str]:
    """Index terms of folded words, with repetitions."""
    terms: list[str] = []
    for word in words:
        terms.append("^" + word[:_PREFIX])
        padded = f"_{word}_"
        if len(padded) <= _GRAM:
            terms.append(padded)
        else:
            terms.extend(padded[i : i + _GRAM] for i in range(len(padded) - _GRAM + 1))
        if word.isdigit():
            terms.append("#" + word)
    return terms


def index_terms(text: str) -> list[str]:
    """Terms of a text to be found."""
    return terms_of(words_of(text))


def _weight(term: str) -> float:
    if term[0] == "^":
        return PREFIX_WEIGHT
    return NUMBER_WEIGHT if term[0] == "#" else 1.0


def query_terms(words: Iterable[str], *, share: float = 1.0) -> dict[str, float]:
    """Terms of a question's folded words with their weights; repetitions add up.

    ``share`` scales all of them: below 1 for words that were added to the question.
    """
    weights: dict[str, float] = defaultdict(float)
    for word in words:
        factor = share * (ASKING_WEIGHT if word in _ASKING else 1.0)
        for term in terms_of([word]):
            weights[term] += factor * _weight(term)
    return dict(weights)


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
        "бар жоқ болып есептеледі есептелді саналады табылады болу болса болар еді қазір қазіргі бүгін енді онда содан сонда "
        "бойынша кезде кезінде уақытта жылы жылға жылғы мерзімге рет уақытқа күні айтқан айтты айтылған жазылған делінген көрсетілген мен пен бен "
        "да де та те ғой шы ші ше ал енді тағы өте ең біз сіз мен оның олар елде еліміз елімізде қалай сәлеметсіз сәлем "
        "рахмет өтінемін жайлы жөнінде атты "
        "что кто как какой какая какое какие каков какова сколько когда где куда зачем почему чем чего кому кого ли и в во на "
        "с со о об от до по за из к у не это является являются есть был была было были быть может могут нужно надо для при "
        "the a an of in on is are was were does do did who what when where how many much which to for and or by can it its"
    ).split()
)


def names_something(word: str) -> bool:
    """Whether a folded word of a question names what is asked about."""
    return len(word) > 1 and word not in _ASKING and word not in _NAMELESS
