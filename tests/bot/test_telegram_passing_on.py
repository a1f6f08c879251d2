"""«Қызметкерге жіберу», end to end up to the staff's card; what staff do with it has tests of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kazakh import telegram as say
from bot.storage.values import QuestionStatus
from bot.telegram.dependencies import StaffRoom
from tests.bot.telegram_running import CHAT, QUESTION, running, sample_core, storage_in
from tests.fakes import FakeCore

STAFF = -100900
UNKNOWN = "Қазір төрағасы кім?"


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def test_without_a_staff_room_a_refusal_has_no_such_button(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, UNKNOWN)
        assert (await server.wait_for_message(CHAT)).buttons == ()


async def test_an_answer_needs_no_staff(core: FakeCore) -> None:
    async with running(core, staff=StaffRoom(STAFF)) as server:
        server.user_says(CHAT, QUESTION)
        labels = [button.text for row in (await server.wait_for_message(CHAT)).buttons for button in row]
        assert say.PASS_ON not in labels


async def test_only_the_asker_can_pass_a_question_on(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, staff=StaffRoom(STAFF), folder=tmp_path) as server:
        server.user_says(-5, f"/sura {UNKNOWN}", chat_type="group", user_id=CHAT)
        refusal = await server.wait_for_message(-5)
        server.taps(refusal, say.PASS_ON, user_id=CHAT + 1)
        call = await server.wait_for_call("answerCallbackQuery")
        assert (call.params["text"], call.params["show_alert"]) == (say.PASS_ON_NOT_YOURS, True)
    async with storage_in(tmp_path) as storage:
        kept = await storage.questions.get(1)
        assert kept is not None and kept.status is QuestionStatus.REFUSED


async def test_a_question_that_was_forgotten_is_not_passed_on(core: FakeCore) -> None:
    async with running(core, staff=StaffRoom(STAFF)) as server:
        server.user_says(CHAT, UNKNOWN)
        refusal = await server.wait_for_message(CHAT)
        server.user_says(CHAT, "/umyt")
        await server.wait_for_message(CHAT, after=refusal)
        server.taps(refusal, say.PASS_ON)
        call = await server.wait_for_call("answerCallbackQuery")
        assert call.params["text"] == say.PASS_ON_GONE
        assert (await server.wait_for_edit(refusal)).buttons == ()
