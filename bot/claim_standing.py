"""Whether what a passage says still holds on the day of the clock, and which of several to cite first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.citing import Clock
from knowledge.article_text import ArticleNote
from knowledge.catalog import Catalog
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import DocumentKind, Passage
from knowledge.timeline import SpanState

_ORDER = {DocumentKind.CONSTITUTION: 0, DocumentKind.LAW: 1, DocumentKind.ARTICLE: 2, DocumentKind.FAQ: 3}


class Standings:
    """Knows documents, timelines and the notes of the source article."""

    def __init__(
        self, catalog: Catalog, library: Library, notes: Mapping[str, ArticleNote], clock: Clock
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._notes = notes
        self._clock = clock

    def holds(self, passage: Passage) -> bool:
        """Law today, or history that no later law overtook."""
        if passage.article is None:
            return not self._overtaken(passage)
        return self._state(passage, self._clock()) is SpanState.TEXT and self._is_newest(passage)

    def not_yet(self, passage: Passage) -> bool:
        """Adopted, but not law before a day to come."""
        return passage.article is not None and self._state(passage, self._clock()) is SpanState.NOT_YET

    def held_on(self, passage: Passage, day: date) -> bool:
        """Whether the passage is its article's text on ``day``; the source article is of its own time."""
        if passage.article is None:
            return abs(day.year - int(passage.edition[:4])) <= 1
        try:
            timeline = self._library.timeline(passage.document)
            in_force = timeline.on(passage.article, day).state is SpanState.TEXT
            return in_force and timeline.nearest(passage.article, day)[0] == passage.edition
        except UnknownReference:
            return False

    def preference(self, passage: Passage) -> tuple[int, int, str, int]:
        """Sort key: what holds before what is gone, law before other texts, the newest edition first."""
        kind = _ORDER[self._catalog.document(passage.document).kind]
        newest_first = "".join(chr(0x10FFFF - ord(sign)) for sign in passage.edition)
        return (0 if self.holds(passage) else 1, kind, newest_first, passage.order)

    def _state(self, passage: Passage, day: date) -> SpanState:
        assert passage.article is not None
        try:
            return self._library.timeline(passage.document).on(passage.article, day).state
        except UnknownReference:
            return SpanState.NOT_HELD

    def _is_newest(self, passage: Passage) -> bool:
        assert passage.article is not None
        timeline = self._library.timeline(passage.document)
        return timeline.nearest(passage.article, self._clock())[0] == passage.edition

    def _overtaken(self, passage: Passage) -> bool:
        note = self._notes.get(passage.id)
        if note is None:
            return False
        today = self._clock()
        laws = [self._catalog.document(over.reference.document) for over in note.overtaken_by]
        return any(law.in_force_from is not None and today >= law.in_force_from for law in laws)
