"""Which passages may answer for a day: of each article one edition, of curated answers those still true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from knowledge.catalog import Catalog
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import DocumentKind, FaqQuote, Passage
from knowledge.timeline import SpanState

Mask = npt.NDArray[np.bool_]


class Eligibility:
    """Masks over the searcher's passages, by day; the same day gives the same mask object."""

    def __init__(
        self,
        passages: Sequence[Passage],
        library: Library,
        catalog: Catalog,
        today: Callable[[], date],
        truncated: frozenset[str] = frozenset(),
    ) -> None:
        self._passages = passages
        self._library = library
        self._catalog = catalog
        self._today = today
        self._truncated = truncated
        self._faq = {f"faq/curated/{entry.id}": entry for entry in library.faq}
        self.curated: Mask = np.array([passage.document == "faq" for passage in passages], dtype=np.bool_)
        self._mask = lru_cache(maxsize=64)(self._make)

    def on(self, day: date, *, named: bool, later: bool = False, in_force_only: bool = False) -> Mask:
        """:param named: whether the question named the day; then what was not yet law is left out.
        :param later: but keep acts that came after the day: the question is about what they made.
        :param in_force_only: leave out repealed law and the source article.

        (passages,) bool, read-only.
        """
        return self._mask(day, named, later, in_force_only, self._today())

    def _make(self, day: date, named: bool, later: bool, in_force_only: bool, today: date) -> Mask:
        mask = np.fromiter(
            (
                self._allowed(passage, day, named, later, today)
                and not (in_force_only and self._past(passage, today))
                for passage in self._passages
            ),
            dtype=np.bool_,
            count=len(self._passages),
        )
        mask.flags.writeable = False
        return mask

    def _allowed(self, passage: Passage, day: date, named: bool, later: bool, today: date) -> bool:
        if passage.id in self._truncated:
            return False
        document = self._catalog.document(passage.document)
        kind = document.kind
        if kind is DocumentKind.FAQ:
            # the first quotation answers; what later law says of the matter may follow it
            first, *others = self._faq[passage.id].quotes
            return self._quote_stands(first, day, named, later, today) and all(
                self._quote_stands(quote, day, named, True, today) for quote in others
            )
        if kind is DocumentKind.ARTICLE or passage.article is None:
            # the source article tells of years that it names; what held in another one only the law can say
            return not named or str(day.year) in passage.text
        timeline = self._library.timeline(passage.document)
        if named and timeline.on(passage.article, day).state is SpanState.NOT_YET:
            return later and not document.in_force_on(day)
        return timeline.nearest(passage.article, day)[0] == passage.edition

    def _past(self, passage: Passage, today: date) -> bool:
        """Whether the passage speaks of a time before ``today``: repealed law, the source article."""
        document = self._catalog.document(passage.document)
        if document.kind is DocumentKind.FAQ:
            return False
        repeal = document.repeal
        return document.kind is DocumentKind.ARTICLE or (repeal is not None and today >= repeal.day)

    def _quote_stands(self, quote: FaqQuote, day: date, named: bool, later: bool, today: date) -> bool:
        """Whether a curated answer may lean on this quotation, for this day, as seen today."""
        document = self._catalog.document(quote.reference.document)
        if document.kind is DocumentKind.ARTICLE:
            return True
        if document.in_force_from and today < document.in_force_from:
            return False
        if not named:
            return True
        if document.in_force_from and day < document.in_force_from:
            return later
        try:
            edition, exact = self._library.timeline(document.id).nearest(quote.reference.article, day)
        except UnknownReference:
            return False
        return exact and (edition is None or self._same_words(quote, edition))

    def _same_words(self, quote: FaqQuote, edition: str) -> bool:
        located = self._library.locate(quote.text, quote.reference.document, edition, quote.reference.article)
        return located is not None
