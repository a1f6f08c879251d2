"""/bakylau, and the news that a sync brings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.kazakh import journalists as say
from bot.telegram.journalists.changes import DocumentChange, changes_between
from bot.telegram.journalists.text_state import TextState
from bot.telegram.journalists.watching import STATE_FILE, announce_changes, announce_new_texts, announcement
from knowledge.library import Library
from tests.bot.journalists_case import (
    ADDED,
    BRIDGE,
    CATALOG,
    CHAT,
    NEW,
    OLD,
    SINCE,
    THEN,
    TODAY,
    Case,
    bridge_law,
    case_in,
    running,
    write_laws,
)
from tests.bot_api import BotApiServer
from tests.knowledge.library_case import put

OTHER_CHAT = 602
TARGETS = "Бақылауға болатын құжаттар:\n• «Көпір туралы» Заң (law-bridge)\n• «Жол туралы» Заң (law-road)"


@pytest.fixture
async def case(tmp_path: Path) -> AsyncIterator[Case]:
    async with case_in(write_laws(tmp_path)) as case:
        yield case


async def says(server: BotApiServer, text: str, chat: int = CHAT) -> str:
    """The text of the reply."""
    sent = server.user_says(chat, text)
    return (await server.wait_for_message(chat, after=server.message_id_of(sent))).text


def state(folder: Path) -> TextState:
    return TextState.of(Library.load(CATALOG, folder))


# ---------------------------------------------------------------- the command


async def test_the_same_command_begins_and_ends_the_watch(case: Case) -> None:
    async with running(case) as server:
        assert await says(server, "/bakylau law-bridge") == (
            "Бақылау қосылды: «Көпір туралы» Заң. Мәтіні өзгерсе, хабарлаймын. "
            "Тоқтату үшін: /bakylau law-bridge"
        )
        assert await case.storage.subscriptions.of(CHAT) == ("law-bridge",)
        assert await says(server, "/bakylau көпір туралы заң") == "Бақылау тоқтатылды: «Көпір туралы» Заң."
        assert await case.storage.subscriptions.of(CHAT) == ()


async def test_without_a_document_it_lists_what_is_watched_and_what_can_be(case: Case) -> None:
    async with running(case) as server:
        assert await says(server, "/bakylau") == f"{say.WATCHES_NOTHING}\n\n{TARGETS}\n\n{say.WATCH_HEAD}"
        await says(server, "/bakylau law-road")
        assert await says(server, "/bakylau") == (
            f"Бақылауыңыздағы құжаттар:\n• «Жол туралы» Заң (law-road)\n\n{TARGETS}\n\n{say.WATCH_HEAD}"
        )


@pytest.mark.parametrize("document", ["Қылмыстық кодекс", "assembly-article"])
async def test_what_cannot_be_watched_is_answered_with_what_can(case: Case, document: str) -> None:
    async with running(case) as server:
        assert await says(server, f"/bakylau {document}") == f"{say.NO_SUCH_DOCUMENT}\n\n{TARGETS}"
        assert await case.storage.subscriptions.of(CHAT) == ()


# ---------------------------------------------------------------- what changed


def test_a_new_edition_is_compared_with_the_newest_before(tmp_path: Path) -> None:
    put(tmp_path, "law-bridge", OLD, bridge_law(THEN))
    before = state(tmp_path)
    put(tmp_path, "law-bridge", NEW, bridge_law(SINCE, changed=True, more=ADDED))
    assert changes_between(before, state(tmp_path)) == (
        DocumentChange("law-bridge", OLD, NEW, changed=("1",), added=("3",)),
    )


def test_an_article_that_is_printed_no_more_is_removed(tmp_path: Path) -> None:
    put(tmp_path, "law-bridge", OLD, bridge_law(THEN, more=ADDED))
    before = state(tmp_path)
    put(tmp_path, "law-bridge", NEW, bridge_law(THEN))
    assert changes_between(before, state(tmp_path)) == (
        DocumentChange("law-bridge", OLD, NEW, removed=("3",)),
    )


def test_a_note_on_an_amendment_is_no_change_of_words(tmp_path: Path) -> None:
    put(tmp_path, "law-bridge", OLD, bridge_law(THEN))
    before = state(tmp_path)
    put(tmp_path, "law-bridge", OLD, bridge_law(THEN, changed=True))
    assert changes_between(before, state(tmp_path)) == ()


def test_an_edition_corrected_in_place_is_a_change(tmp_path: Path) -> None:
    write_laws(tmp_path)
    before = state(tmp_path)
    put(tmp_path, "law-bridge", NEW, bridge_law("Көпір түзетілді.", changed=True, more=ADDED))
    put(tmp_path, "law-bridge", OLD, bridge_law("Ескі көпір түзетілді."))
    assert changes_between(before, state(tmp_path)) == (
        DocumentChange("law-bridge", NEW, NEW, changed=("1",), older_changed=(OLD,)),
    )


def test_an_older_edition_that_came_later_is_told_as_such(tmp_path: Path) -> None:
    put(tmp_path, "law-bridge", NEW, bridge_law(SINCE))
    before = state(tmp_path)
    put(tmp_path, "law-bridge", OLD, bridge_law(THEN))
    assert changes_between(before, state(tmp_path)) == (
        DocumentChange("law-bridge", NEW, NEW, older_added=(OLD,)),
    )


def test_a_text_that_got_lost_is_no_news_of_the_law(tmp_path: Path) -> None:
    write_laws(tmp_path)
    before = state(tmp_path)
    (tmp_path / "texts" / "law-bridge" / NEW / "kaz.md").unlink()
    (tmp_path / "texts" / "law-road" / "2021-01-01" / "kaz.md").unlink()
    assert changes_between(before, state(tmp_path)) == ()


def test_the_state_of_the_texts_survives_on_disk_and_a_broken_file_is_none(tmp_path: Path) -> None:
    saved = state(write_laws(tmp_path))
    saved.save(tmp_path / STATE_FILE)
    assert TextState.load(tmp_path / STATE_FILE) == saved
    (tmp_path / STATE_FILE).write_text('[{"document": 1}]')
    assert TextState.load(tmp_path / STATE_FILE) is None
    assert TextState.load(tmp_path / "nowhere") is None


# ---------------------------------------------------------------- the news


async def test_those_who_watch_are_told_what_changed_and_nobody_else(tmp_path: Path) -> None:
    put(tmp_path, "law-bridge", OLD, bridge_law(THEN))
    put(tmp_path, "law-road", "2021-01-01", bridge_law(THEN))
    async with case_in(tmp_path) as case, running(case) as server:
        await says(server, "/bakylau law-bridge")
        await says(server, "/bakylau law-road", chat=OTHER_CHAT)
        last = server.messages(CHAT)[-1]
        before = state(tmp_path)
        put(tmp_path, "law-bridge", NEW, bridge_law(SINCE, changed=True, more=ADDED))
        assert await announce_changes(before, state(tmp_path), CATALOG, case.storage, TODAY) == 1
        news = await server.wait_for_message(CHAT, after=last)
        assert news.text == (
            "Сіз бақылап отырған құжат өзгерді: «Көпір туралы» Заң.\n"
            "\n"
            "Жаңа мәтін: 2024 жылғы 6 мамырдағы редакция "
            "(бұған дейінгісі: 2020 жылғы 1 қаңтардағы редакция).\n"
            "Өзгерген баптар: 1 (барлығы 1).\n"
            "Қосылған баптар: 3 (барлығы 1).\n"
            "\n"
            "Ресми мәтін: https://zan.gov.kz/client/#!/doc/law-bridge/kaz\n"
            "Бапты оқу үшін: /derek law-bridge 1\n"
            "Бақылауды тоқтату үшін: /bakylau law-bridge"
        )
        assert len(server.messages(OTHER_CHAT)) == 1


async def test_the_same_change_is_told_once_however_often_it_is_announced(case: Case) -> None:
    await case.storage.subscriptions.add(CHAT, "law-bridge")
    after = TextState.of(case.library)
    before = TextState(
        tuple(
            replace(one, digest="0") if (one.edition, one.article) == (NEW, "1") else one
            for one in after.articles
        )
    )
    for _ in range(3):
        await announce_changes(before, after, CATALOG, case.storage, TODAY)
    (delivery,) = await case.storage.deliveries.due(10)
    await case.storage.deliveries.sent(delivery.id, 1)
    assert await case.storage.deliveries.due(10) == ()
    await announce_changes(before, after, CATALOG, case.storage, date(2026, 11, 24))
    assert len(await case.storage.deliveries.due(10)) == 1


async def test_the_first_start_takes_note_and_a_later_one_tells_what_came_since(tmp_path: Path) -> None:
    put(tmp_path, "law-bridge", OLD, bridge_law(THEN))
    async with case_in(tmp_path) as case:
        await case.storage.subscriptions.add(CHAT, "law-bridge")
        assert await announce_new_texts(case.library, case.storage, tmp_path, TODAY) == 0
        assert await announce_new_texts(case.library, case.storage, tmp_path, TODAY) == 0
    put(tmp_path, "law-bridge", NEW, bridge_law(SINCE, changed=True))
    async with case_in(tmp_path) as case:
        assert await announce_new_texts(case.library, case.storage, tmp_path, TODAY) == 1
        assert await announce_new_texts(case.library, case.storage, tmp_path, TODAY) == 0


async def test_a_note_that_cannot_be_written_keeps_nobody_from_the_news(tmp_path: Path) -> None:
    put(tmp_path, "law-bridge", OLD, bridge_law(THEN))
    async with case_in(tmp_path) as case:
        (tmp_path / STATE_FILE).mkdir()
        with capture_logs() as logs:
            assert await announce_new_texts(case.library, case.storage, tmp_path, TODAY) == 0
        assert [log["event"] for log in logs if log["log_level"] == "error"] == ["texts_not_noted"]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            DocumentChange("law-bridge", None, NEW),
            "Сіз бақылап отырған құжаттың мәтіні жүктелді: «Көпір туралы» Заң, "
            "2024 жылғы 6 мамырдағы редакция.",
        ),
        (
            DocumentChange("law-bridge", NEW, NEW, changed=("1", "2", "3", "10-1")),
            "2024 жылғы 6 мамырдағы редакция мәтіні түзетілген.\nӨзгерген баптар: 1–3, 10-1 (барлығы 4).",
        ),
        (
            DocumentChange("law-bridge", OLD, NEW),
            "(бұған дейінгісі: 2020 жылғы 1 қаңтардағы редакция).\nБаптардың сөзі өзгермеген.",
        ),
        (
            DocumentChange("law-bridge", NEW, NEW, older_changed=(OLD,)),
            "Бұрынғы мәтін де өзгерді: 2020 жылғы 1 қаңтардағы редакция.",
        ),
        (
            DocumentChange("law-bridge", NEW, NEW, older_added=(OLD,)),
            "Бұрынғы мәтін қосылды: 2020 жылғы 1 қаңтардағы редакция.",
        ),
    ],
)
def test_each_kind_of_change_is_said_in_kazakh(change: DocumentChange, lines: str) -> None:
    assert lines in announcement(change, BRIDGE)
