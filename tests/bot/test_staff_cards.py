"""Questions passed on to the staff: one card for all who ask the same, and an answer for each of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from bot.kazakh import staff as say
from bot.kazakh import telegram as citizens
from bot.storage.values import CardState, QuestionStatus
from bot.telegram.staff import Cards, handlers
from bot.telegram.staff.room import StaffTaps
from tests.bot.journalists_case import SINCE
from tests.bot.staff_case import (
    AIGUL,
    ASKED,
    BERIK,
    COLLEAGUE,
    OTHER,
    OUTSIDER,
    ROOM,
    SAME,
    STAFF,
    dependencies_in,
    staff_room,
)

TEXT = "Көпір үш жағаны қосады."


async def test_a_question_is_shown_to_staff_only_after_its_asker_agreed(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        room.server.user_says(AIGUL, ASKED)
        refusal = await room.server.wait_for_message(AIGUL)
        assert [m.text for m in room.server.messages(ROOM)] == ["Жауап күткен сұрақ жоқ."]
        room.server.taps(refusal, citizens.PASS_ON)
        card = await room.shown("Сұрақ № 1")
        assert card.text.startswith(f"Сұрақ № 1 · сұраған: 1 адам\n\n{ASKED}\n\nЕң жақын мәтіндер:\n1. ")
        assert f"«Көпір туралы» Заң, 1-бап, 1-тармақ\n{SINCE}" in card.text
        assert card.text.endswith(say.CARD_HELP)
        assert await room.alert(1) == citizens.PASSED_ON
        question = await room.deps.storage.questions.get(1)
        assert question is not None and question.status is QuestionStatus.PASSED_ON


async def test_those_who_ask_the_same_share_a_card_and_another_question_gets_its_own(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await room.passes_on(AIGUL)
        first = await room.shown("Сұрақ № 1")
        await room.passes_on(BERIK, SAME)
        await room.becomes(first, "сұраған: 2 адам")
        await room.passes_on(BERIK, OTHER)
        other = await room.shown("Сұрақ № 2")
        assert OTHER in other.text
        assert len(await room.deps.storage.queue.open_cards()) == 2


async def test_a_reply_to_the_card_answers_everybody_under_his_own_question(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await room.passes_on(AIGUL)
        card = await room.shown("Сұрақ № 1")
        await room.passes_on(BERIK, SAME)
        await room.becomes(card, "2 адам")
        room.replies(card, TEXT)
        for person in (AIGUL, BERIK):
            answer = await room.shown("Қызметкер жауабы", person)
            assert answer.text == f"Қызметкер жауабы\n\n{TEXT}"
            assert answer.reply_to == 1  # the person's first message
        offer = await room.shown("Сұрақ № 1: жауап 2 адамға жіберіледі.")
        assert [button.text for row in offer.buttons for button in row] == ["Сақтау", "Керек емес"]
        await room.becomes(card, "Жауап берілді.")
        answered = await room.deps.storage.queue.get(1)
        assert answered is not None and answered.state is CardState.ANSWERED


async def test_the_second_of_two_answers_is_not_sent(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await room.passes_on()
        card = await room.shown("Сұрақ № 1")
        room.replies(card, TEXT)
        await room.shown("Қызметкер жауабы", AIGUL)
        room.replies(card, "Басқа жауап.", COLLEAGUE)
        await room.shown(say.ALREADY_ANSWERED)
        assert [m.text for m in room.server.messages(AIGUL)[1:]] == [f"Қызметкер жауабы\n\n{TEXT}"]


async def test_a_reply_that_is_no_text_or_too_long_answers_nobody(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await room.passes_on()
        card = await room.shown("Сұрақ № 1")
        room.server.user_replies(card, {"sticker": STICKER}, user_id=STAFF)
        await room.shown(say.TEXT_ONLY)
        room.replies(card, "ә" * 3001)
        await room.shown("Жауап тым ұзын: 3\u00a0001 таңба.")
        open_card = await room.deps.storage.queue.get(1)
        assert open_card is not None and open_card.state is CardState.OPEN


async def test_a_closed_card_tells_its_asker_that_no_answer_will_come(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await room.passes_on()
        card = await room.shown("Сұрақ № 1")
        room.server.taps(card, say.CLOSE_CARD, user_id=COLLEAGUE)
        await room.shown(say.CARD_CLOSED_TO_ASKER, AIGUL)
        assert await room.alert(2) == say.CARD_CLOSED
        room.says("/kezek")
        await room.shown(say.QUEUE_EMPTY, after=card)


async def test_kezek_lists_the_most_asked_first_and_brings_a_card_down(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await room.passes_on(AIGUL, OTHER)
        await room.shown("Сұрақ № 1")
        await room.passes_on(AIGUL)
        second = await room.shown("Сұрақ № 2")
        await room.passes_on(BERIK, SAME)
        await room.becomes(second, "2 адам")
        room.says("/kezek")
        listed = await room.shown("Жауап күткен сұрақтар: 2")
        assert listed.text.index(ASKED) < listed.text.index(OTHER)
        room.server.taps(listed, "Сұрақ № 1", user_id=STAFF)
        again = await room.shown("Сұрақ № 1", after=listed)
        room.replies(again, "Парламент.")
        await room.shown("Қызметкер жауабы\n\nПарламент.", AIGUL)


async def test_a_card_that_could_not_be_sent_is_kept_and_placed_later(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        room.server.user_says(AIGUL, ASKED)
        refusal = await room.server.wait_for_message(AIGUL)
        room.server.fail_next("sendMessage", 500)
        room.server.taps(refusal, citizens.PASS_ON)
        assert await room.alert(1) == citizens.PASSED_ON
        assert len(room.server.messages(ROOM)) == 1
        await Cards(room.deps).place_missing(room.bot)
        card = await room.shown("Сұрақ № 1")
        await Cards(room.deps).place_missing(room.bot)
        assert room.server.messages(ROOM)[-1] == card


async def test_what_a_person_asked_to_forget_leaves_the_card_in_the_staff_chat(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await room.passes_on()
        card = await room.shown("Сұрақ № 1")
        room.server.user_says(AIGUL, "/umyt")
        changed = await room.becomes(card, say.CARD_WITHOUT_WORDS)
        assert ASKED not in changed.text
        assert changed.buttons == ()


async def test_the_staff_commands_are_unknown_to_everybody_else(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        last = None
        for command in ("/kezek", "/jauap", "/statistika", "/eskertu law-bridge 1-бап 30\nТүзету"):
            room.server.user_says(OUTSIDER, command)
            last = await room.server.wait_for_message(OUTSIDER, after=last)
            assert last.text == citizens.UNKNOWN_COMMAND
        assert room.server.calls_of("sendPhoto") == ()


async def test_a_listed_person_works_in_his_private_chat_too(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        room.server.user_says(STAFF, "/kezek")
        assert (await room.server.wait_for_message(STAFF)).text == say.QUEUE_EMPTY


async def test_forged_data_of_staff_buttons_does_nothing_for_an_outsider(tmp_path: Path) -> None:
    keyboard = {"inline_keyboard": [[{"text": data, "callback_data": data}] for data in ALL_DATA]}
    async with staff_room(tmp_path) as room:
        curated = room.deps.storage.curated
        await room.passes_on()
        await room.shown("Сұрақ № 1")
        await curated.add("Жауап", ["Сұрақ?"], [], by=STAFF)
        room.server.user_says(OUTSIDER, "/kezek")
        await room.server.wait_for_message(OUTSIDER)
        in_room, before = room.server.messages(ROOM), len(room.server.messages(OUTSIDER))
        forged = {"chat_id": OUTSIDER, "text": "<blockquote>сөз</blockquote>", "parse_mode": "HTML"}
        await room.server.bot_call("sendMessage", {**forged, "reply_markup": keyboard})
        for count, data in enumerate(ALL_DATA, start=2):
            room.server.taps(room.server.messages(OUTSIDER)[-1], data, user_id=OUTSIDER)
            assert await room.alert(count) == citizens.QUESTION_GONE
        assert room.server.messages(ROOM) == in_room
        assert len(room.server.messages(OUTSIDER)) == before + 1
        assert len(await room.deps.storage.queue.open_cards()) == 1
        assert len(await curated.history(1)) == 1
        assert await room.deps.storage.campaigns.latest() == ()


async def test_every_staff_button_is_among_the_forged_ones(tmp_path: Path) -> None:
    async with dependencies_in(tmp_path) as deps:
        taps = [handler for handler in handlers(deps) if isinstance(handler, StaffTaps)]
    patterns = [cast("re.Pattern[str]", handler.pattern) for handler in taps]
    assert [sum(bool(pattern.match(data)) for data in ALL_DATA) for pattern in patterns] == [1] * len(taps)
    assert len(taps) == len(ALL_DATA)


async def test_an_outsider_who_replies_to_a_card_like_text_answers_nobody(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await room.passes_on()
        await room.shown("Сұрақ № 1")
        room.server.user_says(OUTSIDER, "/kezek")
        await room.server.wait_for_message(OUTSIDER)
        await room.server.bot_call("sendMessage", {"chat_id": OUTSIDER, "text": "Сұрақ № 1"})
        room.replies(room.server.messages(OUTSIDER)[-1], "Мен жауап беремін", OUTSIDER)
        await room.server.wait_for_message(OUTSIDER, after=room.server.messages(OUTSIDER)[-1])
        assert len(await room.deps.storage.queue.open_cards()) == 1
        assert len(room.server.messages(AIGUL)) == 1


ALL_DATA = (
    *(f"s:{letter}:1" for letter in "oxkaevhurRzdit"),
    "s:n",
    "s:y",
    "s:c:1:0123456789abcdef",
    "s:w:law-bridge:1::30",
    "s:g:7:2026-11-22",
)


STICKER = {
    "file_id": "s",
    "file_unique_id": "s",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}
