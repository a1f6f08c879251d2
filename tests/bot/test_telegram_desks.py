"""Questions of one chat come one by one, a newer one replaces a slow one, and nobody may ask without end."""

from __future__ import annotations

import asyncio

import pytest

from bot.kazakh import telegram as say
from bot.telegram.desks import Desks, Replaced
from bot.telegram.limits import WINDOW_S, Admission, Limits
from tests.bot.samples import ANSWER
from tests.bot.telegram_running import CHAT, QUESTION, running, sample_core, until
from tests.fakes import FakeCore


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def test_a_newer_question_replaces_one_that_takes_too_long(core: FakeCore) -> None:
    core.gate = asyncio.Event()
    async with running(core, patience_s=0) as server:
        try:
            server.user_says(CHAT, "Баяу сұрақ?")
            await until(lambda: len(core.asked) == 1)
            newer = server.user_says(CHAT, QUESTION)
            await until(lambda: len(core.asked) == 2)
        finally:
            core.gate.set()
        answer = await server.wait_for_message(CHAT)
        assert answer.reply_to == server.message_id_of(newer)
        server.user_says(CHAT, "/help")
        await server.wait_for_message(CHAT, after=answer)
        assert len(server.messages(CHAT)) == 2


async def test_quick_questions_of_one_chat_are_all_answered_in_their_order(core: FakeCore) -> None:
    async with running(core) as server:
        updates = [server.user_says(CHAT, f"{number}-сұрақ") for number in range(12)]
        await server.wait_until(lambda: True if len(server.messages(CHAT)) == 12 else None)
        assert [m.reply_to for m in server.messages(CHAT)] == [server.message_id_of(u) for u in updates]


async def test_who_asks_too_much_is_told_so_once_and_others_are_answered(core: FakeCore) -> None:
    async with running(core, questions_per_minute=2) as server:
        for _ in range(6):
            server.user_says(CHAT, QUESTION)
        server.user_says(CHAT + 1, QUESTION)
        await server.wait_for_message(CHAT + 1)
        server.user_says(CHAT, "/help")
        await server.wait_until(lambda: True if len(server.messages(CHAT)) == 4 else None)
        texts = [message.text for message in server.messages(CHAT)]
        assert texts.count(say.too_many_questions(2)) == 1
        assert sum(text.startswith(ANSWER.lead) for text in texts) == 2
        assert len(core.asked) == 3


def test_questions_are_taken_again_a_minute_later_and_the_line_is_said_again() -> None:
    now = [0.0]
    limits = Limits(1, lambda: now[0])
    assert limits.admit(1, 1) is Admission.ADMITTED
    assert [limits.admit(1, 1), limits.admit(1, 1)] == [Admission.TOO_MANY, Admission.STILL_TOO_MANY]
    now[0] = WINDOW_S
    assert [limits.admit(1, 1), limits.admit(1, 1)] == [Admission.ADMITTED, Admission.TOO_MANY]


def test_a_group_as_a_whole_has_the_limit_of_a_person() -> None:
    limits = Limits(2, lambda: 0.0)
    answers = [limits.admit(user, -5) for user in (1, 2, 3)]
    assert answers == [Admission.ADMITTED, Admission.ADMITTED, Admission.TOO_MANY]
    assert limits.admit(3, 3) is Admission.ADMITTED


async def test_of_three_questions_the_slow_one_in_work_gives_way_and_the_last_one_is_finished() -> None:
    desks, never, finished = Desks(patience_s=0), asyncio.Event(), []

    async def ask(number: int, job: asyncio.Event | None) -> None:
        try:
            async with desks.seat(1) as seat:
                await seat.work(job.wait() if job else asyncio.sleep(0))
                finished.append(number)
        except Replaced:
            finished.append(-number)

    first = asyncio.create_task(ask(1, never))
    await asyncio.sleep(0)
    await asyncio.gather(first, ask(2, never), ask(3, None))
    assert finished == [-1, -2, 3]
