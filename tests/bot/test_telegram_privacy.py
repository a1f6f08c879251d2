"""/umyt, end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kazakh import telegram as say
from tests.bot.telegram_running import CHAT, QUESTION, running, sample_core, storage_in
from tests.fakes import FakeCore


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def test_everything_kept_of_a_person_is_deleted_and_listed(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, folder=tmp_path) as server:
        update = server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        server.taps(answer, "👍")
        await server.wait_for_call("answerCallbackQuery")
        server.user_says(CHAT, "/umyt")
        said = await server.wait_for_message(CHAT, after=answer)
        assert said.text.split("\n\n")[0] == (
            "Сіз туралы сақталған деректердің бәрі өшірілді:\n"
            "• сұрақтар: 1\n"
            "• әңгіменің соңғы сұрақтары: 1\n"
            "• көрсетілген үзінділердің тізімі: 2\n"
            "• жауаптарға берілген бағалар: 1\n"
            "• хабар жіберетін мекенжай: 1"
        )
        server.user_says(CHAT, "ал қазір ше?")
        await server.wait_for_message(CHAT, after=said)
        assert core.earlier[-1] == ()
    async with storage_in(tmp_path) as storage:
        assert await storage.questions.by_message(CHAT, server.message_id_of(update)) is None


async def test_who_is_not_known_is_told_so(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, "/umyt")
        assert (await server.wait_for_message(CHAT)).text == say.FORGOT_NOTHING
