"""Kazakh words without their endings, roughly: what a word has in common with its other forms.

Endings are cut one after another, the longest first, as long as three letters stay. The result need not
be a root («қазақстанның» and «қазақстанда» both give «казакс»), only the same for the forms of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from retrieval.normalize import fold

_SHORTEST = 3
_ROUNDS = 4

_ENDINGS = {
    "case": "ның нің ны ні дың дің тың тің ды ді ты ті на не ға ге қа ке а е да де та те нда нде дан ден "
    "тан тен нан нен мен бен пен",
    "possession": "ы і сы сі м н ым ім ың ің мыз міз ымыз іміз ңыз ңіз ыңыз іңіз",
    "plural": "лар лер дар дер тар тер",
    "derivation": "ғы гі қы кі дағы дегі тағы тегі ндағы ндегі лық лік дық дік тық тік лы лі шы ші сыз сіз "
    "дай дей тай тей ыншы інші ншы нші",
    "verb": "ған ген қан кен ады еді йды йді иды иді айды ейді айын ейін ып іп п са се у ылған ілген ылды "
    "ілді ылады іледі лды лді лған лген лады леді атын етін йтын йтін айтын ейтін уы уі уын уін",
}


def _by_length(endings: Iterable[str]) -> Mapping[int, frozenset[str]]:
    folded = {fold(ending) for ending in endings}
    return {
        size: frozenset(ending for ending in folded if len(ending) == size)
        for size in sorted({len(ending) for ending in folded}, reverse=True)
    }


_FOLDED = _by_length(ending for endings in _ENDINGS.values() for ending in endings.split())


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The folded word without its endings; a number stays as it is."""
    if word.isdigit():
        return word
    for _ in range(_ROUNDS):
        for size, endings in _FOLDED.items():
            if len(word) - size >= _SHORTEST and word[-size:] in endings:
                word = word[:-size]
                break
        else:
            break
    return word
