"""Two small laws in a data folder, and the journalists' handlers at work on a loopback Bot API server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import ApplicationBuilder, Defaults

from bot.storage import Storage
from bot.telegram.deliveries import Outbox
from bot.telegram.journalists import handlers
from knowledge.catalog import Catalog, load_catalog
from knowledge.library import Library
from knowledge.model import Document, DocumentKind, Edition
from tests.bot_api import BotApiServer
from tests.knowledge.library_case import put

CHAT = 601
TODAY = date(2026, 11, 23)
SECRET = b"a secret of the tests, long enough"
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
CATALOG = Catalog((load_catalog().document("assembly-article"), BRIDGE, ROAD))

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
    """What the handlers are handed; the folder is the data folder."""

    folder: Path
    storage: Storage
    library: Library
    catalog: Catalog
    today: Callable[[], date]


@asynccontextmanager
async def case_in(folder: Path, catalog: Catalog = CATALOG, today: date = TODAY) -> AsyncIterator[Case]:
    """Over texts that are in ``folder`` already, with a SQLite database of its own."""
    storage = await Storage.open(None, folder, SECRET)
    try:
        yield Case(folder, storage, Library.load(catalog, folder), catalog, lambda: today)
    finally:
        await storage.close()


@asynccontextmanager
async def running(case: Case) -> AsyncIterator[BotApiServer]:
    """The server, with the handlers polling it and the outbox sending what is owed."""
    async with BotApiServer() as server:
        defaults = Defaults(
            parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        )
        application = (
            ApplicationBuilder()
            .token(server.token)
            .base_url(f"{server.url}/bot")
            .base_file_url(f"{server.url}/file/bot")
            .defaults(defaults)
            .job_queue(None)
            .build()
        )
        application.add_handlers(handlers(case))
        async with application:
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling(allowed_updates=("message", "callback_query"))
            pump = asyncio.create_task(Outbox(case.storage).run(application.bot))
            try:
                yield server
            finally:
                pump.cancel()
                with suppress(asyncio.CancelledError):
                    await pump
                await application.updater.stop()
                await application.stop()
