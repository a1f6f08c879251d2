"""A quotation to a citation: where it stands, whether that is law today, and what to warn of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot import kazakh
from bot.answers import Citation, Standing
from knowledge.article_text import ArticleNote
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import Document, DocumentKind, Passage, Quote, Reference, Repeal
from knowledge.timeline import SpanState

Clock = Callable[[], date]
"""Tells today; a test or a replay sets another one."""

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

    def notices(self, citations: Sequence[Citation]) -> tuple[str, ...]:
        """What a reader must know before relying on these citations, each once."""
        notices: dict[str, None] = {}
        for citation in citations:
            repeal = citation.document.repeal
            if repeal and self._clock() >= repeal.day:
                notices[self.repeal_notice(citation.document)] = None
            for text in self._overtaken(citation.quote.passage):
                notices[text] = None
        return tuple(notices)

    def repeal_notice(self, document: Document) -> str:
        """The warning over a repealed act."""
        assert document.repeal is not None
        by = document.repeal.by
        act = self._catalog.document(by.document).short_title
        kind = "Конституция" if document.kind is DocumentKind.CONSTITUTION else "заң"
        return kazakh.repeal_notice(document.repeal.day, act, kazakh.locator(by.article, by.point), kind)

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
        if passage.article is None or document.kind not in (DocumentKind.LAW, DocumentKind.CONSTITUTION):
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


def _past_repeal(document: Document, today: date) -> Repeal | None:
    return document.repeal if document.repeal and today >= document.repeal.day else None


def _sub_points(quote: Quote) -> tuple[str, ...]:
    """Sub-points to name: those in the quotation where it is less than its whole point."""
    if quote.text == quote.passage.text and not quote.passage.lead:
        return ()
    return tuple(_SUB_POINT_LINE.findall(quote.text))
