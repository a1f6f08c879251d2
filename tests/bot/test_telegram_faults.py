"""Telegram at its worst, end to end: every fault by its name, every question answered once all the same."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.kazakh import telegram as say
from bot.storage.storage import Storage
from tests.bot.samples import ANSWER
from tests.bot.telegram_running import (
    CHAT,
    HELP_START,
    QUESTION,
    at_work,
    dependencies,
    running,
    sample_core,
    storage_in,
)
from tests.bot_api import BotApiServer
from tests.fakes import FakeCore

GROUP, SUPERGROUP = -301, -1_000_000_000_301
HOUR = timedelta(hours=1)
COMMAND = {"type": "bot_command", "offset": 0, "length": 5}


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


@asynccontextmanager
async def running_on(server: BotApiServer, core: FakeCore, **more: Any) -> AsyncIterator[None]:
    """An application on a server that has been there before."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            storage_in(Path(folder)) as storage,
            at_work(dependencies(core, storage, **more), server),
        ):
            yield


async def answered_once(server: BotApiServer, chat: int = CHAT) -> None:
    """The question was answered, and a later one only after it: nothing came in between."""
    first = await server.wait_for_message(chat, timeout_s=60)
    assert first.text.startswith(ANSWER.lead)
    server.user_says(chat, "/help")
    await server.wait_until(lambda: True if len(server.messages(chat)) >= 2 else None)
    assert [message.text.startswith(HELP_START) for message in server.messages(chat)] == [False, True]


# the library reads its own RetryAfter in a way that it deprecates itself
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_429_with_retry_after_is_waited_out(core: FakeCore) -> None:
    async with running(core) as server:
        server.fail_next("sendMessage", 429, retry_after=1)
        server.user_says(CHAT, QUESTION)
        await answered_once(server)


@pytest.mark.parametrize("code", [500, 502])
async def test_5xx_is_tried_again(core: FakeCore, code: int) -> None:
    async with running(core) as server:
        server.fail_next("sendMessage", code)
        server.fail_next("getUpdates", code)
        server.user_says(CHAT, QUESTION)
        await answered_once(server)


@pytest.mark.parametrize("handled", [False, True])
async def test_a_connection_reset_before_or_after_the_message_was_sent(core: FakeCore, handled: bool) -> None:
    async with running(core) as server:
        server.drop_next("sendMessage", after_handling=handled)
        server.user_says(CHAT, QUESTION)
        await answered_once(server)


@pytest.mark.parametrize("answer", ["cut", "garbled"])
async def test_half_an_answer_to_a_message_that_was_sent(core: FakeCore, answer: str) -> None:
    async with running(core) as server:
        server.spoil_next("sendMessage", answer)
        server.user_says(CHAT, QUESTION)
        await answered_once(server)


async def test_a_timeout_of_an_answer_that_is_slow(core: FakeCore, tmp_path: Path) -> None:
    async with (
        BotApiServer() as server,
        storage_in(tmp_path) as storage,
        at_work(dependencies(core, storage), server, timeout_s=1.0),
    ):
        server.spoil_next("sendMessage", "slow", delay_s=2)
        server.user_says(CHAT, QUESTION)
        await answered_once(server)


@pytest.mark.parametrize("answer", ["cut", "garbled"])
async def test_half_an_answer_to_a_poll_loses_no_update(core: FakeCore, answer: str) -> None:
    async with running(core) as server:
        server.spoil_next("getUpdates", answer)
        server.user_says(CHAT, QUESTION)
        await answered_once(server)


async def test_message_not_modified_is_no_error(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        with capture_logs() as logs:
            server.taps(answer, "👍")
            server.taps(answer, "👍")
            await server.wait_until(lambda: True if None not in server.callback_answers else None)
        assert len(server.callback_answers) == 2
        assert [log for log in logs if log["event"] == "update_failed"] == []


async def test_blocked_by_user_ends_what_is_owed_and_is_no_error(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, folder=tmp_path) as server:
        server.blocks_bot(CHAT)
        with capture_logs() as logs:
            server.user_says(CHAT, QUESTION)
            await server.wait_for_call("sendMessage")
            server.user_says(CHAT + 1, QUESTION)
            await answered_once(server, CHAT + 1)
        assert [log["event"] for log in logs if log["log_level"] == "error"] == []
    async with storage_in(tmp_path) as storage:
        assert (await storage.load.now()).deliveries == 0


async def subscribers(storage: Storage) -> tuple[int, ...]:
    return tuple(await storage.subscriptions.subscribers("law-assembly"))


async def test_chat_migrated_and_what_it_watches_follows(core: FakeCore, tmp_path: Path) -> None:
    async with (
        BotApiServer() as server,
        storage_in(tmp_path) as storage,
        at_work(dependencies(core, storage), server),
    ):
        server.user_says(GROUP, f"/sura {QUESTION}", chat_type="group", user_id=CHAT)
        await server.wait_for_message(GROUP)
        await storage.subscriptions.add(GROUP, "law-assembly")
        server.upgrades(GROUP, SUPERGROUP)
        server.user_says(SUPERGROUP, f"/sura {QUESTION}", chat_type="supergroup", user_id=CHAT)
        await server.wait_for_message(SUPERGROUP)
        assert await subscribers(storage) == (SUPERGROUP,)


async def test_chat_migrated_without_a_word_is_learnt_from_the_refusal(
    core: FakeCore, tmp_path: Path
) -> None:
    async with (
        BotApiServer() as server,
        storage_in(tmp_path) as storage,
        at_work(dependencies(core, storage), server),
    ):
        core.gate = asyncio.Event()
        await storage.subscriptions.add(GROUP, "law-assembly")
        server.user_says(GROUP, f"/sura {QUESTION}", chat_type="group", user_id=CHAT)
        await server.wait_until(lambda: True if core.asked else None)
        server.upgrades(GROUP, SUPERGROUP, silently=True)
        core.gate.set()
        answer = await server.wait_for_message(SUPERGROUP)
        assert (answer.text.startswith(ANSWER.lead), answer.reply_to) == (True, None)
        assert await subscribers(storage) == (SUPERGROUP,)


@pytest.mark.parametrize(
    "update",
    [
        {"brand_new_kind": {"text": QUESTION}},
        {"message": {"text": QUESTION, "entities": 5}},
        {"message": "сөз"},
        {"callback_query": {"id": "1"}},
        {},
    ],
)
async def test_malformed_and_unknown_updates_are_passed_over(core: FakeCore, update: dict[str, Any]) -> None:
    async with running(core) as server:
        with capture_logs() as logs:
            server.gives({"update_id": 800_000, **update})
            server.user_says(CHAT, QUESTION)
            await answered_once(server)
        assert server.unconfirmed == () or 800_000 not in server.unconfirmed
        assert "Ассамблея" not in str([log for log in logs if log["log_level"] != "debug"])


async def test_the_same_update_twice_is_answered_once(core: FakeCore) -> None:
    async with running(core) as server:
        update_id = server.user_says(CHAT, QUESTION)
        await server.wait_for_message(CHAT)
        server.repeats(update_id)
        await answered_once(server)
        assert len(core.asked) == 1


async def test_updates_out_of_order_are_all_answered(core: FakeCore) -> None:
    async with running(core) as server:
        chat = {"id": CHAT, "type": "private", "first_name": "Айгүл"}
        person = {"id": CHAT, "is_bot": False, "first_name": "Айгүл"}
        server.user_says(CHAT, "/help")
        await server.wait_for_message(CHAT)
        about = {"date": int(time.time()), "chat": chat, "from": person}
        server.gives(
            *(
                {
                    "update_id": 900_000 + number,
                    "message": {**about, "message_id": number, "text": f"{number}-сұрақ"},
                }
                for number in (5, 3, 4)
            )
        )
        await server.wait_until(lambda: True if len(server.messages(CHAT)) == 4 else None)
        assert sorted(text for _, text in core.asked) == ["3-сұрақ", "4-сұрақ", "5-сұрақ"]


async def test_of_a_backlog_of_5000_old_questions_are_skipped_with_one_line_to_each_chat(
    core: FakeCore,
) -> None:
    chats = range(1001, 1021)
    written = int(time.time()) - 3 * 3600
    async with BotApiServer() as server:
        for number in range(5000):
            chat = chats[number % len(chats)]
            server.user_sends(chat, {"text": f"{number}-сұрақ", "date": written})
        server.user_sends(chats[0], {"text": "/help", "date": written, "entities": [COMMAND]})
        server.user_says(CHAT, QUESTION)
        async with running_on(server, core, max_question_age=HOUR):
            await answered_once(server)
            await server.wait_until(
                lambda: True if all(len(server.messages(chat)) >= 1 for chat in chats[1:]) else None,
                timeout_s=30,
            )
            await server.wait_until(lambda: True if len(server.messages(chats[0])) >= 2 else None)
        texts = {chat: [message.text for message in server.messages(chat)] for chat in chats}
    assert [text for _, text in core.asked] == [QUESTION]
    assert all(texts[chat] == [say.SKIPPED_QUESTIONS] for chat in chats[1:])
    # a command is obeyed, however old
    assert sorted(text.startswith(HELP_START) for text in texts[chats[0]]) == [False, True]


async def test_without_an_age_an_old_question_is_answered(core: FakeCore) -> None:
    async with running(core, max_question_age=timedelta()) as server:
        server.user_sends(CHAT, {"text": QUESTION, "date": int(time.time()) - 3 * 3600})
        await answered_once(server)


async def test_talk_of_a_group_that_is_not_meant_for_the_bot_gets_no_line(core: FakeCore) -> None:
    async with running(core, max_question_age=HOUR) as server:
        old = int(time.time()) - 3 * 3600
        server.user_sends(GROUP, {"text": "сәлем бәріне", "date": old}, chat_type="group", user_id=CHAT)
        server.user_says(CHAT, QUESTION)
        await answered_once(server)
        assert server.messages(GROUP) == ()
