"""The button «Дәйексөз»: from the tap to the picture and the text."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from telegram import InlineKeyboardButton

from bot.answers import Answer, Citation, NoAnswer, Standing
from bot.citation_card import short_hash
from bot.kazakh import journalists as say
from bot.telegram.deeplinks import code_of
from bot.telegram.journalists.cards import card_button, card_rows, quote_button
from knowledge.library import Library
from knowledge.model import Passage, Quote, Reference
from tests.bot.journalists_case import BRIDGE, CHAT, NEW, SINCE, Case, case_in, running, write_laws
from tests.bot.samples import ANSWER, OLD_SENTENCE, cite
from tests.bot_api import BotApiServer, SentMessage
from tests.fakes import FakeCore
from tests.knowledge.library_case import law, put
from tests.telegram_html import utf16_length


@pytest.fixture
async def case(tmp_path: Path) -> AsyncIterator[Case]:
    async with case_in(write_laws(tmp_path)) as case:
        yield case


async def tapping(server: BotApiServer, button: InlineKeyboardButton) -> SentMessage:
    """Tap a button under a message of the bot; returns that message."""
    sent = server.user_says(CHAT, "Сәлем")
    hello = await server.wait_for_message(CHAT, after=server.message_id_of(sent))
    markup = {"inline_keyboard": [[button.to_dict()]]}
    await server.bot_call("sendMessage", {"chat_id": CHAT, "text": "Жауап", "reply_markup": markup})
    message = await server.wait_for_message(CHAT, after=hello)
    server.taps(message, button.text)
    return message


def passage(library: Library, document: str, article: str, point: str, edition: str = NEW) -> Passage:
    return library.find(Reference(document, article, point), edition)[0]


async def test_a_tap_sends_the_picture_and_the_text_to_copy(case: Case) -> None:
    found = passage(case.library, "law-bridge", "1", "1")
    async with running(case) as server:
        tapped = await tapping(server, quote_button(Quote(found, found.text), say.CARD))
        photo = await server.wait_for_message(CHAT, after=tapped)
        text = await server.wait_for_message(CHAT, after=photo)
    link = f"https://t.me/assembly_test_bot?start={code_of(found)}"
    assert (photo.method, photo.reply_to) == ("sendPhoto", tapped.message_id)
    assert photo.file is not None
    assert Image.open(io.BytesIO(photo.file)).size == (1200, 630)
    assert photo.text == f"«Көпір туралы» Заң, 1-бап, 1-тармақ · күшінде\n{link}"
    assert text.text == (
        "«Көпір үш жағаны қосады.»\n"
        "\n"
        "— «Көпір туралы» Заң, 1-бап, 1-тармақ\n"
        "2020 жылғы 1 қаңтардағы № 1-VII Қазақстан Республикасының Заңы\n"
        "2024 жылғы 6 мамырдағы редакция; бұл мәтін 2024 жылғы 6 мамырдан бастап қолданылады\n"
        "Мәртебесі: күшінде\n"
        "Тексерілген күні: 2026 жылғы 23 қараша\n"
        "Ресми мәтін: https://zan.gov.kz/client/#!/doc/law-bridge/kaz\n"
        f"Үзіндіге сілтеме: {link}\n"
        f"Үзіндінің SHA-256 белгісі: {short_hash(SINCE)}"
    )
    assert [entity.type for entity in text.parsed.entities] == ["pre"]


async def test_words_and_place_have_a_copy_button_where_256_characters_hold_them(case: Case) -> None:
    short, long = (passage(case.library, "law-bridge", article, "1") for article in ("1", "2"))
    async with running(case) as server:
        tapped = await tapping(server, quote_button(Quote(short, short.text), say.CARD))
        photo = await server.wait_for_message(CHAT, after=tapped)
        text = await server.wait_for_message(CHAT, after=photo)
        assert text.markup == {
            "inline_keyboard": [
                [
                    {
                        "text": "Үзіндіні көшіру",
                        "copy_text": {
                            "text": "«Көпір үш жағаны қосады.» («Көпір туралы» Заң, 1-бап, 1-тармақ; "
                            f"күшінде; https://t.me/assembly_test_bot?start={code_of(short)})"
                        },
                    }
                ]
            ]
        }
        tapped = await tapping(server, quote_button(Quote(long, long.text), say.CARD))
        photo = await server.wait_for_message(CHAT, after=tapped)
        assert (await server.wait_for_message(CHAT, after=photo)).markup is None


async def test_part_of_a_passage_has_a_card_of_its_own_words(case: Case) -> None:
    found = passage(case.library, "law-bridge", "2", "3")
    part = found.text[: found.text.index(".") + 1]
    async with running(case) as server:
        tapped = await tapping(server, quote_button(Quote(found, part), say.CARD))
        photo = await server.wait_for_message(CHAT, after=tapped)
        text = await server.wait_for_message(CHAT, after=photo)
        assert text.text.startswith(f"«{part}»\n")
        assert text.text.endswith(short_hash(part))


async def test_a_quotation_too_long_for_a_picture_is_said_to_be_and_given_whole_as_text(
    tmp_path: Path,
) -> None:
    long = " ".join(f"{number}-сөйлем осында тұр." for number in range(1, 301))
    put(tmp_path, "law-bridge", NEW, law(long))
    async with case_in(tmp_path) as case, running(case) as server:
        found = passage(case.library, "law-bridge", "1", "1")
        tapped = await tapping(server, quote_button(Quote(found, found.text), say.CARD))
        said = await server.wait_for_message(CHAT, after=tapped)
        first = await server.wait_for_message(CHAT, after=said)
        second = await server.wait_for_message(CHAT, after=first)
        assert said.text == "Үзінді бір суретке сыймайды. Қысқартпай, мәтін түрінде беремін."
        assert f"{first.text} {second.text}".startswith(f"«{long}»")
        assert max(utf16_length(message.text) for message in (first, second)) <= 4096
        assert server.calls_of("sendPhoto") == ()


async def test_a_letter_that_cannot_be_drawn_leads_to_the_text(tmp_path: Path) -> None:
    put(tmp_path, "law-bridge", NEW, law("Белгісі 😀 болады."))
    async with case_in(tmp_path) as case, running(case) as server:
        found = passage(case.library, "law-bridge", "1", "1")
        tapped = await tapping(server, quote_button(Quote(found, found.text), say.CARD))
        said = await server.wait_for_message(CHAT, after=tapped)
        assert said.text == say.CARD_NOT_DRAWN
        assert (await server.wait_for_message(CHAT, after=said)).text.startswith("«Белгісі 😀 болады.»")


async def test_a_quotation_whose_text_changed_is_said_to_be_gone(case: Case) -> None:
    old = Passage(f"law-bridge/{NEW}/1/1", "law-bridge", NEW, "Көпір жоқ.", 0, "1", "1")
    async with running(case) as server:
        await tapping(server, quote_button(Quote(old, old.text), say.CARD))
        call = await server.wait_for_call("answerCallbackQuery")
        assert (call.params["text"], call.params["show_alert"]) == (say.CARD_GONE, True)


async def test_a_long_passage_id_is_replaced_by_the_start_of_its_texts_hash(tmp_path: Path) -> None:
    put(tmp_path, "law-bridge", NEW, "# Көпір\n\n### 1-бап. Мақсаты\n\nЕкі жағаны қосады.\n")
    async with case_in(tmp_path) as case, running(case) as server:
        found = case.library.find(Reference("law-bridge", "1"), NEW)[0]
        named = Passage("law-bridge/" + "а" * 40, "law-bridge", NEW, found.text, 0, "1")
        button = quote_button(Quote(named, "Екі жағаны"), say.CARD)
        assert str(button.callback_data).startswith(f"j:c:#{found.digest[:16]}:0:10:")
        tapped = await tapping(server, button)
        photo = await server.wait_for_message(CHAT, after=tapped)
        text = await server.wait_for_message(CHAT, after=photo)
        assert text.text.startswith("«Екі жағаны»\n\n— «Көпір туралы» Заң, 1-бап\n")


async def test_the_buttons_of_an_article_lead_to_cards(case: Case) -> None:
    async with running(case) as server:
        sent = server.user_says(CHAT, "/derek law-road 1")
        page = await server.wait_for_message(CHAT, after=server.message_id_of(sent))
        server.taps(page, "Дәйексөз 1")
        photo = await server.wait_for_message(CHAT, after=page)
        assert photo.text.startswith("«Жол туралы» Заң, 1-бап, 1-тармақ · күшінде\n")


async def test_a_question_is_answered_with_a_card_button_under_its_quotation(tmp_path: Path) -> None:
    core = FakeCore()
    async with case_in(write_laws(tmp_path), core) as case, running(case) as server:
        found = passage(case.library, "law-bridge", "1", "1")
        standing = Standing(in_force=True, since=date(2024, 5, 6))
        citation = Citation(Quote(found, found.text), BRIDGE, "1-бап, 1-тармақ", BRIDGE.url, standing)
        core.replies = {"Көпір нені қосады?": Answer("Көпір нені қосады?", "Үш жағаны.", (citation,))}
        server.user_says(CHAT, "Көпір нені қосады?")
        answer = await server.wait_for_message(CHAT)
        server.taps(answer, "Дәйексөз")
        photo = await server.wait_for_message(CHAT, after=answer)
        text = await server.wait_for_message(CHAT, after=photo)
        assert (photo.method, photo.reply_to) == ("sendPhoto", answer.message_id)
        assert text.text.startswith("«Көпір үш жағаны қосады.»\n\n— «Көпір туралы» Заң, 1-бап, 1-тармақ\n")


async def test_an_answer_has_one_button_a_quotation_numbered_where_there_are_several(case: Case) -> None:
    found = passage(case.library, "law-bridge", "1", "1")
    one = cite(found.text, passage_id=found.id)
    not_held = cite(OLD_SENTENCE, passage_id="law-bridge/1999-01-01/1/1")

    def labels(*citations: Citation) -> list[list[str]]:
        reply = replace(ANSWER, citations=citations, now=())
        return [[button.text for button in row] for row in card_rows(reply, case.library)]

    assert labels(one) == [["Дәйексөз"]]
    assert labels(one, not_held) == [["Дәйексөз"]]
    assert labels(one, one) == [["Дәйексөз 1", "Дәйексөз 2"]]
    assert labels(one, one, one, one) == [["Дәйексөз 1", "Дәйексөз 2", "Дәйексөз 3"], ["Дәйексөз 4"]]
    assert card_rows(NoAnswer("Сұрақ", "Жауап жоқ."), case.library) == []
    assert card_button(one) == quote_button(one.quote, "Дәйексөз")


def test_all_callback_data_of_the_real_ids_is_within_64_bytes() -> None:
    longest = "constitution-2026/2026-03-15/100-1/100/10"
    found = Passage(longest, "constitution-2026", "2026-03-15", "сөз " * 400, 0)
    assert len(str(quote_button(Quote(found, found.text.strip()), "").callback_data).encode()) <= 64
