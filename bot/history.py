"""«Тарихы»: when an article became law, when it changed and by which act, and when it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot import kazakh
from bot.citing import Clock
from bot.kazakh import time as say
from knowledge.catalog import Catalog
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import Document, DocumentKind
from knowledge.timeline import SpanState

_WORDS = {"changed": say.CHANGED, "reworded": say.REWORDED, "added": say.ADDED}


@dataclass(frozen=True, slots=True)
class Event:
    """One day in an article's life. ``text`` is a Kazakh line that begins with the day.

    ``held`` tells whether the words that held from this day on can be shown.
    """

    day: date
    text: str
    held: bool


@dataclass(frozen=True, slots=True)
class ArticleHistory:
    """An article's events, ascending; ``title`` names it."""

    title: str
    events: tuple[Event, ...]

    def lines(self) -> tuple[str, ...]:
        """For a message: the title, then a line an event."""
        said = [f"• {event.text}" + ("" if event.held else f" · {say.TEXT_MISSING}") for event in self.events]
        return (self.title, *said)


class Histories:
    """Tells the life of any article of the laws."""

    def __init__(self, catalog: Catalog, library: Library, clock: Clock) -> None:
        self._catalog = catalog
        self._library = library
        self._clock = clock

    def of(self, document: str, article: str) -> ArticleHistory | None:
        """None for what is no law, and for an article that the law hasn't; what lies ahead is left out.

        :raises UnknownDocument: as ``Catalog.document``.
        """
        act = self._catalog.document(document)
        if act.kind not in (DocumentKind.LAW, DocumentKind.CONSTITUTION) or act.in_force_from is None:
            return None
        if not self._library.editions(document):
            return None
        try:
            changes = self._library.timeline(document).history(article)
        except UnknownReference:
            return None
        place = kazakh.locator(article)
        events = []
        if not any(change.kind == "added" for change in changes):
            events.append(self._event(act, article, act.in_force_from, say.ENACTED, act.requisites))
        for change in changes:
            what, by = _WORDS[change.kind], say.amending_act(change.act)
            events.append(self._event(act, article, change.day, what, by))
        events += self._end(act)
        past = tuple(event for event in events if event.day <= self._clock())
        return ArticleHistory(say.history_of(act.short_title, place), past)

    def _event(self, act: Document, article: str, day: date, what: str, by: str) -> Event:
        span = self._library.timeline(act.id).on(article, day)
        return Event(day, say.history_line(day, what, by), held=span.state is not SpanState.NOT_HELD)

    def _end(self, act: Document) -> list[Event]:
        if act.repeal is None:
            return []
        by = act.repeal.by
        ending = self._catalog.document(by.document).short_title
        source = f"{ending}, {kazakh.locator(by.article, by.point)}"
        return [Event(act.repeal.day, say.history_line(act.repeal.day, say.ENDED, source), held=True)]
