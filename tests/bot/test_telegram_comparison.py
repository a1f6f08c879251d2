"""/salystyru and the buttons about time, by a real application on a loopback server."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers import Answer
from bot.telegram.buttons import Keys
from bot.telegram.comparison import proof_html, time_buttons
from knowledge.model import Quote, Reference
from tests.bot.real_texts import DAY_BEFORE, texts_on
from tests.bot.telegram_running import CHAT, running
from tests.fakes import FakeCore

QUESTION = "Ассамблеяның құрылымы қандай?"


def answer(folder: Path, document: str, article: str) -> Answer:
    texts = texts_on(folder)
    passage = texts.library.find(Reference(document, article))[0]
    return Answer(QUESTION, "", (texts.citer.cite(Quote(passage, passage.text)),))


async def test_a_command_gets_then_and_now_and_the_editions(law_folder: Path) -> None:
    async with running(FakeCore(), library=texts_on(law_folder).library) as server:
        server.user_says(CHAT, "/salystyru 8-бап")
        await server.wait_for_call("sendMessage", 2)
        then_now, editions = (message.text for message in server.messages(CHAT))
    assert then_now.startswith(
        "«Қазақстан халқы Ассамблеясы туралы» Заң, 8-бап: ол кезде және қазір\n\nОл кезде"
    )
    assert editions.startswith("«Қазақстан халқы Ассамблеясы туралы» Заң, 8-бап: екі редакция")


@pytest.mark.parametrize(
    ("command", "start"),
    [
        ("/salystyru", "Қай бапты салыстырайын?"),
        ("/salystyru 99", "«Қазақстан халқы Ассамблеясы туралы» Заң: 99-бап табылмады."),
        (
            "/salystyru constitution-2026 1",
            "Қазақстан Республикасының Конституциясы, 1-бап: салыстыратын басқа мәтін жоқ.",
        ),
    ],
)
async def test_a_command_that_names_nothing_to_compare_is_told_so(
    law_folder: Path, command: str, start: str
) -> None:
    async with running(FakeCore(), library=texts_on(law_folder).library) as server:
        server.user_says(CHAT, command)
        message = await server.wait_for_message(CHAT)
    assert message.text.startswith(start)


@pytest.mark.parametrize(
    ("button", "start"),
    [
        ("Ол кезде / қазір", "«Қазақстан халқы Ассамблеясы туралы» Заң, 3-бап: ол кезде және қазір"),
        ("Тарихы", "Тарихы: «Қазақстан халқы Ассамблеясы туралы» Заң, 3-бап"),
        ("Дәлелі", "Заң күшінің жойылғаны мына нормада жазылған:"),
    ],
)
async def test_a_button_under_an_answer_opens_what_it_says(law_folder: Path, button: str, start: str) -> None:
    core = FakeCore({QUESTION: answer(law_folder, "law-assembly", "3")})
    async with running(core, library=texts_on(law_folder).library) as server:
        server.user_says(CHAT, QUESTION)
        message = await server.wait_for_message(CHAT)
        server.taps(message, button)
        await server.wait_for_call("sendMessage", 2)
        opened = server.messages(CHAT)[1]
    assert opened.text.startswith(start)


def buttons(folder: Path, answer: Answer) -> list[str]:
    row = time_buttons(answer, texts_on(folder).comparer, Keys())
    assert all(len(str(button.callback_data).encode()) <= 64 for button in row)
    return [button.text for button in row]


def test_an_answer_from_repealed_law_has_all_three_buttons(law_folder: Path) -> None:
    assert buttons(law_folder, answer(law_folder, "law-assembly", "8")) == [
        "Ол кезде / қазір",
        "Тарихы",
        "Дәлелі",
    ]


def test_an_answer_from_law_in_force_needs_no_proof_of_repeal(law_folder: Path) -> None:
    assert buttons(law_folder, answer(law_folder, "law-halyk-kenesi", "7")) == ["Ол кезде / қазір", "Тарихы"]
    assert buttons(law_folder, answer(law_folder, "constitution-2026", "1")) == ["Тарихы"]


def test_an_answer_without_law_has_none(law_folder: Path) -> None:
    texts = texts_on(law_folder)
    passage = texts.library.find(Reference("assembly-article", ""))[0]
    told = Answer(QUESTION, "", (texts.citer.cite(Quote(passage, passage.text)),))
    assert buttons(law_folder, told) == []


def test_the_proof_names_its_place_and_force(law_folder: Path) -> None:
    texts = texts_on(law_folder)
    ended = texts.citer.repeal_citation(texts.catalog.document("law-assembly"))
    assert ended is not None
    shown = proof_html(ended)
    assert "күші жойылды деп танылсын.»</blockquote>" in shown
    assert shown.endswith("23-бап, 2-тармақ\n<i>2026 жылғы 5 маусымдағы редакция · күшінде</i>")


def test_before_the_repeal_only_editions_are_compared(law_folder: Path) -> None:
    texts = texts_on(law_folder, DAY_BEFORE)
    assert texts.comparer.article("law-assembly", "2") is not None
    assert not texts.comparer.article("law-assembly", "2")
