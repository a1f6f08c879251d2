"""What a chat sees when work is slow or something goes wrong, end to end."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from bot import kazakh
from tests.bot.samples import ANSWER
from tests.bot.telegram_running import (
    CHAT,
    HELP_START,
    QUESTION,
    running,
    sample_core,
)
from tests.fakes import FakeCore


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def test_typing_is_shown_while_a_reply_takes_long(core: FakeCore) -> None:
    core.gate = asyncio.Event()
    async with running(core, typing_after_s=0) as server:
        server.user_says(CHAT, QUESTION)
        call = await server.wait_for_call("sendChatAction")
        assert call.params == {"chat_id": CHAT, "action": "typing"}
        assert server.messages(CHAT) == ()
        core.gate.set()
        assert (await server.wait_for_message(CHAT)).parsed.of_type("bold")[0] == ANSWER.lead


async def test_a_slow_question_does_not_hold_up_another_chat(core: FakeCore) -> None:
    core.gate = asyncio.Event()
    async with running(core) as server:
        server.user_says(CHAT, QUESTION)
        server.user_says(CHAT + 1, "/help")
        assert (await server.wait_for_message(CHAT + 1)).text.startswith(HELP_START)
        core.gate.set()
        await server.wait_for_message(CHAT)


async def test_a_failure_is_apologised_for_with_an_id_that_the_log_has_and_no_word_of_the_question(
    core: FakeCore,
) -> None:
    core.error = RuntimeError(f"no reply to {QUESTION}")
    async with running(core) as server:
        with capture_logs() as logs:
            server.user_says(CHAT, QUESTION)
            message = await server.wait_for_message(CHAT)
    [failed] = [log for log in logs if log["event"] == "update_failed"]
    assert message.text == kazakh.apology(failed["error_id"])
    assert failed["error"] == "RuntimeError"
    assert "in reply" in failed["place"]
    assert all("Ассамблея" not in str(log) for log in logs if log["log_level"] != "debug")


# the library reads its own RetryAfter in a way that it deprecates itself
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_a_flood_limit_is_waited_out_and_the_answer_comes_once(core: FakeCore) -> None:
    async with running(core) as server:
        server.fail_next("sendMessage", 429, retry_after=1)
        server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        assert answer.parsed.of_type("bold")[0] == ANSWER.lead
        assert len(server.calls_of("sendMessage")) == 2
        assert len(server.messages(CHAT)) == 1


async def test_a_person_who_blocked_the_bot_is_no_error(core: FakeCore) -> None:
    async with running(core) as server:
        with capture_logs() as logs:
            server.blocks_bot(CHAT)
            server.user_says(CHAT, QUESTION)
            await server.wait_for_call("sendMessage")
            server.user_says(CHAT + 1, "/help")
            await server.wait_for_message(CHAT + 1)
        assert len(server.calls_of("sendMessage")) == 2
    assert [log["log_level"] for log in logs if log["event"] in {"update_failed", "blocked_by_user"}] == [
        "info"
    ]


async def test_polling_goes_on_after_a_dropped_connection(core: FakeCore) -> None:
    async with running(core) as server:
        server.drop_next("getUpdates")
        server.user_says(CHAT, "/help")
        first = await server.wait_for_message(CHAT)
        server.user_says(CHAT, QUESTION)
        assert (await server.wait_for_message(CHAT, after=first)).parsed.of_type("bold")[0] == ANSWER.lead
