"""``python -m bot stats``: what /statistika counts, as a table to read and as CSV to compute with."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import kazakh
from bot.charts import feedback_bars, outcome_bars, topic_label
from bot.kazakh import staff as say
from bot.service import open_storage
from bot.storage.clock import Clock, day_of, utc_now
from bot.storage.values import Statistics
from config.settings import Settings
from knowledge.catalog import Catalog

COLUMNS = ("day", "answered", "refused", "passed_on", "smalltalk")
"""Of the CSV; a row a day, ISO dates. Its names are for programs, so they stay English."""

WIDTH = 120
"""Columns where the output is no terminal."""


async def counted(settings: Settings, days: int, clock: Clock = utc_now) -> Statistics:
    """The last ``days`` days up to today, as days are counted in Kazakhstan.

    :raises bot.storage.errors.StorageError: the database cannot be used.
    """
    until = day_of(clock())
    storage = await open_storage(settings)
    try:
        return await storage.statistics.between(until - timedelta(days=days - 1), until)
    finally:
        await storage.close()


def show(statistics: Statistics, catalog: Catalog, out: TextIO) -> None:
    """Four tables; days on which nobody asked are left out."""
    width = None if out.isatty() else WIDTH
    console = Console(file=out, highlight=False, width=width)
    console.print(f"{say.STATISTICS}: {say.span(statistics.since, statistics.until)}", style="bold")
    asked = [
        (
            kazakh.format_date(day.day),
            *map(kazakh.format_number, (day.answered, day.refused, day.passed_on, day.smalltalk)),
        )
        for day in statistics.days
        if day.answered or day.refused or day.passed_on or day.smalltalk
    ]
    head = ("", say.ANSWERED, say.REFUSED, say.PASSED_ON, say.SMALLTALK)
    sums = tuple(kazakh.format_number(bar.value) for bar in outcome_bars(statistics))
    console.print(_table(say.QUESTIONS_A_DAY, head, asked, foot=("", *sums)))
    votes = [(bar.label, kazakh.format_number(bar.value)) for bar in feedback_bars(statistics.feedback)]
    console.print(_table(say.FEEDBACK, ("", ""), votes))
    topics = [(topic_label(t, catalog), kazakh.format_number(t.questions)) for t in statistics.topics]
    console.print(_table(say.TOPICS, ("", ""), topics))
    slow = [
        (one.text or say.TEXT_DELETED, kazakh.format_number(round(one.elapsed_ms)))
        for one in statistics.slowest
    ]
    console.print(_table(say.SLOWEST, ("", ""), slow))
    console.print(say.speed(statistics.people, statistics.median_ms))


def write_csv(statistics: Statistics, out: TextIO) -> None:
    """The days, every one of them."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for day in statistics.days:
        writer.writerow((day.day.isoformat(), day.answered, day.refused, day.passed_on, day.smalltalk))


def save_csv(statistics: Statistics, path: Path) -> None:
    """:raises OSError: the file cannot be written."""
    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv(statistics, out)


def _table(
    title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]], foot: tuple[str, ...] | None = None
) -> Table:
    table = Table(title=title, title_justify="left", show_header=any(head), show_footer=foot is not None)
    for at, name in enumerate(head):
        table.add_column(name, footer=foot[at] if foot else "", justify="right" if at else "left")
    empty = True
    for row in rows:
        table.add_row(*map(Text, row))  # as text: a question may hold what rich takes for markup
        empty = False
    if empty:
        table.add_row(say.NO_DATA, *[""] * (len(head) - 1))
    return table
