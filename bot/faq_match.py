"""What speaks for answering a question with a curated one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.model import FaqEntry
from retrieval.agreement import Agreement, Wordings
from retrieval.evidence import CuratedEvidence
from retrieval.outside import GROUPS, load_outside
from retrieval.question_type import question_type
from retrieval.search import Hit, SearchResult
from retrieval.synonyms import Synonyms
from retrieval.terms import words_of

_STEM = 5


class FaqMatcher:
    """Compares questions with the curated ones; ``rarity`` of an index term is 0..1."""

    def __init__(self, faq: Sequence[FaqEntry], synonyms: Synonyms, rarity: Callable[[str], float]) -> None:
        self._wordings = Wordings(synonyms, rarity)
        self._known = {
            entry.id: tuple(self._wordings.read(words_of(text)) for text in (entry.question, *entry.variants))
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
            other_language=float(result.read.language != "kk"),
            scope=result.scope,
        )

    def agreement(self, words: Sequence[str], entry_id: str) -> Agreement:
        """How far the folded words of a question ask the same as the entry, in its nearest wording."""
        return self._wordings.agreement(words, self._known[entry_id])
