"""Two small laws in a data folder, and the application at work on them on a loopback Bot API server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.storage import Storage
from bot.telegram.dependencies import Dependencies
from knowledge.catalog import Catalog, load_catalog
from knowledge.library import Library
from knowledge.model import Document, DocumentKind, Edition
from tests.bot.telegram_running import at_work, dependencies, storage_in
from tests.bot_api import BotApiServer
from tests.fakes import FakeCore
from tests.knowledge.library_case import put

CHAT = 601
TODAY = date(2026, 11, 23)
OLD, NEW = "2020-01-01", "2024-05-06"


def _law(id: str, name: str, number: str, *days: str) -> Document:
    first = date.fromisoformat(days[0])
    return Document(
        id=id,
        kind=DocumentKind.LAW,
        title=f"«{name}» Қазақстан Республикасының Заңы",
        short_title=f"«{name}» Заң",
        requisites=f"2020 жылғы 1 қаңтардағы № {number} Қазақстан Республикасының Заңы",
        url=f"https://zan.gov.kz/client/#!/doc/{id}/kaz",
        act_code="1",
        adopted=first,
        in_force_from=first,
        editions=tuple(Edition(id, date.fromisoformat(day), "a" * 40, id) for day in days),
    )


BRIDGE = _law("law-bridge", "Көпір туралы", "1-VII", OLD, NEW)
ROAD = _law("law-road", "Жол туралы", "2-VII", "2021-01-01")
_REAL = load_catalog()
# the real laws are known to the catalog, and not held
CATALOG = Catalog(
    (
        _REAL.document("assembly-article"),
        BRIDGE,
        ROAD,
        _REAL.document("law-assembly"),
        _REAL.document("law-halyk-kenesi"),
    )
)

_CHANGED = "> *Ескерту. 1-бапқа өзгеріс енгізілді - ҚР 06.05.2024 № 9-VIII Заңымен.*\n"
LONG_POINTS = tuple(f"{number}. Көпірдің {number}-тірегі берік болуға тиіс. " * 20 for number in range(1, 9))


def bridge_law(first: str, *, changed: bool = False, more: str = "") -> str:
    """«Көпір туралы» with ``first`` as the only point of article 1; article 2 takes several pages."""
    points = "\n\n".join(text.strip() for text in LONG_POINTS)
    return (
        f"# Көпір туралы\n\n### 1-бап. Мақсаты\n\n1. {first}\n\n{_CHANGED if changed else ''}\n"
        f"### 2-бап. Тіректер\n\n{points}\n{more}"
    )


THEN, SINCE = "Көпір екі жағаны қосады.", "Көпір үш жағаны қосады."
ADDED = "\n### 3-бап. Соңы\n\nБұл бап кейін қосылды.\n"


def write_laws(folder: Path) -> Path:
    """Both editions of one law, and the other law."""
    put(folder, "law-bridge", OLD, bridge_law(THEN))
    put(folder, "law-bridge", NEW, bridge_law(SINCE, changed=True, more=ADDED))
    put(folder, "law-road", "2021-01-01", "# Жол туралы\n\n### 1-бап. Жол\n\n1. Жол түзу.\n")
    return folder


@dataclass(frozen=True, slots=True)
class Case:
    """What the handlers are handed, and what a test looks at."""

    deps: Dependencies
    storage: Storage
    library: Library


@asynccontextmanager
async def case_in(folder: Path, core: FakeCore | None = None) -> AsyncIterator[Case]:
    """Over texts that are in ``folder`` already, with a database of its own there."""
    library = Library.load(CATALOG, folder)
    async with storage_in(folder) as storage:
        deps = dependencies(core or FakeCore(), storage, library=library)
        yield Case(replace(deps, catalog=CATALOG, today=lambda: TODAY), storage, library)


@asynccontextmanager
async def running(case: Case) -> AsyncIterator[BotApiServer]:
    """The server, with the whole application at work on it."""
    async with BotApiServer() as server, at_work(case.deps, server):
        yield server
