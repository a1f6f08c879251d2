"""An edited question has its answer edited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bot.samples import ANSWER
from tests.bot.telegram_running import CHAT, QUESTION, running, sample_core, storage_in
from tests.fakes import FakeCore

TYPO = "Асамблея неге негізделеді?"


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def test_the_answer_is_edited_and_the_kept_question_revised(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, folder=tmp_path) as server:
        asked = server.user_says(CHAT, TYPO)
        refusal = await server.wait_for_message(CHAT)
        server.user_edits(asked, CHAT, {"text": QUESTION})
        answer = await server.wait_for_edit(refusal)
        assert answer.text.startswith(ANSWER.lead)
        assert answer.button("👍").data == "l:up:1"
        assert core.earlier[-1] == ()  # its own old words are no earlier question
        server.user_says(CHAT, "ал қазір ше?")
        await server.wait_for_message(CHAT, after=answer)
        assert core.earlier[-1] == (QUESTION, TYPO)
        assert len(server.messages(CHAT)) == 2
    async with storage_in(tmp_path) as storage:
        kept = await storage.questions.get(1)
        assert kept is not None
        assert (kept.text, kept.status.value) == (QUESTION, "answered")


async def test_an_edit_that_changes_no_word_is_left_alone(core: FakeCore) -> None:
    async with running(core) as server:
        asked = server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        server.user_edits(asked, CHAT, {"text": QUESTION})
        server.user_says(CHAT, "/help")
        await server.wait_for_message(CHAT, after=answer)
        assert server.calls_of("editMessageText") == ()
        assert len(core.asked) == 1


async def test_what_was_never_a_question_is_answered_after_the_edit(core: FakeCore) -> None:
    async with running(core) as server:
        asked = server.user_says(CHAT, "/qwerty")
        unknown = await server.wait_for_message(CHAT)
        server.user_edits(asked, CHAT, {"text": QUESTION})
        answer = await server.wait_for_message(CHAT, after=unknown)
        assert (answer.reply_to, answer.text.startswith(ANSWER.lead)) == (server.message_id_of(asked), True)


async def test_in_a_group_only_the_edit_of_a_question_to_the_bot_counts(core: FakeCore) -> None:
    core.replies = {QUESTION: ANSWER, TYPO: replace(ANSWER, lead="Қате жазылған.")}
    async with running(core) as server:
        chatter = server.user_says(-7, "Сәлем", chat_type="group", user_id=CHAT)
        asked = server.user_says(-7, f"/sura {TYPO}", chat_type="group", user_id=CHAT)
        first = await server.wait_for_message(-7)
        server.user_edits(chatter, -7, {"text": QUESTION})
        server.user_edits(asked, -7, {"text": f"/sura {QUESTION}"})
        assert (await server.wait_for_edit(first)).text.startswith(ANSWER.lead)
        assert len(server.messages(-7)) == 1
