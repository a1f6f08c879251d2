"""Nothing is lost and nothing comes twice: updates are worked on once, answers owed until they are sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Update

from bot.storage.values import Cited
from bot.telegram.outgoing import Outgoing
from bot.telegram.update_keys import key_of
from tests.bot.samples import ANSWER
from tests.bot.telegram_running import CHAT, QUESTION, at_work, dependencies, running, sample_core, storage_in
from tests.bot_api import BotApiServer
from tests.fakes import FakeCore


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def test_an_update_that_telegram_gives_twice_is_answered_once(core: FakeCore, tmp_path: Path) -> None:
    async with BotApiServer() as server, storage_in(tmp_path) as storage:
        deps = dependencies(core, storage)
        update_id = server.user_says(CHAT, QUESTION)
        async with at_work(deps, server):
            await server.wait_for_message(CHAT)
        again = server.repeats(update_id)
        async with at_work(deps, server):
            server.user_says(CHAT + 1, QUESTION)
            await server.wait_for_message(CHAT + 1)
            assert again not in server.unconfirmed
        assert len(server.messages(CHAT)) == 1
        assert len(core.asked) == 2


async def test_a_question_is_kept_with_its_passages_and_its_message(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, folder=tmp_path) as server:
        update_id = server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
    async with storage_in(tmp_path) as storage:
        kept = await storage.questions.by_message(CHAT, server.message_id_of(update_id))
        assert kept is not None
        assert (kept.text, kept.status.value) == (QUESTION, "answered")
        assert kept.answered_in == (answer.message_id,)
        cited = (*ANSWER.citations, *ANSWER.now)
        assert [passage.id for passage in kept.passages] == [c.quote.passage.id for c in cited]
        assert kept.person == storage.keys.person(CHAT)


async def test_follow_ups_know_the_last_questions_after_a_restart(core: FakeCore, tmp_path: Path) -> None:
    async with running(core, folder=tmp_path) as server:
        server.user_says(CHAT, QUESTION)
        await server.wait_for_message(CHAT)
    async with running(core, folder=tmp_path) as server:
        server.user_says(CHAT, "ал қазір ше?")
        await server.wait_for_message(CHAT)
    assert core.earlier == [(), (QUESTION,)]


async def test_a_reply_to_an_older_answer_hangs_on_its_question(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, QUESTION)
        first = await server.wait_for_message(CHAT)
        server.user_says(CHAT, "Халық Кеңесі деген не?")
        second = await server.wait_for_message(CHAT, after=first)
        server.user_replies(first, {"text": "ал мүшелері ше?"})
        await server.wait_for_message(CHAT, after=second)
    assert core.earlier[-1] == (QUESTION, "Халық Кеңесі деген не?", QUESTION)


async def test_an_update_that_a_dead_process_took_is_answered_at_the_next_start(
    core: FakeCore, tmp_path: Path
) -> None:
    async with BotApiServer() as server, storage_in(tmp_path) as storage:
        server.user_says(CHAT, QUESTION)
        [pending] = server.pending
        update = Update.de_json(pending)
        assert await storage.updates.claim(key_of(update), update.to_json())
        server.forget_updates()  # as Telegram does at the poll after
        async with at_work(dependencies(core, storage), server):
            assert (await server.wait_for_message(CHAT)).parsed.of_type("bold")[0] == ANSWER.lead


async def test_an_answer_that_is_owed_is_sent_at_the_next_start(core: FakeCore, tmp_path: Path) -> None:
    async with BotApiServer() as server, storage_in(tmp_path) as storage:
        server.user_says(CHAT, "/start")
        await storage.deliveries.owe(CHAT, Outgoing("<b>Жауап</b>").to_json(), dedupe_key="u1", kind="answer")
        async with at_work(dependencies(core, storage), server):
            texts = [(await server.wait_for_message(CHAT)).text]
            texts.append((await server.wait_for_message(CHAT, after=server.messages(CHAT)[0])).text)
            assert "Жауап" in texts


@pytest.mark.parametrize("after_handling", [False, True])
async def test_a_line_that_breaks_while_an_answer_is_sent_neither_loses_nor_doubles_it(
    core: FakeCore, after_handling: bool
) -> None:
    async with running(core) as server:
        server.drop_next("sendMessage", after_handling=after_handling)
        server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        server.user_says(CHAT, QUESTION)  # goes after the first one, so that is settled by then
        await server.wait_for_message(CHAT, after=answer)
        assert [m.reply_to for m in server.messages(CHAT)] == [1, server.messages(CHAT)[1].reply_to]
        assert len(server.messages(CHAT)) == 2


async def test_an_answer_waits_out_an_error_of_the_server(core: FakeCore) -> None:
    async with running(core) as server:
        server.fail_next("sendMessage", 500)
        server.user_says(CHAT, QUESTION)
        assert (await server.wait_for_message(CHAT)).parsed.of_type("bold")[0] == ANSWER.lead
        assert len(server.messages(CHAT)) == 1


async def test_a_message_that_telegram_will_never_take_is_apologised_for(core: FakeCore) -> None:
    async with running(core) as server:
        server.fail_next("sendMessage", 400)
        server.user_says(CHAT, QUESTION)
        message = await server.wait_for_message(CHAT)
        assert message.text.startswith("Кешіріңіз, жауап дайындағанда қате шықты.")


async def test_what_others_owe_is_sent_too_and_corrections_as_well(core: FakeCore, tmp_path: Path) -> None:
    async with (
        BotApiServer() as server,
        storage_in(tmp_path) as storage,
        at_work(dependencies(core, storage), server),
    ):
        server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        await storage.deliveries.owe(CHAT, Outgoing("Хабар").to_json(), dedupe_key="w:1", kind="watch")
        news = await server.wait_for_message(CHAT, after=answer)
        cited = Cited(digests=(ANSWER.citations[0].quote.passage.digest,))
        correction = Outgoing("Түзету").to_json()
        campaign = await storage.campaigns.start("Түзету", correction, cited, _yesterday(), by=1)
        last = await server.wait_for_message(CHAT, after=news)
        assert (news.text, last.text, campaign.recipients) == ("Хабар", "Түзету", 1)


def _yesterday() -> datetime:
    return datetime.now(UTC) - timedelta(days=1)
