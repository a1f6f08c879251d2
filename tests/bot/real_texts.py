"""What can be tested on the real texts without the model: library, citer, comparer, as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.citing import Citer
from bot.comparison import Comparer
from bot.conflicts import Conflicts
from bot.history import Histories
from knowledge.article_text import load_article_notes
from knowledge.catalog import Catalog, load_catalog
from knowledge.library import Library
from knowledge.successors import load_successors
from tests.real import TODAY

DAY_BEFORE = date(2026, 6, 30)
DAY_OF_REPEAL = date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that reads the texts and the clock."""

    catalog: Catalog
    library: Library
    citer: Citer
    comparer: Comparer
    histories: Histories
    conflicts: Conflicts


@cache
def texts_on(folder: Path, today: date = TODAY) -> Texts:
    catalog = load_catalog()
    library = _library(folder)
    notes, successors = load_article_notes(), load_successors()
    citer = Citer(catalog, library, notes, lambda: today)
    return Texts(
        catalog,
        library,
        citer,
        Comparer(catalog, library, citer, successors, lambda: today),
        Histories(catalog, library, lambda: today),
        Conflicts(successors, notes),
    )


@cache
def _library(folder: Path) -> Library:
    return Library.load(load_catalog(), folder)
