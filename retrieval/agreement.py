"""How far two questions ask for the same: word by word, both ways.

«… кім тағайындайды?» looks alike whoever is appointed. What counts is the words that name something, by
their rarity: each of the one question's words must be meant by the other, and the reverse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.synonyms import Synonyms
from retrieval.terms import names_something, terms_of

SAME_MEANING = 0.5
"""The least weight of a synonym that counts as meaning the same."""

_STEM = 5


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask: each naming word with all that it may stand for, by beginnings and letter groups."""

    meant: tuple[frozenset[str], ...]
    everything: frozenset[str]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """``asked``: share of the question's naming words that the other one means; ``known``: the reverse."""

    asked: float = 0.0
    known: float = 0.0

    @property
    def both(self) -> float:
        return min(self.asked, self.known)


class Wordings:
    """Reads questions for comparison; ``rarity`` of an index term is 0..1."""

    def __init__(self, synonyms: Synonyms, rarity: Callable[[str], float]) -> None:
        self._synonyms = synonyms
        self._rarity = rarity
        self._last = lru_cache(maxsize=64)(self.read)  # one question is held against many others

    def read(self, words: Sequence[str]) -> Wording:
        """:param words: folded words of a question, in order."""
        named = tuple(dict.fromkeys(word for word in words if names_something(word)))
        others: dict[str, set[str]] = {word: set(_signs(word)) for word in named}
        for expansion in self._synonyms.expand(words):
            for source in expansion.source.split():
                if source in others and expansion.weight >= SAME_MEANING:
                    others[source].update("^" + target[:_STEM] for target in expansion.targets)
        meant = tuple(frozenset(others[word]) for word in named)
        weights = tuple(self._rarity("^" + word[:_STEM]) for word in named)
        return Wording(meant, frozenset().union(*meant), weights)

    def agreement(self, words: Sequence[str], known: Iterable[Wording]) -> Agreement:
        """With that one of the known wordings which agrees best both ways; nothing where none is known."""
        asked = self._last(tuple(words))
        return max(
            (Agreement(_share(asked, other.everything), _share(other, asked.everything)) for other in known),
            key=lambda found: found.both,
            default=Agreement(),
        )


def _share(asked: Wording, meant: frozenset[str]) -> float:
    total = sum(asked.weights)
    if not total:
        return 0.0
    held = (w * _presence(signs, meant) for w, signs in zip(asked.weights, asked.meant, strict=True))
    return sum(held) / total


def _signs(word: str) -> list[str]:
    """A word's beginning and its letter groups: a misspelt word still shares most of these."""
    return [term for term in terms_of([word]) if term[0] != "#"]


def _presence(signs: frozenset[str], meant: frozenset[str]) -> float:
    if any(sign[0] == "^" and sign in meant for sign in signs):
        return 1.0
    grams = [sign for sign in signs if sign[0] != "^"]
    shared = sum(gram in meant for gram in grams) / len(grams) if grams else 0.0
    return shared if shared >= 0.5 else 0.0
