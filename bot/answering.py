"""A question to an Answer, a refusal or a polite line. No Telegram, no HTML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import kazakh
from bot.answers import Answer, NoAnswer, Reply, SmallTalk
from bot.citing import Clock
from bot.composer import Composer
from bot.curated import CuratedAnswers
from bot.eligibility import Eligibility
from bot.elsewhen import Elsewhen
from bot.moment import LawLife, Moment, moment_of
from bot.quoting import quote_from
from bot.references import asks_whether_in_force, document_of, reference_of
from bot.smalltalk import SmallTalkBook
from knowledge.catalog import Catalog
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import FaqEntry, Passage, Quote, Reference
from retrieval.answerability import Answerability
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
        eligibility: Eligibility,
        answerability: Answerability,
        curated: CuratedAnswers,
        composer: Composer,
        smalltalk: SmallTalkBook,
        clock: Clock,
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._searcher = searcher
        self._eligibility = eligibility
        self._answerability = answerability
        self._composer = composer
        self._smalltalk = smalltalk
        self._clock = clock
        self._elsewhen = Elsewhen(catalog, searcher, eligibility, clock, self._document_answering)
        self.curated = curated
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
        at_once = self._named_place(question, asked) or self._still_in_force(question, asked)
        if at_once is not None:
            return replace(at_once, understood=understood)
        moment, result = self.find(asked)
        by_passage = self._answerability.of_passage(result.evidence) if result.evidence else 0.0
        entry, by_entry = self.curated.likeliest(result)
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
        return self._composer.compose(question, [Quote(p, p.text) for p in found], moment)

    def _still_in_force(self, question: str, asked: str) -> Answer | None:
        """«… заң қазір күшінде ме?» of an act in force: no sentence of it says so, its days do."""
        typed, moment = self._moment(asked)
        words = words_of(typed)
        if moment.named or not asks_whether_in_force(words):
            return None
        document = self._catalog.document(document_of(words))
        first = self._library.find(Reference(document.id, "1"))[:1]
        if not first or not document.in_force_on(self._clock()):
            return None
        lead = kazakh.in_force_now(document.short_title, self._clock())
        return self._composer.compose(question, [Quote(first[0], first[0].text)], moment, curated_lead=lead)

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
        entry, by_entry = self.curated.likeliest(result)
        by_passage = self._answerability.of_passage(result.evidence) if result.evidence else 0.0
        if entry is not None and by_entry >= max(by_passage, threshold):
            return entry.quotes[0].reference.document
        return result.hits[0].passage.document if result.hits and by_passage >= threshold else None

    def examples(self) -> tuple[str, ...]:
        """Three questions that are answered well."""
        return kazakh.EXAMPLES

    def from_curated(
        self, question: str, entry: FaqEntry, result: SearchResult, moment: Moment
    ) -> Answer | None:
        """The entry's answer with its proof; None where none of its quotations stands any more."""
        quotes = self.curated.quotes(entry, moment)
        if not quotes:
            return None
        shown = {quote.passage.id for quote in quotes}
        more = []
        if result.evidence and self._answerability.of_passage(result.evidence) >= SURE:
            more = self._further(result, shown, QuestionType.WHAT, room=MORE_SOURCES + 1 - len(quotes))
        return self._composer.compose(question, [*quotes, *more], moment, curated_lead=entry.answer)

    def from_texts(self, question: str, result: SearchResult, moment: Moment) -> Answer:
        """The answer that the best passages give; there must be a hit."""
        wanted = question_type(result.words)
        words = (*result.words, *_added_words(result))
        best = result.hits[0].passage
        quotes = self._whole_point(best, wanted) or [quote_from(best, words, wanted)]
        shown = {quote.passage.id for quote in quotes}
        more = self._further(result, shown, wanted, room=MORE_SOURCES)
        return self._composer.compose(question, [*quotes, *more], moment)

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
