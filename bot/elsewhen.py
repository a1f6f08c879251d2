"""A refusal that knows why: of the time asked about no text is held, though today's law has an answer."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers import NoAnswer
from bot.citing import Clock
from bot.eligibility import Eligibility
from bot.kazakh import time as say
from bot.moment import Moment
from knowledge.catalog import Catalog
from retrieval.search import Searcher, SearchResult

Answering = Callable[[SearchResult], str | None]
"""The document from which a result would be answered; None where it would not be."""


class Elsewhen:
    """Looks once more without the day that the question named."""

    def __init__(
        self,
        catalog: Catalog,
        searcher: Searcher,
        eligibility: Eligibility,
        clock: Clock,
        answering: Answering,
    ) -> None:
        self._catalog = catalog
        self._searcher = searcher
        self._eligibility = eligibility
        self._clock = clock
        self._answering = answering

    def refusal(self, question: str, moment: Moment, understood: str | None) -> NoAnswer | None:
        """None where no day was named, and where today's law doesn't answer the question either.

        It suggests the same question without its day.
        """
        today = self._clock()
        if not moment.named or moment.asked is None or moment.day >= today:
            return None
        eligible = self._eligibility.on(today, named=False)
        result = self._searcher.search(moment.text, eligible=eligible, apart=self._eligibility.curated)
        answering = self._answering(result)
        document = self._catalog.document(answering) if answering else None
        if document is None or document.in_force_from is None or document.in_force_on(moment.day):
            return None
        asked = say.when(moment.asked, whole_year=moment.whole_year)
        instead = f"{moment.text[:1].upper()}{moment.text[1:].rstrip(' ?.!')}?"
        return NoAnswer(question, say.text_of_then_missing(asked), (instead,), understood)
