"""A question to weighted index terms: its words, their synonyms, and what they may have been meant to be."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.engine import Lexicon
from retrieval.numbers import date_terms
from retrieval.synonyms import Expansion, Synonyms
from retrieval.terms import (
    DATE_WEIGHT,
    beginning_of,
    is_asking,
    merged,
    query_terms,
    stem_terms,
    words_of,
)
from retrieval.tuning import Tuning
from retrieval.typos import MAX_WORDS, MIN_LETTERS, SHARE, Typos

SYNONYM_SHARE = 0.4
"""What a synonym of full weight counts for, beside 1 for a word of the question."""


class QuestionTerms:
    """Reads questions against one index."""

    def __init__(self, lexical: Lexicon, synonyms: Synonyms) -> None:
        self._lexical = lexical
        self._synonyms = synonyms
        self._typos = Typos(term[1:] for term in lexical.terms() if term[0] == "$")

    def of(
        self, text: str, words: Sequence[str], tuning: Tuning
    ) -> tuple[dict[str, float], tuple[Expansion, ...]]:
        """What to look up, with weights, and the synonyms that it holds.

        :param text: the normalized question; :param words: its folded words.
        """
        asked = words if tuning.asking_words else [word for word in words if not is_asking(word)]
        bags = [query_terms(asked, stems=tuning.stems)]
        expansions = self._synonyms.expand(words) if tuning.synonyms else ()
        for expansion in expansions:
            share = SYNONYM_SHARE * expansion.weight
            bags += [
                query_terms(words_of(target), share=share, stems=tuning.stems) for target in expansion.targets
            ]
        if tuning.typos:
            bags += [query_terms([near], share=SHARE, stems=tuning.stems) for near in self._meant(asked)]
        if tuning.dates:
            bags.append(dict.fromkeys(date_terms(text), DATE_WEIGHT))
        return merged(*bags), expansions

    def _meant(self, words: Sequence[str]) -> list[str]:
        """Near stems of the first few words that no text has."""
        unknown = [
            word
            for word in words
            if len(word) >= MIN_LETTERS and not is_asking(word) and not self._known(word)
        ]
        near = (self._typos.near(word) for word in unknown[:MAX_WORDS])
        return [word for word in near if word is not None]

    def _known(self, word: str) -> bool:
        return any(term in self._lexical for term in (beginning_of(word), *stem_terms([word])))
