"""Messages owed to chats."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.storage import Storage
from bot.storage.values import Delivery
from tests.bot.storage.samples import AIGUL, BERIK, SAULE, START, HandClock, question


async def owe(storage: Storage, chat_id: int, key: str) -> int:
    return await storage.deliveries.owe(chat_id, f'{{"text": "{key}"}}', dedupe_key=key, kind="answer")


async def keys(storage: Storage, limit: int = 10) -> list[str]:
    return [delivery.dedupe_key for delivery in await storage.deliveries.due(limit)]


async def test_what_is_owed_comes_back_as_it_was_promised(storage: Storage) -> None:
    question_id = await storage.questions.record(question())
    delivery_id = await storage.deliveries.owe(
        AIGUL, '{"text": "Жауап"}', dedupe_key="u:1", kind="answer", reply_to=7, question_id=question_id
    )
    expected = Delivery(
        delivery_id, AIGUL, "answer", '{"text": "Жауап"}', "u:1", 7, question_id, attempts=1, in_doubt=False
    )
    assert await storage.deliveries.due() == (expected,)


async def test_the_same_promise_is_kept_once(storage: Storage) -> None:
    first = await owe(storage, AIGUL, "u:1")
    assert await owe(storage, AIGUL, "u:1") == first
    assert await keys(storage) == ["u:1"]
    await storage.deliveries.sent(first, 100)
    assert await owe(storage, AIGUL, "u:1") == first
    assert await keys(storage) == []


async def test_two_replicas_never_get_the_same_delivery(storage: Storage, replica: Storage) -> None:
    for number in range(20):
        await owe(storage, 1000 + number, f"u:{number}")
    rounds = [asyncio.gather(keys(storage, 3), keys(replica, 3)) for _ in range(4)]
    given = [key for pair in await asyncio.gather(*rounds) for part in pair for key in part]
    given += await keys(storage, 20)
    assert sorted(given) == sorted(f"u:{number}" for number in range(20))


async def test_a_delivery_whose_sender_died_is_due_again_and_in_doubt(
    storage: Storage, replica: Storage, clock: HandClock
) -> None:
    await owe(storage, AIGUL, "u:1")
    (first,) = await storage.deliveries.due(lease=timedelta(seconds=60))
    clock.move(seconds=59)
    assert await replica.deliveries.due() == ()
    clock.move(seconds=1)
    (second,) = await replica.deliveries.due()
    assert (first.attempts, first.in_doubt) == (1, False)
    assert (second.id, second.attempts, second.in_doubt) == (first.id, 2, True)


async def test_after_a_restart_the_replicas_own_deliveries_are_due_at_once(
    storage: Storage, replica: Storage
) -> None:
    await owe(storage, AIGUL, "mine")
    await owe(storage, BERIK, "theirs")
    await storage.deliveries.due(1)
    await replica.deliveries.due(1)
    await storage.recover()
    (again,) = await storage.deliveries.due(10)
    assert (again.dedupe_key, again.in_doubt) == ("mine", True)


async def test_a_chat_gets_its_messages_in_order_and_one_at_a_time(storage: Storage) -> None:
    first = await owe(storage, AIGUL, "a:1")
    await owe(storage, AIGUL, "a:2")
    await owe(storage, BERIK, "b:1")
    assert await keys(storage) == ["a:1", "b:1"]
    assert await keys(storage) == []
    await storage.deliveries.sent(first, 100)
    assert await keys(storage) == ["a:2"]


async def test_a_message_that_waits_for_its_next_attempt_holds_the_later_ones_of_its_chat(
    storage: Storage, clock: HandClock
) -> None:
    await owe(storage, AIGUL, "a:1")
    await owe(storage, AIGUL, "a:2")
    (first,) = await storage.deliveries.due()
    await storage.deliveries.failed(first.id, "flood control", clock.now + timedelta(seconds=30))
    assert await keys(storage) == []
    clock.move(seconds=30)
    (again,) = await storage.deliveries.due()
    assert (again.dedupe_key, again.attempts, again.in_doubt) == ("a:1", 2, False)


async def test_a_message_that_is_given_up_lets_the_next_one_go(storage: Storage) -> None:
    await owe(storage, AIGUL, "a:1")
    await owe(storage, AIGUL, "a:2")
    (first,) = await storage.deliveries.due()
    await storage.deliveries.failed(first.id, "message is too long")
    assert await keys(storage) == ["a:2"]


async def test_an_attempt_without_a_reply_leaves_a_doubt(storage: Storage, clock: HandClock) -> None:
    await owe(storage, AIGUL, "a:1")
    (first,) = await storage.deliveries.due()
    await storage.deliveries.failed(first.id, "timed out", clock.now, in_doubt=True)
    (again,) = await storage.deliveries.due()
    assert again.in_doubt


async def test_a_sent_answer_is_linked_with_its_question(storage: Storage) -> None:
    question_id = await storage.questions.record(question(message_id=7))
    delivery_id = await storage.deliveries.owe(
        AIGUL, "{}", dedupe_key="u:1", kind="answer", question_id=question_id
    )
    await storage.deliveries.sent(delivery_id, 8)
    found = await storage.questions.by_message(AIGUL, 8)
    assert found is not None and found.id == question_id


async def test_a_delivery_is_settled_once(storage: Storage) -> None:
    delivery_id = await owe(storage, AIGUL, "u:1")
    await storage.deliveries.sent(delivery_id, 8)
    await storage.deliveries.failed(delivery_id, "too late", START)
    await storage.deliveries.blocked(delivery_id)
    assert await storage.deliveries.wake_at() is None
    assert await keys(storage) == []


async def test_a_chat_that_blocked_the_bot_is_owed_nothing_more(storage: Storage) -> None:
    first = await owe(storage, AIGUL, "a:1")
    await owe(storage, AIGUL, "a:2")
    await owe(storage, BERIK, "b:1")
    await storage.subscriptions.add(AIGUL, "law-assembly")
    await storage.deliveries.blocked(first)
    assert await keys(storage) == ["b:1"]
    assert await storage.subscriptions.of(AIGUL) == ()


async def test_a_fresh_answer_can_be_taken_in_the_transaction_that_owes_it(
    storage: Storage, replica: Storage
) -> None:
    async with storage.transaction():
        delivery_id = await owe(storage, AIGUL, "a:1")
        taken = await storage.deliveries.take(delivery_id)
    assert taken is not None and (taken.id, taken.attempts) == (delivery_id, 1)
    assert await replica.deliveries.due() == ()


async def test_an_answer_is_not_taken_before_its_turn(storage: Storage) -> None:
    await owe(storage, AIGUL, "a:1")
    assert await storage.deliveries.take(await owe(storage, AIGUL, "a:2")) is None


async def test_the_sender_knows_how_long_it_may_sleep(storage: Storage, clock: HandClock) -> None:
    assert await storage.deliveries.wake_at() is None
    await owe(storage, AIGUL, "a:1")
    assert await storage.deliveries.wake_at() == START
    (first,) = await storage.deliveries.due(lease=timedelta(seconds=60))
    await owe(storage, AIGUL, "a:2")  # waits for the first one
    assert await storage.deliveries.wake_at() == START + timedelta(seconds=60)
    await storage.deliveries.failed(first.id, "flood control", clock.now + timedelta(seconds=5))
    assert await storage.deliveries.wake_at() == START + timedelta(seconds=5)


async def test_promises_to_many_chats_come_oldest_first(storage: Storage) -> None:
    for chat_id, key in ((SAULE, "1"), (AIGUL, "2"), (BERIK, "3")):
        await owe(storage, chat_id, key)
    assert await keys(storage, 2) == ["1", "2"]


async def test_a_message_that_is_sent_slowly_stays_with_its_sender(
    storage: Storage, replica: Storage, clock: HandClock
) -> None:
    await storage.deliveries.owe(AIGUL, "{}", dedupe_key="u:1", kind="answer")
    (delivery,) = await storage.deliveries.due()
    for _ in range(4):
        clock.move(seconds=30)
        await storage.deliveries.renew([delivery.id])
    assert await replica.deliveries.due() == ()
    clock.move(seconds=40)
    (again,) = await replica.deliveries.due()
    assert (again.id, again.in_doubt) == (delivery.id, True)
