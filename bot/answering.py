"""A question to an Answer, a refusal or a polite line. No Telegram, no HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import kazakh
from bot.answers import Answer, Citation, NoAnswer, Reply, SmallTalk
from bot.citing import Citer, Clock
from bot.comparison import later_passages
from bot.conflicts import Conflicts
from bot.eligibility import Eligibility
from bot.elsewhen import Elsewhen
from bot.faq_match import FaqMatcher
from bot.moment import LawLife, Moment, moment_of
from bot.quoting import UnprovenQuote, quote_from, verify
from bot.references import reference_of
from bot.smalltalk import SmallTalkBook
from knowledge.catalog import Catalog
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import DocumentKind, FaqEntry, FaqQuote, Passage, Quote, Reference
from knowledge.successors import Successors
from retrieval.answerability import Answerability
from retrieval.evidence import CuratedEvidence
from retrieval.question_type import QuestionType, question_type
from retrieval.search import Searcher, SearchResult
from retrieval.subjects import ASSEMBLY, COUNCIL, subjects_of
from retrieval.terms import words_of
from retrieval.transliteration import read_question

SEARCH_DEPTH = 12
MORE_SOURCES = 2
CLOSE_SHARE = 0.8
"""A further passage is shown when its score is at least this share of the best one's."""

SURE = 0.5
"""From this probability on, 0..1, what was found stands beside a curated answer."""

SUBJECT_LAW = "law-assembly"


class Answerer:
    """The whole way from a typed question to a reply. Safe to call from several threads."""

    def __init__(
        self,
        catalog: Catalog,
        library: Library,
        searcher: Searcher,
        citer: Citer,
        eligibility: Eligibility,
        answerability: Answerability,
        successors: Successors,
        smalltalk: SmallTalkBook,
        matcher: FaqMatcher,
        clock: Clock,
        conflicts: Conflicts | None = None,
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._searcher = searcher
        self._citer = citer
        self._eligibility = eligibility
        self._answerability = answerability
        self._successors = successors
        self._smalltalk = smalltalk
        self._matcher = matcher
        self._clock = clock
        self._conflicts = conflicts
        self._elsewhen = Elsewhen(catalog, searcher, eligibility, clock, self._document_answering)
        self._faq = {f"faq/curated/{entry.id}": entry for entry in library.faq}
        law = catalog.document(SUBJECT_LAW)
        self._law = LawLife(
            law.in_force_from or date.min,
            law.repeal.day if law.repeal else None,
            tuple(edition.day for edition in law.editions),
        )

    def answer(self, question: str, understood: str | None = None) -> Reply:
        """:param understood: the question made whole, where it hung on an earlier one."""
        line = self._smalltalk.match(question) if understood is None else None
        if line is not None:
            return SmallTalk(question, line, self.examples())
        asked = understood or question
        named = self._named_place(question, asked)
        if named is not None:
            return replace(named, understood=understood)
        moment, result = self.find(asked)
        by_passage = self._answerability.of_passage(result.evidence) if result.evidence else 0.0
        entry, by_entry = self._curated(result)
        if max(by_passage, by_entry) < self._answerability.threshold:
            return self._elsewhen.refusal(question, moment, understood) or NoAnswer(
                question, kazakh.NO_ANSWER, self._nearest(result), understood, max(by_passage, by_entry)
            )
        if entry is not None and by_entry >= by_passage:
            answer = self.from_curated(question, entry, result, moment)
            if answer is not None:
                return replace(answer, understood=understood, probability=by_entry)
        if not result.hits:
            return NoAnswer(question, kazakh.NO_ANSWER, self._nearest(result), understood, by_passage)
        answer = self.from_texts(question, result, moment)
        return replace(answer, understood=understood, probability=by_passage)

    def _named_place(self, question: str, asked: str) -> Answer | None:
        """The article that the question itself names, from its first point on."""
        typed, moment = self._moment(asked)
        reference = reference_of(typed)
        if reference is None:
            return None
        try:
            timeline = self._library.timeline(reference.document)
            edition = timeline.nearest(reference.article, moment.day)[0]
        except UnknownReference:
            return None
        found = self._library.find(reference, edition)[: MORE_SOURCES + 1]
        if not found:
            return None
        quotes = [Quote(passage, passage.text) for passage in found]
        return self._complete(question, self._lead(quotes[0]), quotes, moment, curated=False)

    def _moment(self, question: str) -> tuple[str, Moment]:
        """The question in Cyrillic, and the time that it names."""
        read = read_question(question)
        typed = question if read.script == "cyrillic" else read.text
        return typed, moment_of(typed, self._clock(), law=self._law)

    def find(self, question: str) -> tuple[Moment, SearchResult]:
        """What the question is about in time, and the passages found for it."""
        typed, moment = self._moment(question)
        result = self._found(question, typed, moment)
        if moment.instead is not None and self._document_answering(result) is None:
            return moment.instead, self._found(question, typed, moment.instead)
        return moment, result

    def _found(self, question: str, typed: str, moment: Moment) -> SearchResult:
        bodies = subjects_of(words_of(typed))
        eligible = self._eligibility.on(
            moment.day,
            named=moment.named,
            # of the Council, which is younger than any past day, only its own law can speak
            later=COUNCIL in bodies,
            in_force_only=moment.now and ASSEMBLY not in bodies,
        )
        text = question if moment.text == typed else moment.text
        return self._searcher.search(
            text, limit=SEARCH_DEPTH, eligible=eligible, apart=self._eligibility.curated
        )

    def _document_answering(self, result: SearchResult) -> str | None:
        """The document that the answer would be taken from; None where it would be a refusal."""
        threshold = self._answerability.threshold
        entry, by_entry = self._curated(result)
        by_passage = self._answerability.of_passage(result.evidence) if result.evidence else 0.0
        if entry is not None and by_entry >= max(by_passage, threshold):
            return entry.quotes[0].reference.document
        return result.hits[0].passage.document if result.hits and by_passage >= threshold else None

    def curated_evidence(self, result: SearchResult) -> list[tuple[CuratedEvidence, FaqEntry]]:
        """The curated entries found, each with what speaks for it."""
        found = ((hit, self._faq[hit.passage.id]) for hit in result.apart)
        return [(self._matcher.evidence(result, hit, entry), entry) for hit, entry in found]

    def _curated(self, result: SearchResult) -> tuple[FaqEntry | None, float]:
        """The likeliest curated entry, and the probability that it answers."""
        best: tuple[FaqEntry | None, float] = (None, 0.0)
        for evidence, entry in self.curated_evidence(result):
            found = self._answerability.of_curated(evidence)
            if found > best[1]:
                best = (entry, found)
        return best

    def examples(self) -> tuple[str, ...]:
        """Three questions that are answered well."""
        return kazakh.EXAMPLES

    def from_curated(
        self, question: str, entry: FaqEntry, result: SearchResult, moment: Moment
    ) -> Answer | None:
        """The entry's answer with its proof; None where none of its quotations stands any more."""
        quotes = [quote for quote in (self._faq_quote(q, moment) for q in entry.quotes) if quote is not None]
        if not quotes:
            return None
        shown = {quote.passage.id for quote in quotes}
        more = []
        if result.evidence and self._answerability.of_passage(result.evidence) >= SURE:
            more = self._further(result, shown, QuestionType.WHAT, room=MORE_SOURCES + 1 - len(quotes))
        return self._complete(question, entry.answer, [*quotes, *more], moment, curated=True)

    def _faq_quote(self, quote: FaqQuote, moment: Moment) -> Quote | None:
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

    def from_texts(self, question: str, result: SearchResult, moment: Moment) -> Answer:
        """The answer that the best passages give; there must be a hit."""
        wanted = question_type(result.words)
        words = (*result.words, *_added_words(result))
        best = result.hits[0].passage
        quotes = self._whole_point(best, wanted) or [quote_from(best, words, wanted)]
        shown = {quote.passage.id for quote in quotes}
        more = self._further(result, shown, wanted, room=MORE_SOURCES)
        return self._complete(question, self._lead(quotes[0]), [*quotes, *more], moment, curated=False)

    def _whole_point(self, passage: Passage, wanted: QuestionType) -> list[Quote]:
        """For a list question: every part of the point, since a list is worth nothing by halves."""
        if wanted is not QuestionType.LIST or passage.article is None:
            return []
        parts = self._library.find(
            Reference(passage.document, passage.article, passage.point), passage.edition
        )
        return [Quote(part, part.text) for part in parts if part.point == passage.point]

    def _further(
        self, result: SearchResult, shown: set[str], wanted: QuestionType, *, room: int
    ) -> list[Quote]:
        """Up to ``room`` close passages that say something else."""
        quotes: list[Quote] = []
        words = (*result.words, *_added_words(result))
        for hit in result.hits:
            if len(quotes) >= room or hit.score < result.hits[0].score * CLOSE_SHARE:
                break
            if hit.passage.id not in shown:
                shown.add(hit.passage.id)
                quotes.append(quote_from(hit.passage, words, wanted))
        return quotes

    def _lead(self, quote: Quote) -> str:
        passage = quote.passage
        document = self._catalog.document(passage.document)
        answer = ", ".join(dict.fromkeys(quote.text[start:end] for start, end in quote.emphasis[:2]))
        if document.kind is DocumentKind.ARTICLE or passage.article is None:
            return kazakh.lead_of_article(answer)
        gone = document.repeal is not None and self._clock() >= document.repeal.day
        return kazakh.lead_of_law(document.short_title, passage.article, gone=gone, answer=answer)

    def _complete(
        self, question: str, lead: str, quotes: Sequence[Quote], moment: Moment, *, curated: bool
    ) -> Answer:
        asked = moment.day if moment.named else None
        if moment.until is not None:
            later = later_passages(self._library, quotes[0].passage, moment.until)
            quotes = [quotes[0], *(Quote(passage, passage.text) for passage in later), *quotes[1:]]
        citations = tuple(self._citer.cite(verify(quote), asked=asked) for quote in quotes)
        past = asked is not None and asked < self._clock()
        now, reasons = ((), ()) if past else self._today(citations)
        differ = self._conflicts.notices((*citations, *now)) if self._conflicts else ()
        return Answer(
            question=question,
            lead=lead,
            citations=citations,
            notices=(*self._citer.notices(citations, moment), *reasons, *differ),
            now=now,
            curated=curated,
        )

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

    def _nearest(self, result: SearchResult) -> tuple[str, ...]:
        """Two things nearby that can be asked instead."""
        names: dict[str, None] = {}
        for hit in (*result.apart[:2], *result.hits):
            passage = hit.passage
            document = self._catalog.document(passage.document)
            if passage.heading:
                names[passage.heading] = None
            elif passage.article:
                names[kazakh.heading_of(document.short_title, passage.article)] = None
            if len(names) == 2:
                break
        return tuple(names)


def _added_words(result: SearchResult) -> tuple[str, ...]:
    return tuple(
        word for expansion in result.expansions for target in expansion.targets for word in words_of(target)
    )


def _located(text: str, passage: Passage) -> Quote:
    """The passage's own letters for a text that equals them but for runs of white space."""
    if text in passage.text:
        return Quote(passage, text)
    pattern = r"\s+".join(re.escape(part) for part in text.split())
    found = re.search(pattern, passage.text)
    if found is None:
        raise UnprovenQuote(f"not in passage {passage.id}: {text[:80]!r}")
    return Quote(passage, found.group())
