"""The curated questions and answers at work: which one asks the same, and what still proves it."""

from __future__ import annotations

import re

from bot.faq_match import FaqMatcher
from bot.moment import Moment
from bot.quoting import UnprovenQuote
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import FaqEntry, FaqQuote, Passage, Quote, Reference
from retrieval.answerability import Answerability
from retrieval.evidence import CuratedEvidence
from retrieval.search import SearchResult

SAME_WORDS = 0.99
"""Agreement both ways, 0..1, from which on an entry asks in the question's own words."""

SURE = 0.99


class CuratedAnswers:
    """The project's own entries (``knowledge/documents/faq``) beside what a search found."""

    def __init__(
        self, catalog: Catalog, library: Library, matcher: FaqMatcher, answerability: Answerability
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._matcher = matcher
        self._answerability = answerability
        self._entries = {f"faq/curated/{entry.id}": entry for entry in library.faq}

    def evidence(self, result: SearchResult) -> list[tuple[CuratedEvidence, FaqEntry]]:
        """The entries found, each with what speaks for it."""
        found = ((hit, self._entries[hit.passage.id]) for hit in result.apart)
        return [(self._matcher.evidence(result, hit, entry), entry) for hit, entry in found]

    def likeliest(self, result: SearchResult) -> tuple[FaqEntry | None, float]:
        """The likeliest entry, and the probability that it answers."""
        best: tuple[FaqEntry | None, float] = (None, 0.0)
        for evidence, entry in self.evidence(result):
            found = self._answerability.of_curated(evidence)
            if evidence.both >= SAME_WORDS and evidence.same_type:
                found = max(found, SURE)  # the very question: nothing found in the texts outweighs it
            if found > best[1]:
                best = (entry, found)
        return best

    def quotes(self, entry: FaqEntry, moment: Moment) -> list[Quote]:
        """Those of the entry's quotations that stand in the texts held, or in none where none is held."""
        return [quote for quote in (self._quote(q, moment) for q in entry.quotes) if quote is not None]

    def _quote(self, quote: FaqQuote, moment: Moment) -> Quote | None:
        """The quotation in the text that is held; None if it no longer stands there."""
        reference = quote.reference
        if not self._library.find(Reference(reference.document, reference.article)):
            return self._carried(quote)
        editions: tuple[str | None, ...] = (quote.edition, None)
        if moment.named and self._catalog.document(reference.document).in_force_on(moment.day):
            timeline = self._library.timeline(reference.document)
            editions = (timeline.nearest(reference.article, moment.day)[0],)
        for edition in editions:
            passage = self._library.locate(quote.text, reference.document, edition, reference.article)
            if passage is not None:
                return _located(quote.text, passage)
        return None

    def _carried(self, quote: FaqQuote) -> Quote:
        """The texts are not held yet: the quotation that the project carries, held against them by a test."""
        reference = quote.reference
        passage = Passage(
            id=f"{reference.document}/{quote.edition}/{reference.article}/{reference.point or 0}",
            document=reference.document,
            edition=quote.edition,
            text=quote.text,
            order=0,
            article=reference.article or None,
            point=reference.point,
        )
        return Quote(passage, quote.text)


def _located(text: str, passage: Passage) -> Quote:
    """The passage's own letters for a text that equals them but for runs of white space."""
    if text in passage.text:
        return Quote(passage, text)
    pattern = r"\s+".join(re.escape(part) for part in text.split())
    found = re.search(pattern, passage.text)
    if found is None:
        raise UnprovenQuote(f"not in passage {passage.id}: {text[:80]!r}")
    return Quote(passage, found.group())
