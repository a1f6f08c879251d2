"""A quotation to a citation: where it stands, whether that is law today, and what to warn of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from bot import kazakh
from bot.answers import Citation, Standing
from bot.kazakh import time as say
from bot.moment import Moment
from knowledge.article_text import ArticleNote
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import Document, DocumentKind, Passage, Quote, Reference, Repeal
from knowledge.timeline import SpanState

Clock = Callable[[], date]
"""Tells today; a test or a replay sets another one."""

_LAWS = (DocumentKind.LAW, DocumentKind.CONSTITUTION)
_SUB_POINT_LINE = re.compile(r"^(\d+(?:-\d+)?)\) ", re.MULTILINE)


class Citer:
    """Knows the documents and the day; turns quotations into citations and gives their warnings."""

    def __init__(
        self, catalog: Catalog, library: Library, notes: Mapping[str, ArticleNote], clock: Clock
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._notes = notes
        self._clock = clock

    def cite(self, quote: Quote, *, asked: date | None = None) -> Citation:
        """:param asked: the day whose law was asked for, where the question named one."""
        passage = quote.passage
        document = self._catalog.document(passage.document)
        return Citation(
            quote=quote,
            document=document,
            locator=kazakh.locator(passage.article or None, passage.point, _sub_points(quote)),
            url=document.url,
            standing=self._standing(document, passage, asked),
        )

    def repeal_citation(self, document: Document) -> Citation | None:
        """The provision that ended the act, whole; None where the act is in force today or it isn't held."""
        repeal = _past_repeal(document, self._clock())
        found = self._library.find(repeal.by) if repeal else ()
        return self.cite(Quote(found[0], found[0].text)) if found else None

    def notices(self, citations: Sequence[Citation], moment: Moment | None = None) -> tuple[str, ...]:
        """What a reader must know before relying on these citations, each once.

        :param moment: what the question named in time; first comes how the texts relate to that.
        """
        notices: dict[str, None] = {}
        if moment is not None and moment.asked is not None:
            notices |= dict.fromkeys(self._of_time(citations, moment, moment.asked))
        for citation in citations:
            repeal = citation.document.repeal
            if repeal and self._clock() >= repeal.day:
                notices[self.repeal_notice(citation.document)] = None
            if since := self._overtaken(citation.quote.passage):
                notices[kazakh.article_is_old(since)] = None
        return tuple(notices)

    def repeal_notice(self, document: Document) -> str:
        """The warning over a repealed act."""
        assert document.repeal is not None
        by = document.repeal.by
        act = self._catalog.document(by.document).short_title
        place = kazakh.locator(by.article, by.point)
        return kazakh.repeal_notice(document.repeal.day, act, place, _noun(document))

    def _of_time(self, citations: Sequence[Citation], moment: Moment, asked: date) -> Iterator[str]:
        """How the first citation of a law stood on the day asked about; what follows it may be later law."""
        for citation in citations:
            document, passage = citation.document, citation.quote.passage
            if document.kind not in _LAWS or passage.article is None:
                continue
            for day in (asked, moment.until):
                if day is not None:
                    when = say.when(day, whole_year=moment.whole_year)
                    yield from self._standing_then(document, passage, moment, day, when)
            return

    def _standing_then(
        self, document: Document, passage: Passage, moment: Moment, asked: date, when: str
    ) -> Iterator[str]:
        assert passage.article is not None
        noun, since = _noun(document), document.in_force_from
        if since is not None and asked < since:
            if document.adopted is not None and document.adopted <= asked:
                yield say.not_yet_in_force(when, noun, since)
            else:
                gone = _past_repeal(document, self._clock()) is not None
                yield (say.was_not_yet_adopted if gone else say.not_yet_adopted)(when, noun, since)
            return
        if document.repeal and asked >= document.repeal.day:
            yield say.already_repealed(when, noun)
            return
        if passage.edition not in self._library.editions(document.id):
            return
        timeline = self._library.timeline(document.id)
        place = kazakh.locator(passage.article)
        span = timeline.on(passage.article, asked)
        if span.state is SpanState.NOT_YET and span.end is not None:
            yield say.article_not_yet(when, place, span.end)
        elif span.state is SpanState.NOT_HELD:
            given = date.fromisoformat(passage.edition)
            yield say.text_not_held(when, place, given, earlier=given <= asked)
        elif moment.whole_year and moment.until is None:
            changes = (change.day for change in timeline.history(passage.article))
            days = tuple(day for day in changes if day.year == asked.year and since != day <= asked)
            if days:
                yield say.changed_that_year(place, days)

    def _overtaken(self, passage: Passage) -> list[str]:
        note = self._notes.get(passage.id)
        if note is None:
            return []
        texts = []
        for overtaken in note.overtaken_by:
            document = self._catalog.document(overtaken.reference.document)
            if not document.in_force_from or self._clock() < document.in_force_from:
                continue
            ended = self._ended_by(overtaken.reference)
            texts.append(
                kazakh.article_overtaken_by_repeal(ended.short_title, self.repeal_notice(ended))
                if ended
                else kazakh.article_overtaken(
                    overtaken.reason, document.short_title, kazakh.locator(overtaken.reference.article)
                )
            )
        return texts

    def _ended_by(self, reference: Reference) -> Document | None:
        return next((d for d in self._catalog.documents if d.repeal and d.repeal.by == reference), None)

    def _standing(self, document: Document, passage: Passage, asked: date | None) -> Standing:
        today = self._clock()
        if passage.article is None or document.kind not in _LAWS:
            return Standing(in_force=False)
        if passage.edition not in self._library.editions(document.id):
            # quoted by a curated answer while the text itself is not held: the act's own life is all we know
            ended = document.repeal.day if document.repeal else None
            repeal = _past_repeal(document, today)
            return Standing(document.in_force_on(today), document.in_force_from, ended, repeal)
        timeline = self._library.timeline(document.id)
        printed = date.fromisoformat(passage.edition)
        span = next(
            (
                span
                for span in timeline.spans(passage.article)
                if span.state is SpanState.TEXT and (span.edition == passage.edition or span.covers(printed))
            ),
            None,
        )
        exact = asked is None or timeline.on(passage.article, asked).state is not SpanState.NOT_HELD
        return Standing(
            in_force=bool(span and span.covers(today)),
            since=span.start if span else document.in_force_from,
            until=span.end if span else None,
            repeal=_past_repeal(document, today),
            exact=exact,
        )


def _noun(document: Document) -> str:
    return "Конституция" if document.kind is DocumentKind.CONSTITUTION else "заң"


def _past_repeal(document: Document, today: date) -> Repeal | None:
    return document.repeal if document.repeal and today >= document.repeal.day else None


def _sub_points(quote: Quote) -> tuple[str, ...]:
    """Sub-points to name: those in the quotation where it is less than its whole point."""
    if quote.text == quote.passage.text and not quote.passage.lead:
        return ()
    return tuple(_SUB_POINT_LINE.findall(quote.text))
