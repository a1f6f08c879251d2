"""What an operator sees while a command works: on standard error, so that standard output stays data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import structlog
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from knowledge.sync import Outcome, SyncEvent

_err = Console(stderr=True, highlight=False)
_log = structlog.get_logger("console")
_events = False


def as_events() -> None:
    """From now on, log lines in place of lines for a person, and no progress shown."""
    global _events
    _events, _err.quiet = True, True


def say(line: str) -> None:
    if _events:
        _log.info("said", line=line)
    _err.print(escape(line), style="dim", soft_wrap=True)


def complain(line: str) -> None:
    if _events:
        _log.warning("complained", line=line)
    _err.print(escape(line), style="yellow", soft_wrap=True)


def told(event: SyncEvent) -> None:
    """One text of a sync is settled; what was held already is not worth a line."""
    if event.outcome is Outcome.BROUGHT:
        say(f"brought {event.item}")


@contextmanager
def working(what: str) -> Iterator[None]:
    """A spinner with a word on what is being done."""
    with _err.status(f"{escape(what)}…"):
        yield


class Bar:
    """A progress bar that appears with the first news and goes when it is done."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        return self

    def update(self, done: int, total: int) -> None:
        if self._progress is None:
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=_err,
                transient=True,
            )
            self._progress.start()
            self._task = self._progress.add_task(self._what, total=total)
        assert self._task is not None
        self._progress.update(self._task, completed=done, total=total)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()
