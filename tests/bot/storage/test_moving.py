"""A group that became a supergroup."""

from __future__ import annotations

from bot.storage import Storage
from bot.storage.values import Asker, Cited, NewQuestion, PassageRef, QuestionStatus
from tests.bot.storage.samples import AIGUL, START, HandClock

GROUP, SUPERGROUP = -77, -1_000_000_000_077
PASSAGE = PassageRef("p", "digest", "law-assembly", "9")


async def test_what_a_group_watches_and_is_owed_goes_to_the_supergroup(storage: Storage) -> None:
    await storage.subscriptions.add(GROUP, "law-assembly")
    await storage.deliveries.owe(GROUP, "{}", dedupe_key="u:1", kind="answer", reply_to=15)
    assert await storage.moving.move(GROUP, SUPERGROUP)
    assert await storage.subscriptions.subscribers("law-assembly") == (SUPERGROUP,)
    (delivery,) = await storage.deliveries.due()
    assert (delivery.chat_id, delivery.reply_to) == (SUPERGROUP, None)


async def test_what_is_owed_to_the_old_number_later_goes_to_the_supergroup_too(
    storage: Storage, clock: HandClock
) -> None:
    await storage.moving.move(GROUP, SUPERGROUP)
    await storage.privacy.forget_old()
    await storage.deliveries.owe(GROUP, "{}", dedupe_key="u:1", kind="staff")
    (delivery,) = await storage.deliveries.due()
    assert delivery.chat_id == SUPERGROUP


async def test_both_sides_that_watch_the_same_document_become_one(storage: Storage) -> None:
    await storage.subscriptions.add(GROUP, "law-assembly")
    await storage.subscriptions.add(SUPERGROUP, "law-assembly")
    await storage.moving.move(GROUP, SUPERGROUP)
    assert await storage.subscriptions.subscribers("law-assembly") == (SUPERGROUP,)


async def test_a_correction_and_an_answer_of_staff_find_the_supergroup(storage: Storage) -> None:
    await storage.sent_passages.record(GROUP, [PASSAGE])
    card = await storage.queue.open("Сұрақ", Asker(AIGUL, GROUP, 15))
    await storage.moving.move(GROUP, SUPERGROUP)
    assert await storage.sent_passages.count(Cited(digests=("digest",)), START) == 1
    waiting = await storage.queue.answer(card, by=1)
    assert waiting is not None
    assert [(one.chat_id, one.reply_to) for one in waiting] == [(SUPERGROUP, None)]


async def test_a_message_of_the_supergroup_is_not_taken_for_one_of_the_group(storage: Storage) -> None:
    question = NewQuestion(AIGUL, GROUP, "Сұрақ", QuestionStatus.ANSWERED, message_id=15)
    await storage.questions.record(question)
    await storage.moving.move(GROUP, SUPERGROUP)
    assert await storage.questions.by_message(GROUP, 15) is None
    assert await storage.questions.by_message(SUPERGROUP, 15) is None


async def test_a_move_that_is_told_twice_is_made_once(storage: Storage) -> None:
    assert await storage.moving.move(GROUP, SUPERGROUP)
    assert not await storage.moving.move(GROUP, SUPERGROUP)
