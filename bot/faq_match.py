"""Whether a question asks what a curated one asks, and not only in the same form.

«… кім тағайындайды?» looks alike whoever is appointed. What counts is the words that name something, by
their rarity, and both ways: each of the question's words must be meant by the curated one, and each of the
curated one's by the question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.model import FaqEntry
from retrieval.evidence import CuratedEvidence
from retrieval.outside import GROUPS, load_outside
from retrieval.question_type import question_type
from retrieval.search import Hit, SearchResult
from retrieval.synonyms import Synonyms
from retrieval.terms import names_something, terms_of, words_of

SAME_MEANING = 0.5
"""The least weight of a synonym that counts as meaning the same."""

_STEM = 5


@dataclass(frozen=True, slots=True)
class _Asked:
    """One way to ask: each naming word with all that it may stand for, by beginnings and letter groups."""

    words: tuple[str, ...]
    meant: tuple[frozenset[str], ...]
    everything: frozenset[str]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """``asked``: share of the question's naming words that the curated one means; ``known``: the reverse."""

    asked: float
    known: float

    @property
    def both(self) -> float:
        return min(self.asked, self.known)


class FaqMatcher:
    """Compares questions with the curated ones; ``rarity`` of an index term is 0..1."""

    def __init__(self, faq: Sequence[FaqEntry], synonyms: Synonyms, rarity: Callable[[str], float]) -> None:
        self._synonyms = synonyms
        self._rarity = rarity
        self._known = {
            entry.id: tuple(self._read(words_of(text)) for text in (entry.question, *entry.variants))
            for entry in faq
        }
        self._types = {entry.id: question_type(words_of(entry.question)) for entry in faq}
        self._beginnings = {
            entry.id: frozenset(
                word[:_STEM]
                for text in (entry.question, *entry.variants, entry.answer)
                for word in words_of(text)
            )
            for entry in faq
        }
        self._outside = load_outside()
        self._last = lru_cache(maxsize=64)(self._read)  # one question is held against many entries

    def evidence(self, result: SearchResult, hit: Hit, entry: FaqEntry) -> CuratedEvidence:
        """What speaks for answering the question with this entry."""
        agreement = self.agreement(result.words, entry.id)
        cues = self._outside.cues(result.words, self._beginnings[entry.id])
        return CuratedEvidence(
            asked=agreement.asked,
            known=agreement.known,
            both=agreement.both,
            dense=hit.dense,
            score=hit.score / 10,
            same_type=float(question_type(result.words) == self._types[entry.id]),
            **dict(zip(GROUPS, cues, strict=True)),
            scope=result.scope,
        )

    def agreement(self, words: Sequence[str], entry_id: str) -> Agreement:
        """How far the folded words of a question ask the same as the entry, in its nearest wording."""
        asked = self._last(tuple(words))
        meant = asked.everything
        return max(
            (
                Agreement(self._share(asked, known.everything), self._share(known, meant))
                for known in self._known[entry_id]
            ),
            key=lambda found: found.both,
        )

    def _read(self, words: Sequence[str]) -> _Asked:
        named = tuple(dict.fromkeys(word for word in words if names_something(word)))
        others: dict[str, set[str]] = {word: set(_signs(word)) for word in named}
        for expansion in self._synonyms.expand(words):
            for source in expansion.source.split():
                if source in others and expansion.weight >= SAME_MEANING:
                    others[source].update("^" + target[:_STEM] for target in expansion.targets)
        meant = tuple(frozenset(others[word]) for word in named)
        weights = tuple(self._rarity("^" + word[:_STEM]) for word in named)
        return _Asked(named, meant, frozenset().union(*meant), weights)

    @staticmethod
    def _share(asked: _Asked, meant: frozenset[str]) -> float:
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
