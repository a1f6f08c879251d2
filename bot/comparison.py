"""The article of then beside the article of now, and two editions of one article word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.answers import Citation
from bot.citing import Citer, Clock
from bot.quoting import verify
from bot.time_words import words_in
from bot.word_diff import changed_words
from knowledge.catalog import Catalog
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import Document, Passage, Quote, Reference
from knowledge.successors import SuccessorRow, Successors
from retrieval.normalize import fold

_SUBJECT_LAW = "law-assembly"


@dataclass(frozen=True, slots=True)
class Marked:
    """A verified quotation and the (start, end) spans of its text that the other side lacks."""

    citation: Citation
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        return self.citation.quote.text


@dataclass(frozen=True, slots=True)
class ComparedPoint:
    """One point in two editions; an empty side: the edition has no such point. ``point`` None: no points."""

    point: str | None
    older: tuple[Marked, ...]
    newer: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """One article in two editions: the points that differ, and the numbers of those that don't."""

    document: Document
    article: str
    older: str
    newer: str
    points: tuple[ComparedPoint, ...]
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """A matter of the repealed law and what rules it now; ``now`` is empty where nothing does.

    ``reason`` is the successor table's word, for users.
    """

    then: tuple[Citation, ...]
    now: tuple[Citation, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ArticleComparison:
    """Everything that can be set beside an article; either part may be missing."""

    document: Document
    article: str
    editions: EditionComparison | None
    matters: tuple[ThenAndNow, ...]

    def __bool__(self) -> bool:
        return self.editions is not None or bool(self.matters)


class Comparer:
    """Finds what to set side by side, and proves each text by its passage."""

    def __init__(
        self, catalog: Catalog, library: Library, citer: Citer, successors: Successors, clock: Clock
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._citer = citer
        self._successors = successors
        self._clock = clock

    def place(self, request: str) -> Reference | None:
        """What «law-assembly 8», «8-бап», «Халық Кеңесі 7» name; without a document, the Assembly law."""
        found = re.search(r"\d+(?:-\d+)?", request.replace("–", "-"))
        if found is None:
            return None
        named = next((d.id for d in self._catalog.documents if d.id in request.split()), None)
        if named is not None:
            found = re.search(r"\d+(?:-\d+)?", request.replace(named, " "))
            return Reference(named, found.group()) if found else None
        return Reference(self._document_meant(request), found.group())

    def document(self, id: str) -> Document:
        """:raises UnknownDocument: as ``Catalog.document``."""
        return self._catalog.document(id)

    def _document_meant(self, request: str) -> str:
        keys = [word.key for word in words_in(request)]
        if any(key.startswith(fold("конституция")[:8]) for key in keys):
            return "constitution-2026"
        if any(key.startswith(fold("кеңес")) for key in keys):
            return "law-halyk-kenesi"
        return _SUBJECT_LAW

    def article(self, document: str, article: str) -> ArticleComparison | None:
        """All that is known beside an article; None where the document has no such article.

        :raises UnknownDocument: as ``Catalog.document``.
        """
        known = self._catalog.document(document)
        if not any(
            self._library.find(Reference(document, article), edition)
            for edition in self._library.editions(document)
        ):
            return None
        return ArticleComparison(
            known, article, self.editions(document, article), self.matters(known, article)
        )

    def editions(self, document: str, article: str) -> EditionComparison | None:
        """The oldest and the newest held edition of the article; None where they say the same."""
        names = [e for e in self._library.editions(document) if self._find(document, article, e)]
        if len(names) < 2:
            return None
        older, newer = names[0], names[-1]
        before, after = self._by_point(document, article, older), self._by_point(document, article, newer)
        points, same = [], []
        for point in sorted({*before, *after}, key=_print_order):
            was, became = before.get(point, []), after.get(point, [])
            if _joined(was) == _joined(became):
                same += [point] if point is not None else []
            else:
                points.append(self._compared(point, was, became))
        if not points:
            return None
        known = self._catalog.document(document)
        return EditionComparison(known, article, older, newer, tuple(points), tuple(same))

    def matters(self, document: Document, article: str) -> tuple[ThenAndNow, ...]:
        """By the successor table: of an article of the repealed law what rules it now, and the other way.

        Nothing before the repeal: «then» is still now.
        """
        repeal = self._catalog.document(self._successors.document).repeal
        if repeal is None or self._clock() < repeal.day:
            return ()
        rows = [row for row in self._successors.rows if _touches(row, document.id, article)]
        by_point = [row for row in rows if row.source.point is not None]
        matters = (self._matter(row) for row in by_point or rows)
        return tuple(matter for matter in matters if matter.then)

    def _matter(self, row: SuccessorRow) -> ThenAndNow:
        source = row.source
        try:
            timeline = self._library.timeline(source.document)
            edition, _ = timeline.nearest(source.article, self._clock())
        except UnknownReference:
            edition = None
        then = self._library.find(source, edition)
        now = [passage for target in row.targets for passage in self._library.find(target)]
        return ThenAndNow(self._cited(then), self._cited(now), row.reason)

    def _cited(self, passages: Sequence[Passage]) -> tuple[Citation, ...]:
        return tuple(self._citer.cite(verify(Quote(passage, passage.text))) for passage in passages)

    def _compared(
        self, point: str | None, was: Sequence[Passage], became: Sequence[Passage]
    ) -> ComparedPoint:
        gone, come = changed_words([p.text for p in was], [p.text for p in became])
        older = tuple(map(Marked, self._cited(was), gone))
        return ComparedPoint(point, older, tuple(map(Marked, self._cited(became), come)))

    def _find(self, document: str, article: str, edition: str) -> tuple[Passage, ...]:
        return self._library.find(Reference(document, article), edition)

    def _by_point(self, document: str, article: str, edition: str) -> dict[str | None, list[Passage]]:
        passages = self._find(document, article, edition)
        return {point: list(parts) for point, parts in groupby(passages, key=lambda passage: passage.point)}


def later_passages(library: Library, passage: Passage, day: date) -> tuple[Passage, ...]:
    """The same point as it stood on another day; nothing where its words are the same or it is not held."""
    if passage.article is None:
        return ()
    place = Reference(passage.document, passage.article, passage.point)
    try:
        edition = library.timeline(passage.document).nearest(passage.article, day)[0]
    except UnknownReference:
        return ()
    was, became = library.find(place, passage.edition), library.find(place, edition)
    return () if _joined(was) == _joined(became) else became


def _joined(passages: Sequence[Passage]) -> str:
    return " ".join(" ".join(passage.text for passage in passages).split())


def _touches(row: SuccessorRow, document: str, article: str) -> bool:
    if document == row.source.document:
        return row.source.article == article
    return any((target.document, target.article) == (document, article) for target in row.targets)


def _print_order(point: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in point.split("-")) if point else (0,)
