"""/derek: any article of any held edition."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.kazakh import journalists as say
from tests.bot.journalists_case import CHAT, Case, case_in, running, write_laws
from tests.bot_api import BotApiServer, SentMessage
from tests.telegram_html import utf16_length

HELD = (
    "Қолымдағы құжаттар:\n"
    "• «Қазақстан халқы Ассамблеясы» тарихы туралы мақала (assembly-article)\n"
    "• «Көпір туралы» Заң (law-bridge); редакциялары: 2020 жылғы 1 қаңтар, 2024 жылғы 6 мамыр\n"
    "• «Жол туралы» Заң (law-road); редакциясы: 2021 жылғы 1 қаңтар"
)


@pytest.fixture
async def case(tmp_path: Path) -> AsyncIterator[Case]:
    async with case_in(write_laws(tmp_path)) as case:
        yield case


async def asked(server: BotApiServer, text: str, chat: int = CHAT) -> SentMessage:
    """The reply to a message."""
    sent = server.user_says(chat, text, chat_type="private" if chat > 0 else "supergroup")
    return await server.wait_for_message(chat, after=server.message_id_of(sent))


async def test_an_article_is_given_from_the_newest_edition_held(case: Case) -> None:
    async with running(case) as server:
        message = await asked(server, "/derek law-bridge 1")
        assert message.text == (
            "«Көпір туралы» Заң. 1-бап. Мақсаты\n"
            "2024 жылғы 6 мамырдағы редакция · күшінде\n\n"
            "1. Көпір үш жағаны қосады."
        )
        assert [[button.text for button in row] for row in message.buttons] == [["Дәйексөз 1"]]


@pytest.mark.parametrize("year", ["2020", "2020 жылғы редакция", "2020-01-01", "01.01.2020"])
async def test_an_older_edition_is_given_by_its_year_or_day(case: Case, year: str) -> None:
    async with running(case) as server:
        message = await asked(server, f"/derek көпір 1 {year}")
        assert message.text == (
            "«Көпір туралы» Заң. 1-бап. Мақсаты\n"
            "2020 жылғы 1 қаңтардағы редакция · бұл мәтін 2020 жылғы 1 қаңтардан бастап "
            "2024 жылғы 6 мамырға дейін қолданылған\n\n"
            "1. Көпір екі жағаны қосады."
        )


async def test_a_year_without_an_edition_gets_the_text_of_that_time_and_says_so(case: Case) -> None:
    async with running(case) as server:
        message = await asked(server, "/derek law-bridge 1 2022")
        assert "⚠️ 2022 жылы дәл осы мәтін қолданылған (2020 жылғы 1 қаңтардағы редакция)." in message.text
        assert message.text.endswith("1. Көпір екі жағаны қосады.")


async def test_a_year_before_the_document_is_said_with_the_editions_held(case: Case) -> None:
    async with running(case) as server:
        message = await asked(server, "/derek law-bridge 1 1999")
        assert message.text == (
            "«Көпір туралы» Заң: 1999 жылы бұл құжат әлі болмаған. "
            "Қолымдағы редакциялары: 2020 жылғы 1 қаңтар, 2024 жылғы 6 мамыр."
        )


async def test_an_article_that_one_edition_lacks_is_said_with_those_that_have_it(case: Case) -> None:
    async with running(case) as server:
        message = await asked(server, "/derek law-bridge 3 2020 жылғы редакция")
        assert message.text == (
            "«Көпір туралы» Заң: 2020 жылғы 1 қаңтардағы редакцияда 3-бап жоқ. "
            "Ол мына редакцияда бар: 2024 жылғы 6 мамыр."
        )


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("/derek law-bridge 77", "Бұл құжатта 77-бап жоқ. «Көпір туралы» Заң, баптары: 1–3."),
        ("/derek Жол туралы заң", f"{say.WHICH_ARTICLE} «Жол туралы» Заң, баптары: 1."),
        ("/derek Қылмыстық кодекс 5", f"{say.NO_SUCH_DOCUMENT}\n\n{HELD}"),
        ("/derek", f"{say.DEREK_USAGE}\n\n{HELD}"),
    ],
)
async def test_what_is_unknown_is_answered_with_what_there_is(case: Case, text: str, reply: str) -> None:
    async with running(case) as server:
        assert (await asked(server, text)).text == reply


async def test_a_paragraph_of_the_source_article_is_given_by_its_number(case: Case) -> None:
    async with running(case) as server:
        message = await asked(server, "/derek мақала 1")
        assert message.text.startswith(
            "«Қазақстан халқы Ассамблеясы» тарихы туралы мақала. 1-абзац\n"
            "бастапқы мақала, құқықтық күші жоқ\n\n"
        )
        assert [[button.text for button in row] for row in message.buttons] == [["Дәйексөз"]]
        unknown = await asked(server, "/derek мақала 999")
        assert unknown.text.startswith("Бұл құжатта 999-абзац жоқ. ")


async def test_a_long_article_comes_in_pages_that_keep_the_edition(case: Case) -> None:
    async with running(case) as server:
        first = await asked(server, "/derek law-bridge 2 2020")
        assert [button.text for button in first.buttons[0]] == ["Келесі ▶"]
        server.taps(first, "Келесі ▶")
        second = await server.wait_for_edit(first)
        assert "2020 жылғы 1 қаңтардағы редакция" in second.text
        assert second.buttons[0][0].text == "◀ Алдыңғы"
        assert utf16_length(first.text) <= 4096
        assert "1. Көпірдің 1-тірегі" in first.text
        server.taps(second, "◀ Алдыңғы")
        assert (await server.wait_for_edit(second)).text == first.text


async def test_every_part_of_an_article_has_a_card_button_on_each_page(case: Case) -> None:
    async with running(case) as server:
        first = await asked(server, "/derek law-bridge 2")
        labels = [button.text for row in first.buttons[1:] for button in row]
        assert labels == [f"Дәйексөз {number}" for number in range(1, 9)]


async def test_a_page_whose_text_is_gone_is_said_in_an_alert(case: Case) -> None:
    async with running(case) as server:
        first = await asked(server, "/derek law-bridge 2")
        button = {"text": "Келесі ▶", "callback_data": "j:p:1:law-bridge:9:2020-01-01"}
        markup = {"inline_keyboard": [[button]]}
        await server.bot_call("sendMessage", {"chat_id": CHAT, "text": "Ескі бет", "reply_markup": markup})
        server.taps(await server.wait_for_message(CHAT, after=first), "Келесі ▶")
        call = await server.wait_for_call("answerCallbackQuery")
        assert (call.params["text"], call.params["show_alert"]) == (say.ARTICLE_GONE, True)


async def test_it_answers_in_a_group_too(case: Case) -> None:
    async with running(case) as server:
        message = await asked(server, "/derek law-road 1", chat=-100500)
        assert message.text.endswith("1. Жол түзу.")
