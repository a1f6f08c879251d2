"""The button «Толық мәтін»: its pages, and the keys behind the buttons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot import kazakh
from bot.telegram.buttons import Keys
from bot.telegram.core import FullText
from bot.telegram.pages import pages_of
from tests.bot.samples import ANSWER, OLD_SENTENCE, cite
from tests.bot.telegram_running import (
    CHAT,
    LONG,
    LONG_QUESTION,
    OLD_ID,
    QUESTION,
    SHORT,
    running,
    sample_core,
)
from tests.fakes import FakeCore
from tests.telegram_html import parse, utf16_length


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def test_the_full_text_opens_in_pages_that_are_turned_in_place(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        labels = [button.text for button in answer.buttons[0]]
        assert labels == [
            "Толық мәтін: 9-бап",
            "Қазіргі заң: 1-бап",
        ]
        server.taps(answer, labels[0])
        page = await server.wait_for_message(CHAT, after=answer)
        pages = pages_of(LONG)
        assert page.reply_to == answer.message_id
        assert page.text == parse(pages[0]).text
        assert [[button.text for button in row] for row in page.buttons] == [["Келесі ▶"]]
        server.taps(page, "Келесі ▶")
        second = await server.wait_for_edit(page)
        assert second.text == parse(pages[1]).text
        assert [[button.text for button in row] for row in second.buttons] == [["◀ Алдыңғы", "Келесі ▶"]]
        server.taps(second, "◀ Алдыңғы")
        assert (await server.wait_for_edit(second)).text == parse(pages[0]).text


async def test_a_page_turned_twice_by_a_double_tap_is_no_error(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        server.taps(answer, "Толық мәтін: 9-бап")
        page = await server.wait_for_message(CHAT, after=answer)
        with capture_logs() as logs:
            server.taps(page, "Келесі ▶")
            server.taps(page, "Келесі ▶")
            await server.wait_for_call("editMessageText", count=2)
            server.user_says(CHAT, "/help")
            await server.wait_for_message(CHAT, after=page)
        assert [log for log in logs if log["event"] == "update_failed"] == []


async def test_one_article_has_one_plain_button_and_a_single_page_has_none(
    core: FakeCore,
) -> None:
    again = cite("Үшінші тармақ.", point="3", passage_id=OLD_ID)
    core.replies = {QUESTION: replace(ANSWER, citations=(*ANSWER.citations, again), now=())}
    core.texts = {OLD_ID: SHORT}
    async with running(core) as server:
        server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        assert [row[0].text for row in answer.buttons if "мәтін" in row[0].text] == ["Толық мәтін"]
        server.taps(answer, "Толық мәтін")
        page = await server.wait_for_message(CHAT, after=answer)
        assert page.text == f"Ассамблея туралы заң\n9-бап\n\n⚠️ Күші жойылған.\n\n{OLD_SENTENCE}"
        assert page.buttons == ()


async def test_a_full_text_that_is_no_longer_held_is_said_in_an_alert(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        core.texts = {}
        server.taps(answer, "Толық мәтін: 9-бап")
        call = await server.wait_for_call("answerCallbackQuery")
        assert (call.params["text"], call.params["show_alert"]) == (kazakh.FULL_TEXT_GONE, True)


def test_a_short_text_is_its_own_key_and_a_long_one_is_remembered_up_to_the_capacity() -> None:
    keys = Keys(capacity=2)
    assert keys.shorten("law-assembly/2022-02-07/9/2") == "law-assembly/2022-02-07/9/2"
    assert keys.expand("law-assembly/2022-02-07/9/2") == "law-assembly/2022-02-07/9/2"
    long_keys = [keys.shorten(f"{number}. {LONG_QUESTION}") for number in range(3)]
    assert [keys.expand(key) for key in long_keys] == [None, f"1. {LONG_QUESTION}", f"2. {LONG_QUESTION}"]
    assert keys.expand(keys.shorten("~белгі")) == "~белгі"


@given(st.text(max_size=200))
def test_every_key_fits_beside_a_page_number(text: str) -> None:
    assert len(f"p:9999:{Keys().shorten(text)}".encode()) <= 64


def test_each_page_carries_title_source_notice_and_its_number() -> None:
    pages = [parse(page) for page in pages_of(LONG)]
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert page.text.startswith(
            "Ассамблея <заңы>\n9-бап · 2022 жылғы 7 ақпандағы редакция\n\n⚠️ Күші жойылған.\n\n"
        )
        assert page.text.endswith(f"\n\n{number}-бет (барлығы 3)")


def test_a_paragraph_stays_whole_where_a_page_takes_it() -> None:
    joined = "".join(parse(page).text for page in pages_of(LONG))
    assert all(paragraph.strip() in joined for paragraph in LONG.paragraphs)


def test_a_title_that_leaves_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match=r"leaves -?\d+ of 200 units"):
        pages_of(FullText("т" * 180, "", ("Мәтін.",)), max_units=200)


@given(st.lists(st.text(st.sampled_from("аә <&>.\n😀Қ"), max_size=400), max_size=8))
def test_pages_lose_no_letter_and_none_is_too_long(paragraphs: list[str]) -> None:
    pages = [parse(page).text for page in pages_of(FullText("Т", "К", tuple(paragraphs)), max_units=300)]
    bodies = [page.removeprefix("Т\nК") for page in pages]
    if len(pages) > 1:
        bodies = [body.rpartition("\n\n")[0] for body in bodies]
    assert "".join("".join(bodies).split()) == "".join("".join(paragraphs).split())
    assert all(utf16_length(page) <= 300 for page in pages)
