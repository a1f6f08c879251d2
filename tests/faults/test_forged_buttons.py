"""Callback data that no button of ours carries: another's question, numbers beyond all bounds, any bytes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.kazakh import telegram as say
from bot.storage.values import QuestionStatus
from tests.bot.telegram_running import CHAT, QUESTION, running, sample_core, storage_in
from tests.bot_api import BotApiServer, SentMessage

FORGER = CHAT + 7
HUGE = "9" * 40
FORGED = (
    "",
    " ",
    "e:99",
    f"e:{HUGE}",
    "e:-1",
    "e:٣",
    "q:",
    "q:~0123456789abcdef01234567",
    "f:nothing",
    "f:../../etc/passwd",
    f"p:{HUGE}:x",
    "p:7:nothing",
    "l:up:0",
    f"l:up:{HUGE}",
    "l:up:999999999999999999",
    "l:r:rude:1",
    "l:r:wrong:999999999999999999",
    "l:staff:999999999999999999",
    f"l:staff:{HUGE}",
    "c:nothing",
    "h:nothing",
    "d:nothing",
    f"j:c:x:{HUGE}:1:00000000",
    "j:c:x:999999999:999999999:00000000",
    "j:p:999999999:law-assembly:9:",
    "j:p:0:law-assembly:9:9999-99-99",
    "j:w:nothing",
    "s:o:1",
    "s:w:law-assembly:::999",
    "\0\1\2",
    "🤷" * 16,
)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[BotApiServer]:
    async with running(sample_core(), folder=tmp_path) as at_work:
        yield at_work


async def forge(server: BotApiServer, data: str, *, chat: int = FORGER) -> SentMessage:
    """A message of the bot's whose button says ``data``, tapped; as a changed client can send it."""
    markup = {"inline_keyboard": [[{"text": "т", "callback_data": data or " "}]]}
    await server.bot_call("sendMessage", {"chat_id": chat, "text": "т", "reply_markup": markup})
    message = server.messages(chat)[-1]
    taps = len(server.callback_answers)
    server.taps(message, "т", user_id=chat)
    await server.wait_for_call("answerCallbackQuery", count=taps + 1)
    return message


async def test_forged_buttons_are_each_answered_and_no_handler_fails(server: BotApiServer) -> None:
    server.user_says(FORGER, "/help")
    await server.wait_for_message(FORGER)
    with capture_logs() as logs:
        for data in FORGED:
            await forge(server, data)
    assert [line for line in logs if line["event"] == "update_failed"] == []


async def test_forged_vote_on_a_question_of_another_chat_is_not_counted(
    server: BotApiServer, tmp_path: Path
) -> None:
    server.user_says(CHAT, QUESTION)
    await server.wait_for_message(CHAT)
    server.user_says(FORGER, "/help")
    await server.wait_for_message(FORGER)
    for data in ("l:up:1", "l:down:1", "l:r:wrong:1"):
        await forge(server, data)
    said = [answer["text"] for answer in server.callback_answers if answer]
    async with storage_in(tmp_path) as storage:
        counted = await storage.feedback.of(1)
    assert said == [say.VOTE_GONE] * 3
    assert (counted.up, counted.down) == (0, 0)


async def test_forged_passing_on_of_anothers_question_is_refused_and_changes_nothing(
    server: BotApiServer, tmp_path: Path
) -> None:
    server.user_says(CHAT, "Көпір қайда?")
    await server.wait_for_message(CHAT)
    server.user_says(FORGER, "/help")
    await server.wait_for_message(FORGER)
    await forge(server, "l:staff:1")
    async with storage_in(tmp_path) as storage:
        kept = await storage.questions.get(1)
        cards = await storage.queue.open_cards()
    assert [answer["text"] for answer in server.callback_answers if answer] == [say.PASS_ON_NOT_YOURS]
    assert kept is not None
    assert (kept.status, cards) == (QuestionStatus.REFUSED, ())
