"""Votes, reasons and reactions, end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kazakh import telegram as say
from bot.storage.values import FeedbackCount
from tests.bot.telegram_running import CHAT, QUESTION, running, sample_core, storage_in
from tests.bot_api import BotApiServer, SentMessage
from tests.fakes import FakeCore


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def counted(folder: Path) -> FeedbackCount:
    """The votes on the first question."""
    async with storage_in(folder) as storage:
        return await storage.feedback.of(1)


async def an_answer(server: BotApiServer) -> SentMessage:
    server.user_says(CHAT, QUESTION)
    return await server.wait_for_message(CHAT)


async def test_a_like_is_kept_and_thanked_for(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, folder=tmp_path) as server:
        server.taps(await an_answer(server), "👍")
        call = await server.wait_for_call("answerCallbackQuery")
        assert call.params["text"] == say.VOTE_THANKS
    assert await counted(tmp_path) == FeedbackCount(up=1)


async def test_a_dislike_asks_why_and_one_tap_tells(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, folder=tmp_path) as server:
        answer = await an_answer(server)
        server.taps(answer, "👎")
        asking = await server.wait_for_edit(answer)
        labels = [[button.text for button in row] for row in asking.buttons]
        assert labels[-2:] == [["Қате", "Толық емес"], ["Түсініксіз", "Басқа себеп"]]
        assert asking.text == answer.text
        server.taps(asking, "Толық емес")
        assert (await server.wait_for_edit(asking)).buttons == answer.buttons
        await server.wait_for_call("answerCallbackQuery", count=2)
    assert await counted(tmp_path) == FeedbackCount(down=1, incomplete=1)


async def test_a_vote_can_be_changed(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, folder=tmp_path) as server:
        answer = await an_answer(server)
        server.taps(answer, "👎")
        asking = await server.wait_for_edit(answer)
        server.taps(asking, "Қате")
        again = await server.wait_for_edit(asking)
        server.taps(again, "👍")
        await server.wait_for_call("answerCallbackQuery", count=3)
    assert await counted(tmp_path) == FeedbackCount(up=1)


async def test_a_vote_on_an_answer_that_was_forgotten_is_told_so(core: FakeCore) -> None:
    async with running(core) as server:
        answer = await an_answer(server)
        server.user_says(CHAT, "/umyt")
        await server.wait_for_message(CHAT, after=answer)
        server.taps(answer, "👍")
        call = await server.wait_for_call("answerCallbackQuery")
        assert call.params["text"] == say.VOTE_GONE


async def test_a_reaction_is_a_vote_and_gets_a_line(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, folder=tmp_path) as server:
        answer = await an_answer(server)
        server.user_reacts(answer, "❤")
        thanks = await server.wait_for_message(CHAT, after=answer)
        assert (thanks.text, thanks.reply_to) == (say.REACTION_THANKS, answer.message_id)
        server.user_reacts(answer, "👎", before="❤")
        sorry = await server.wait_for_message(CHAT, after=thanks)
        server.taps(sorry, "Қате")
        await server.wait_for_call("answerCallbackQuery")
    assert await counted(tmp_path) == FeedbackCount(down=1, wrong=1)


async def test_a_reaction_that_was_taken_away_or_says_nothing_gets_no_line(core: FakeCore) -> None:
    async with running(core) as server:
        answer = await an_answer(server)
        server.user_reacts(answer, "", before="❤")
        server.user_reacts(answer, "🤔")
        server.user_reacts(answer, "🔥")
        thanks = await server.wait_for_message(CHAT, after=answer)
        assert (thanks.text, len(server.messages(CHAT))) == (say.REACTION_THANKS, 2)
