"""Brings the law texts of the catalog from their public source into the data folder.

A text is pinned by a commit, so one that is held and parses is never asked for again. Upstream rewrites
its ``main`` and may drop a commit; the newest edition is then taken from ``main``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.errors import ParseError, SyncError
from knowledge.mirror import Limits, Mirror, UnreachableError, open_mirror
from knowledge.model import Document, Edition
from knowledge.shelf import KAZAKH, Shelf, law_of
from knowledge.upstream_meta import read_meta

REPOSITORY = "kazakhstan-law/codes"
MAIN = "main"


class Outcome(StrEnum):
    """What became of one text."""

    BROUGHT = "brought"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SyncItem:
    """One language of one edition; ``reason`` says why it failed, and is empty otherwise."""

    document: str
    edition: str
    language: str
    reason: str = ""

    def __str__(self) -> str:
        name = f"{self.document} {self.edition} {self.language}"
        return f"{name}: {self.reason}" if self.reason else name


@dataclass(frozen=True, slots=True)
class SyncEvent:
    """Told as soon as one text is settled."""

    outcome: Outcome
    item: SyncItem


@dataclass(frozen=True, slots=True)
class StalePin:
    """An edition of the catalog whose commit cannot be had; ``taken`` is the edition that ``main`` gave."""

    document: str
    edition: str
    commit: str
    taken: str | None = None

    def __str__(self) -> str:
        instead = f"main gave {self.taken}" if self.taken else "nothing stands in for it"
        return f"{self.document} {self.edition}: commit {self.commit[:12]} cannot be had, {instead}"


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; ``unreachable`` is the cause where the source as a whole could not be reached."""

    brought: tuple[SyncItem, ...] = ()
    held: tuple[SyncItem, ...] = ()
    failed: tuple[SyncItem, ...] = ()
    stale: tuple[StalePin, ...] = ()
    unreachable: str | None = None

    @property
    def changed(self) -> bool:
        """Whether any file in the data folder is new or different; an index built before is then old."""
        return bool(self.brought)

    @property
    def complete(self) -> bool:
        """Whether every text of the catalog was brought or held."""
        return not self.failed

    def summary_lines(self) -> tuple[str, ...]:
        """The report for an operator: counts, then a line for each failure and each stale pin."""
        counts = f"texts: {len(self.brought)} brought, {len(self.held)} held, {len(self.failed)} failed"
        # what failed because the source is away is one piece of news, not one a text
        news = [self.unreachable] if self.unreachable else []
        failures = [f"failed: {item}" for item in self.failed if item.reason != self.unreachable]
        return (counts, *news, *failures, *(f"stale pin: {pin}" for pin in self.stale))


def sync(
    catalog: Catalog,
    folder: Path,
    *,
    source: str,
    timeout_s: float,
    attempts: int,
    max_bytes: int,
    refresh: bool = False,
    progress: Callable[[SyncEvent], None] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> SyncReport:
    """Bring what the catalog names and ``folder`` does not hold; with ``refresh``, bring everything anew.

    ``source`` is an http(s) address or a folder that holds ``kazakhstan-law/codes/<commit>/<path>/…``.
    A text that cannot be had replaces nothing and is reported; only what makes the whole sync
    pointless is raised.

    :raises SyncError: where ``source`` is neither, ``folder`` cannot be written, or another sync is at work.
    """
    shelf = Shelf(folder)
    limits = Limits(timeout_s, attempts, max_bytes)
    with closing(open_mirror(source, limits, pause)) as mirror, shelf.locked():
        run = _Run(shelf, mirror, refresh, progress)
        for document in catalog.documents:
            run.document(document)
        return run.report()


class _Run:
    """One sync, text after text."""

    def __init__(
        self, shelf: Shelf, mirror: Mirror, refresh: bool, progress: Callable[[SyncEvent], None] | None
    ) -> None:
        self._shelf = shelf
        self._mirror = mirror
        self._refresh = refresh
        self._progress = progress
        self._settled: list[SyncEvent] = []
        self._stale: dict[Edition, StalePin] = {}
        self._unreachable: str | None = None

    def report(self) -> SyncReport:
        def items(outcome: Outcome) -> tuple[SyncItem, ...]:
            return tuple(event.item for event in self._settled if event.outcome is outcome)

        stale = tuple(self._stale.values())
        brought, held, failed = items(Outcome.BROUGHT), items(Outcome.HELD), items(Outcome.FAILED)
        return SyncReport(brought, held, failed, stale, self._unreachable)

    def document(self, document: Document) -> None:
        # an edition without a commit is carried by the package
        for edition in (edition for edition in document.editions if edition.commit):
            # Kazakh first: a translation is only taken beside it
            for language in sorted(edition.languages, key=lambda language: language != KAZAKH):
                try:
                    self._text(document, edition, language)
                except UnreachableError as exc:
                    self._unreachable = str(exc)
                    self._fail(edition, language, str(exc))
                except (SyncError, ParseError) as exc:
                    self._fail(edition, language, str(exc))
                except OSError as exc:
                    self._fail(edition, language, f"cannot be written: {exc.strerror or exc}")

    def _text(self, document: Document, edition: Edition, language: str) -> None:
        if not self._refresh and self._shelf.holds(document.id, edition.name, language):
            self._settle(Outcome.HELD, SyncItem(document.id, edition.name, language))
            return
        if self._unreachable:
            raise UnreachableError(self._unreachable)
        body = self._mirror.fetch(_address(edition.commit, edition.path, f"{language}.md"))
        if body is None:
            self._from_main(document, edition, language)
            return
        law = law_of(body, f"{language}.md")
        if law.edition_day not in (None, edition.day):
            raise SyncError(f"found the edition {law.edition_day}, wanted {edition.name}")
        self._keep(edition, edition.day, language, body)

    def _from_main(self, document: Document, edition: Edition, language: str) -> None:
        self._stale.setdefault(edition, StalePin(document.id, edition.name, edition.commit))
        gone = f"commit {edition.commit[:12]} cannot be had"
        if edition.day < max(known.day for known in document.editions):
            raise SyncError(f"{gone}, and main has the newest edition only")
        body = self._mirror.fetch(_address(MAIN, edition.path, f"{language}.md"))
        if body is None:
            raise SyncError(f"{gone}, and main has no such file")
        # the day that stands in the text itself cannot belong to another build than the text
        day = law_of(body, f"{language}.md").edition_day or self._day_on_main(document, edition, language)
        if day < edition.day:
            raise SyncError(f"{gone}, and main has an older edition, {day}")
        if language != KAZAKH and not self._shelf.holds(document.id, day.isoformat(), KAZAKH):
            raise SyncError(f"main has it as of {day}, and no Kazakh text of that day is held")
        self._keep(edition, day, language, body)
        self._stale[edition] = StalePin(document.id, edition.name, edition.commit, day.isoformat())
        if day != edition.day:
            raise SyncError(f"{gone}; main gave {day} in its place")

    def _day_on_main(self, document: Document, edition: Edition, language: str) -> date:
        meta = read_meta(self._mirror.fetch(_address(MAIN, edition.path, "meta.yaml")), edition.languages)
        if document.act_code and meta.act_code not in (None, document.act_code):
            raise SyncError(f"main has the act {meta.act_code} here, wanted {document.act_code}")
        day = meta.day(language)
        if day is None:
            raise SyncError("the text on main says nowhere of which day it is")
        return day

    def _keep(self, edition: Edition, day: date, language: str, body: bytes) -> None:
        """Write what is new; the same bytes again change nothing."""
        item = SyncItem(edition.document, day.isoformat(), language)
        held = self._shelf.path(item.document, item.edition, language)
        if held.is_file() and held.read_bytes() == body:
            self._settle(Outcome.HELD, item)
            return
        self._shelf.put(item.document, item.edition, language, body)
        self._settle(Outcome.BROUGHT, item)

    def _fail(self, edition: Edition, language: str, reason: str) -> None:
        self._settle(Outcome.FAILED, SyncItem(edition.document, edition.name, language, reason))

    def _settle(self, outcome: Outcome, item: SyncItem) -> None:
        event = SyncEvent(outcome, item)
        self._settled.append(event)
        if self._progress:
            self._progress(event)


def _address(commit: str, path: str, file: str) -> str:
    return f"{REPOSITORY}/{commit}/{path}/{file}"
