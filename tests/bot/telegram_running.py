"""A real application at work on a loopback Bot API server, on a real database, and a core for it to ask."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from bot.citing import Citer
from bot.claims import Checker
from bot.storage.database import SQLITE_FILE
from bot.storage.storage import Storage
from bot.telegram.application import ALLOWED_UPDATES, TelegramApplication, build_application
from bot.telegram.core import AnsweringCore, DocumentLine, FullText
from bot.telegram.dependencies import Dependencies, StaffRoom
from knowledge.article_text import load_article_notes
from knowledge.catalog import Catalog, load_catalog
from knowledge.library import Library
from knowledge.successors import load_successors
from retrieval.search import Searcher
from tests.bot.samples import ANSWER, OLD_SENTENCE
from tests.bot_api import BotApiServer
from tests.fakes import FakeCore

CHAT = 501
QUESTION = ANSWER.question
OLD_ID, NEW_ID = (citation.quote.passage.id for citation in (*ANSWER.citations, *ANSWER.now))
SHORT = FullText("Ассамблея туралы заң", "9-бап", (OLD_SENTENCE,), "Күші жойылған.")
LONG = FullText(
    "Ассамблея <заңы>",
    "9-бап · 2022 жылғы 7 ақпандағы редакция",
    tuple(f"{number}. Тармақтың мәтіні осында тұрады. " * 12 for number in range(1, 25)),
    "Күші жойылған.",
)
HELP_START = "Сұрағыңызды өз сөзіңізбен жазыңыз."
LONG_QUESTION = "Қазақстан халқы Ассамблеясының мүшелігіне үміткерлерді кім және қалай ұсынады?"


TODAY = date(2026, 11, 22)
SECRET = b"0123456789abcdef-of-the-tests"
NO_STAFF = StaffRoom()


@asynccontextmanager
async def running(
    core: AnsweringCore,
    *,
    folder: Path | None = None,
    staff: StaffRoom = NO_STAFF,
    questions_per_minute: int = 1000,
    typing_after_s: float = 60,
    patience_s: float = 60,
    library: Library | None = None,
    searcher: Searcher | None = None,
    **more: Any,
) -> AsyncIterator[BotApiServer]:
    """The server, with an application at work on it as ``run_polling`` would have it.

    :param folder: of the database; by default a new one that is gone afterwards.
    :param more: any other field of ``Dependencies``.
    """
    with tempfile.TemporaryDirectory() as new_folder:
        async with BotApiServer() as server, storage_in(folder or Path(new_folder)) as storage:
            deps = dependencies(
                core,
                storage,
                staff=staff,
                per_minute=questions_per_minute,
                library=library,
                searcher=searcher,
                **more,
            )
            async with at_work(deps, server, typing_after_s=typing_after_s, patience_s=patience_s):
                yield server


@asynccontextmanager
async def at_work(
    deps: Dependencies, server: BotApiServer, **settings: Any
) -> AsyncIterator[TelegramApplication]:
    """An application on a server that runs, started and stopped as ``run_polling`` does."""
    application = build_application(
        deps, token=server.token, api_url=server.url, messages_per_second=0, **settings
    )
    async with application:
        assert application.post_init is not None and application.post_stop is not None
        assert application.updater is not None
        await application.post_init(application)
        await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
        await application.start()
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()
            await application.post_stop(application)


@asynccontextmanager
async def storage_in(folder: Path) -> AsyncIterator[Storage]:
    """A database in a folder; a new one starts as a copy, since migrating takes a while."""
    if not (folder / SQLITE_FILE).exists():
        await copy_database(folder)
    storage = await open_storage(folder)
    try:
        yield storage
    finally:
        await storage.close()


async def open_storage(folder: Path) -> Storage:
    return await Storage.open(None, folder, SECRET)


async def copy_database(folder: Path) -> None:
    """An empty database."""
    shutil.copy(await _migrated(), folder / SQLITE_FILE)


_template: list[tempfile.TemporaryDirectory[str]] = []  # kept until the tests end


async def _migrated() -> Path:
    if not _template:
        _template.append(tempfile.TemporaryDirectory())
        storage = await open_storage(Path(_template[0].name))
        await storage.close()
    return Path(_template[0].name) / SQLITE_FILE


def dependencies(
    core: AnsweringCore,
    storage: Storage,
    *,
    staff: StaffRoom = NO_STAFF,
    per_minute: int = 1000,
    library: Library | None = None,
    searcher: Searcher | None = None,
    **more: Any,
) -> Dependencies:
    """Real parts but for the core, and for the searcher, which only staff's cards use.

    :param more: any other field of ``Dependencies``.
    """
    catalog, notes = _catalog(), load_article_notes()
    held = library or own_texts()
    citer = Citer(catalog, held, notes, lambda: TODAY)
    return Dependencies(
        core=core,
        checker=Checker(catalog, held, citer, notes, load_successors(), lambda: TODAY),
        storage=storage,
        searcher=cast("Searcher", searcher),
        library=held,
        catalog=catalog,
        staff=staff,
        today=lambda: TODAY,
        questions_per_minute=per_minute,
        **more,
    )


@cache
def _catalog() -> Catalog:
    return load_catalog()


@cache
def own_texts() -> Library:
    """What the project itself carries: the source article, no law."""
    return Library.load(_catalog(), Path("nowhere"))


async def until(true: Callable[[], bool], timeout_s: float = 10) -> None:
    """Wait for something that the server knows nothing of. :raises TimeoutError: it did not come."""
    async with asyncio.timeout(timeout_s):
        while not true():  # noqa: ASYNC110 # what is waited for lies in another process or a file
            await asyncio.sleep(0.005)


def sample_core() -> FakeCore:
    """A core with one answer, the full texts of what it cites, two documents and three examples."""
    return FakeCore(
        replies={QUESTION: ANSWER},
        texts={OLD_ID: LONG, NEW_ID: SHORT},
        lines=(
            DocumentLine(
                "Ассамблея <туралы>",
                "№ 70-IV",
                "https://zan.gov.kz/?a&b",
                (date(2008, 10, 20), date(2022, 2, 7)),
                "2026 жылғы 1 шілдеде күші жойылған",
            ),
            DocumentLine("Бастапқы мақала", "", "https://example.kz", (), "құқықтық күші жоқ"),
        ),
        questions=(QUESTION, "Халық Кеңесіне неше адам кіреді?", "Қашан құрылды?"),
    )
