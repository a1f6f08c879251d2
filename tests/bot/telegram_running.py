"""A real application at work on a loopback Bot API server, and a core for it to ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from bot.telegram.application import ALLOWED_UPDATES, build_application
from bot.telegram.core import DocumentLine, FullText
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
LONG_QUESTION = "Қазақстан халқы Ассамблеясының мүшелігіне үміткерлерді кім және қалай ұсынады?"


@asynccontextmanager
async def running(core: FakeCore, *, typing_after_s: float = 60) -> AsyncIterator[BotApiServer]:
    """The server, with an application at work on it as ``run_polling`` would have it."""
    async with BotApiServer() as server:
        application = build_application(
            core, token=server.token, api_url=server.url, messages_per_second=0, typing_after_s=typing_after_s
        )
        async with application:
            assert application.post_init is not None and application.updater is not None
            await application.post_init(application)
            await application.start()
            await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
            try:
                yield server
            finally:
                await application.updater.stop()
                await application.stop()


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
