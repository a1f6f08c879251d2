"""Quotations to an answer: the line above them, the warnings below, and what rules the matter today."""

from __future__ import annotations

from collections.abc import Sequence

from bot import kazakh
from bot.answers import Answer, Citation
from bot.citing import Citer, Clock
from bot.comparison import later_passages
from bot.conflicts import Conflicts
from bot.moment import Moment
from bot.quoting import in_the_words_asked, quote_from, verify
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import DocumentKind, Quote
from knowledge.successors import Successors
from retrieval.question_type import QuestionType
from retrieval.terms import words_of


class Composer:
    """Puts answers together; every quotation passes ``verify`` here for the first time."""

    def __init__(
        self,
        catalog: Catalog,
        library: Library,
        citer: Citer,
        successors: Successors,
        conflicts: Conflicts,
        clock: Clock,
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._citer = citer
        self._successors = successors
        self._conflicts = conflicts
        self._clock = clock

    def compose(
        self, question: str, quotes: Sequence[Quote], moment: Moment, *, curated_lead: str | None = None
    ) -> Answer:
        """:param quotes: at least one, the best first; :param curated_lead: words that people wrote."""
        lead = curated_lead or self._lead(quotes[0], question)
        asked = moment.day if moment.named else None
        if moment.until is not None:
            later = later_passages(self._library, quotes[0].passage, moment.until)
            quotes = [quotes[0], *(Quote(passage, passage.text) for passage in later), *quotes[1:]]
        citations = tuple(self._citer.cite(verify(quote), asked=asked) for quote in quotes)
        past = asked is not None and asked < self._clock()
        now, reasons = ((), ()) if past else self._today(citations)
        differ = self._conflicts.notices((*citations, *now))
        return Answer(
            question=question,
            lead=lead,
            citations=citations,
            notices=(*self._citer.notices(citations, moment), *reasons, *differ),
            now=now,
            curated=curated_lead is not None,
        )

    def _lead(self, quote: Quote, question: str) -> str:
        passage = quote.passage
        document = self._catalog.document(passage.document)
        spoken = (quote.text[start:end] for start, end in quote.emphasis[:2])
        answer = ", ".join(dict.fromkeys(in_the_words_asked(words, question) for words in spoken))
        if document.kind is DocumentKind.ARTICLE or passage.article is None:
            return kazakh.lead_of_article(answer)
        gone = document.repeal is not None and self._clock() >= document.repeal.day
        return kazakh.lead_of_law(document.short_title, passage.article, gone=gone, answer=answer)

    def _today(self, citations: Sequence[Citation]) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
        """What rules the matter of the first repealed citation now, and the table's word on it."""
        cited = {(c.document.id, c.quote.passage.article) for c in citations}
        for citation in citations:
            passage = citation.quote.passage
            if citation.standing.repeal is None or passage.article is None:
                continue
            row = self._successors.of(passage.article, passage.point)
            if row is None or passage.document != self._successors.document:
                continue
            now = []
            for target in row.targets[:1]:
                if (target.document, target.article) in cited:
                    continue
                for found in self._library.find(target)[:1]:
                    quote = quote_from(found, words_of(passage.text), QuestionType.WHAT)
                    now.append(self._citer.cite(verify(quote)))
            return tuple(now), (row.reason,)
        return (), ()
