"""Which text of an article was in force on a day.

The rule: an article's text held in edition E is in force from its last change on or before E until its
next change after E, or until the repeal. Changes are read from the notes of the newest edition held.
Between two changes without a held edition the text is not held, and is said not to be.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from knowledge.errors import UnknownReference
from knowledge.model import Amendment, Article, Document, LawText

_DAY = timedelta(days=1)


class SpanState(StrEnum):
    """What is known of an article's text over a run of days."""

    TEXT = "text"
    NOT_HELD = "not_held"
    NOT_YET = "not_yet"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``start`` on, before ``end`` (None: open), and what is known of them.

    ``edition`` names the newest edition that prints this text where ``state`` is TEXT, else None.
    """

    start: date
    end: date | None
    state: SpanState
    edition: str | None = None

    def covers(self, day: date) -> bool:
        """Whether ``day`` is one of the span's days."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class _Life:
    """One article: its changes, its spans, and the days of the held editions that print it, ascending."""

    changes: tuple[Amendment, ...]
    spans: tuple[Span, ...]
    held: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The articles of one document over time; answers with values, reads nothing."""

    document: str
    lives: Mapping[str, _Life]
    unread: _Life  # for any article, while no edition is held

    @classmethod
    def build(cls, document: Document, texts: Mapping[str, LawText]) -> Timeline:
        """``texts``: what is held, by edition name (ISO day), any subset, also one the catalog lacks.

        :raises ValueError: a name is no ISO day.
        """
        held = dict(sorted((date.fromisoformat(name), text) for name, text in texts.items()))
        numbers = dict.fromkeys(article.number for text in held.values() for article in text.articles)
        lives = {number: _life(document, held, number) for number in numbers}
        return cls(document.id, lives, _life(document, {}, ""))

    def spans(self, article: str) -> tuple[Span, ...]:
        """From ``date.min`` to the open end, ascending, without gap or overlap.

        :raises UnknownReference: editions are held, and none has the article.
        """
        return self._life(article).spans

    def on(self, article: str, day: date) -> Span:
        """The one span that covers ``day``. :raises UnknownReference: as ``spans``."""
        return next(span for span in self.spans(article) if span.covers(day))

    def nearest(self, article: str, day: date) -> tuple[str | None, bool]:
        """The edition to quote for ``day``, and whether it prints the very words.

        Of editions with the same words, the newest on or before ``day``. False: the text of that day is
        not held and the nearest earlier one, or else the nearest later, stands in; None: none is held.
        Before an article is law its first words are given, after a repeal its last: ``on`` tells which.

        :raises UnknownReference: as ``spans``.
        """
        life, span = self._life(article), self.on(article, day)
        lived = [s for s in life.spans if s.state in (SpanState.TEXT, SpanState.NOT_HELD)]
        if lived and span.state is SpanState.NOT_YET:
            span, day = lived[0], lived[0].start
        elif lived and span.state is SpanState.REPEALED:
            span, day = lived[-1], (lived[-1].end or date.max) - _DAY
        if span.edition is None:
            return _latest(life.held, day), False
        alike = tuple(held for held in life.held if span.covers(held))
        return _latest(alike, day) or span.edition, True

    def history(self, article: str) -> tuple[Amendment, ...]:
        """The changes of the article, ascending. :raises UnknownReference: as ``spans``."""
        return self._life(article).changes

    def _life(self, article: str) -> _Life:
        if not self.lives:
            return self.unread
        if article not in self.lives:
            known = ", ".join(self.lives)
            raise UnknownReference(f"{self.document} has no article {article!r}; it has {known}")
        return self.lives[article]


def _life(document: Document, texts: Mapping[date, LawText], number: str) -> _Life:
    """``texts`` by day, ascending."""
    printed = {day: text.article(number) for day, text in texts.items()}
    changes = next((article.amendments for article in reversed(printed.values()) if article), ())
    words = {day: _words(article) for day, article in printed.items()}
    start, end = _start(document, changes, texts), document.repeal.day if document.repeal else None
    cuts = {change.day for change in changes}
    if texts and any(edition.day > max(texts) for edition in document.editions):
        cuts.add(max(start, *texts) + _DAY)  # a later edition exists and isn't held: its changes are unknown
    cuts = {day for day in cuts if start < day and (end is None or day < end)}
    spans = [Span(date.min, start, SpanState.NOT_YET)] if start > date.min else []
    if end is None or start < end:
        spans += _between(start, sorted(cuts), end, {d: w for d, w in words.items() if w or d >= start})
    if end is not None:
        spans.append(Span(max(start, end), None, SpanState.REPEALED))
    return _Life(changes, _joined(spans), tuple(day for day, said in words.items() if said))


def _words(article: Article | None) -> str:
    """The article's letters and digits; "" where it isn't printed or is printed as removed."""
    points = [point for point in article.points if not point.removed] if article else []
    blocks = [block for point in points for block in point.blocks]
    live = [b if isinstance(b, str) else b.text for b in blocks if isinstance(b, str) or not b.removed]
    return "".join(filter(str.isalnum, "".join(live))).casefold()


def _start(document: Document, changes: tuple[Amendment, ...], texts: Mapping[date, LawText]) -> date:
    """The first day of the article: the one on which it was added, or the document's own first day."""
    editions = [edition.day for edition in document.editions] + list(texts)
    first = document.in_force_from or min(editions, default=date.min)
    return max([first, *(change.day for change in changes if change.kind == "added")])


def _between(start: date, cuts: list[date], end: date | None, words: Mapping[date, str]) -> Iterator[Span]:
    """Spans from ``start`` to ``end``, over the runs of days that known changes (``cuts``) leave."""
    bounds = [start, *cuts]
    seen = False
    for index, first in enumerate(bounds):
        after = bounds[index + 1] if index + 1 < len(bounds) else end
        held = [day for day in words if max(bisect_right(bounds, day) - 1, 0) == index]
        early = [day for day in held if day <= first]  # printed before it was law: the last one became law
        inside = [day for day in held if first < day and (after is None or day < after)]
        held = early[-1:] + inside or held[:1]  # an edition dated after the repeal prints the last words
        for span in _observed(first, after, [(day, words[day]) for day in held], seen):
            seen = seen or span.state is SpanState.TEXT
            yield span


def _observed(first: date, after: date | None, held: list[tuple[date, str]], seen: bool) -> Iterator[Span]:
    """One run of days without a known change, by the words that editions print in it.

    Where two of them differ all the same, a note is missing: then each is vouched for up to its own day
    only, and what lies between is not held.
    """
    for index, (day, words) in enumerate(held):
        later = held[index + 1] if index + 1 < len(held) else None
        if later and later[1] == words:
            continue
        state = SpanState.TEXT if words else SpanState.REPEALED if seen else SpanState.NOT_YET
        seen = seen or bool(words)
        if later is None:
            yield Span(first, after, state, day.isoformat() if words else None)
        else:
            until = max(day, first) + _DAY
            yield Span(first, until, state, day.isoformat() if words else None)
            yield Span(until, later[0], SpanState.NOT_HELD)
            first = later[0]
    if not held:
        yield Span(first, after, SpanState.NOT_HELD)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbours that say the same made one; empty ones dropped."""
    joined: list[Span] = []
    for span in spans:
        if span.start == span.end:
            continue
        last = joined[-1] if joined else None
        if last and (last.state, last.edition) == (span.state, span.edition):
            joined[-1] = replace(last, end=span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _latest(days: tuple[date, ...], day: date) -> str | None:
    """The name of the last of ``days`` on or before ``day``, else of the first; None of none."""
    at = max(bisect_right(days, day) - 1, 0)
    return days[at].isoformat() if days else None
