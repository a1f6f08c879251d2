"""Questions, commands and other messages, end to end over a loopback Bot API server; the core is a fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import kazakh
from bot.answers import NoAnswer, SmallTalk
from tests.bot.samples import ANSWER, OLD_SENTENCE
from tests.bot.telegram_running import (
    CHAT,
    HELP_START,
    LONG_QUESTION,
    QUESTION,
    running,
    sample_core,
)
from tests.fakes import FakeCore


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def test_a_question_is_answered_by_a_reply_with_its_quotation_and_no_preview(
    core: FakeCore,
) -> None:
    async with running(core) as server:
        update = server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        assert core.asked == [(str(CHAT), QUESTION)]
        assert answer.parsed.of_type("bold")[0] == ANSWER.lead
        assert answer.parsed.of_type("expandable_blockquote")[0] == f"«{OLD_SENTENCE}»"
        links = [entity.url for entity in answer.parsed.entities if entity.type == "text_link"]
        assert links[2] == "https://zan.gov.kz/client/#!/doc/226150/kaz"
        assert answer.reply_to == server.message_id_of(update)
        assert answer.preview_disabled is True


async def test_start_says_what_the_bot_is_and_its_examples_are_buttons(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, "/start")
        start = await server.wait_for_message(CHAT)
        assert start.text == kazakh.START
        assert [row[0].text for row in start.buttons] == list(core.questions)
        server.taps(start, QUESTION)
        answer = await server.wait_for_message(CHAT, after=start)
        assert answer.text.startswith(f"Сұрақ: {QUESTION}\n\n{ANSWER.lead}")
        assert answer.reply_to == start.message_id
        [answered] = server.callback_answers
        assert answered is not None and "text" not in answered


async def test_help_and_unknown_commands_have_their_texts(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, "/help")
        shown = await server.wait_for_message(CHAT)
        server.user_says(CHAT, "/qwerty бірдеңе")
        unknown = await server.wait_for_message(CHAT, after=shown)
        assert shown.text.startswith(HELP_START)
        assert "/umyt – Мен туралы сақталғанның бәрін өшіру" in shown.text
        assert unknown.text == kazakh.UNKNOWN_COMMAND
        assert core.asked == []


async def test_derekkoz_lists_documents_with_editions_and_status(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, "/derekkoz")
        message = await server.wait_for_message(CHAT)
        assert message.text == (
            "Мен мына құжаттарға сүйенемін:\n\n"
            "Ассамблея <туралы>\n№ 70-IV\nРедакциялары: 2008 жылғы 20 қазан, 2022 жылғы 7 ақпан\n"
            "2026 жылғы 1 шілдеде күші жойылған\n\n"
            "Бастапқы мақала\nқұқықтық күші жоқ"
        )
        assert message.parsed.of_type("text_link") == ("Ассамблея <туралы>", "Бастапқы мақала")


async def test_a_long_list_of_documents_takes_several_messages(core: FakeCore) -> None:
    core.lines = core.lines * 60
    async with running(core) as server:
        server.user_says(CHAT, "/derekkoz")
        first = await server.wait_for_message(CHAT)
        await server.wait_for_message(CHAT, after=first)
        server.user_says(CHAT, "/help")
        await server.wait_until(
            lambda: next((m for m in server.messages(CHAT) if m.text.startswith(HELP_START)), None)
        )
        listed = "\n".join(message.text for message in server.messages(CHAT))
        assert listed.count("№ 70-IV") == 60


async def test_suggestions_of_a_refusal_are_buttons_that_ask_them(core: FakeCore) -> None:
    core.replies = {
        "Ауа райы?": NoAnswer("Ауа райы?", "Таппадым.", (LONG_QUESTION, "Мүшелері кім?")),
        LONG_QUESTION: replace(ANSWER, question=LONG_QUESTION),
    }
    async with running(core) as server:
        server.user_says(CHAT, "Ауа райы?")
        refusal = await server.wait_for_message(CHAT)
        assert refusal.text == "Таппадым."
        assert [row[0].text for row in refusal.buttons] == [LONG_QUESTION, "Мүшелері кім?"]
        server.taps(refusal, LONG_QUESTION)
        answer = await server.wait_for_message(CHAT, after=refusal)
        assert answer.text.startswith(f"Сұрақ: {LONG_QUESTION}\n\n{ANSWER.lead}")
        assert core.asked[-1] == (str(CHAT), LONG_QUESTION)


async def test_a_suggestion_of_an_earlier_run_is_read_off_its_button(core: FakeCore) -> None:
    keyboard = {
        "inline_keyboard": [[{"text": LONG_QUESTION, "callback_data": "q:~0123456789abcdef01234567"}]]
    }
    async with running(core) as server:
        server.user_says(CHAT, "/help")
        await server.wait_for_message(CHAT)
        await server.bot_call("sendMessage", {"chat_id": CHAT, "text": "ескі", "reply_markup": keyboard})
        old = server.messages(CHAT)[-1]
        server.taps(old, LONG_QUESTION)
        await server.wait_for_message(CHAT, after=old)
        assert core.asked == [(str(CHAT), LONG_QUESTION)]


async def test_a_button_that_nobody_knows_any_more_is_said_in_an_alert(core: FakeCore) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Бөтен", "callback_data": "нұсқа-0"}]]}
    async with running(core) as server:
        server.user_says(CHAT, "/help")
        await server.wait_for_message(CHAT)
        await server.bot_call("sendMessage", {"chat_id": CHAT, "text": "ескі", "reply_markup": keyboard})
        server.taps(server.messages(CHAT)[-1], "Бөтен")
        call = await server.wait_for_call("answerCallbackQuery")
        assert (call.params["text"], call.params["show_alert"]) == (kazakh.QUESTION_GONE, True)
        assert core.asked == []


async def test_small_talk_tapped_or_typed_is_answered_with_its_examples(core: FakeCore) -> None:
    core.replies = {"Сәлем": SmallTalk("Сәлем", "Сәлеметсіз бе!", ("Қашан құрылды?",))}
    async with running(core) as server:
        server.user_says(CHAT, "Сәлем")
        message = await server.wait_for_message(CHAT)
        assert (message.text, message.button("Қашан құрылды?").text) == ("Сәлеметсіз бе!", "Қашан құрылды?")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}}, kazakh.VOICE_MESSAGE),
        (
            {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}], "caption": "не?"},
            kazakh.PICTURE_MESSAGE,
        ),
        ({"document": {"file_id": "d", "file_unique_id": "d"}}, kazakh.FILE_MESSAGE),
        ({"location": {"latitude": 51.1, "longitude": 71.4}}, kazakh.OTHER_MESSAGE),
    ],
)
async def test_what_is_not_text_gets_one_fitting_line(
    core: FakeCore, content: dict[str, object], line: str
) -> None:
    async with running(core) as server:
        server.user_sends(CHAT, content)
        assert (await server.wait_for_message(CHAT)).text == line
        assert core.asked == []


async def test_an_album_gets_one_line_and_service_messages_none(core: FakeCore) -> None:
    photo = {
        "photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}],
        "media_group_id": "7",
    }
    async with running(core) as server:
        server.user_sends(CHAT, {"write_access_allowed": {}})
        server.user_sends(CHAT, photo)
        server.user_sends(CHAT, photo)
        server.user_says(CHAT, QUESTION)
        await server.wait_until(lambda: next((m for m in server.messages(CHAT) if m.buttons), None))
        assert [m.text for m in server.messages(CHAT) if not m.buttons] == [kazakh.PICTURE_MESSAGE]
