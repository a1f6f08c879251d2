"""Updates that were taken."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.storage import Storage
from bot.storage.values import Claim, UnfinishedUpdate
from tests.bot.storage.samples import HandClock


async def test_an_update_that_comes_twice_is_worked_on_once(storage: Storage) -> None:
    assert await storage.updates.claim(17)
    assert not await storage.updates.claim(17)
    await storage.updates.done(17)
    assert not await storage.updates.claim(17)


async def test_of_two_replicas_that_get_the_same_update_one_wins(storage: Storage, replica: Storage) -> None:
    numbers = range(20)
    claims = [asyncio.gather(storage.updates.claim(n), replica.updates.claim(n)) for n in numbers]
    assert [pair.count(None) for pair in await asyncio.gather(*claims)] == [1] * 20


async def test_an_update_whose_process_died_is_given_out_once_its_lease_is_over(
    storage: Storage, replica: Storage, clock: HandClock
) -> None:
    await storage.updates.claim(17, '{"update_id": 17, "text": "Ассамблея"}')
    assert await replica.updates.unfinished() == ()
    clock.move(minutes=2)
    assert await replica.updates.unfinished() == (
        UnfinishedUpdate(17, '{"update_id": 17, "text": "Ассамблея"}'),
    )
    assert await storage.updates.unfinished() == ()


async def test_of_two_replicas_that_ask_for_unfinished_updates_one_gets_each(
    storage: Storage, replica: Storage, clock: HandClock
) -> None:
    for number in range(10):
        await storage.updates.claim(number, "{}")
    clock.move(minutes=2)
    mine, theirs = await asyncio.gather(storage.updates.unfinished(5), replica.updates.unfinished(10))
    rest = await storage.updates.unfinished()
    assert sorted(update.id for update in (*mine, *theirs, *rest)) == list(range(10))


async def test_after_a_restart_the_replicas_own_updates_are_unfinished_at_once(
    storage: Storage, replica: Storage
) -> None:
    await storage.updates.claim(17, "{}")
    await replica.updates.claim(18, "{}")
    await storage.recover()
    assert [update.id for update in await storage.updates.unfinished()] == [17]


async def test_a_finished_update_is_not_given_out_again(storage: Storage, clock: HandClock) -> None:
    await storage.updates.claim(17, "{}")
    await storage.updates.done(17)
    clock.move(hours=1)
    await storage.recover()
    assert await storage.updates.unfinished() == ()


async def test_an_update_is_not_done_where_its_answer_was_not_owed(
    storage: Storage, clock: HandClock
) -> None:
    await storage.updates.claim(17, "{}")
    with pytest.raises(RuntimeError, match="cut short"):
        async with storage.transaction():
            await storage.deliveries.owe(5, "{}", dedupe_key="update:17", kind="answer")
            await storage.updates.done(17)
            raise RuntimeError("cut short")
    clock.move(minutes=2)
    assert await storage.deliveries.due() == ()
    assert [update.id for update in await storage.updates.unfinished()] == [17]


async def test_a_claim_names_what_is_unfinished_of_the_same_chat_before_it(
    storage: Storage, replica: Storage
) -> None:
    await replica.updates.claim(16, "{}", chat_id=5)
    await storage.updates.claim(17, "{}", chat_id=5)
    await replica.updates.claim(18, "{}", chat_id=6)
    await replica.updates.done(16)
    claim = await storage.updates.claim(19, "{}", chat_id=5)
    assert claim == Claim((17,))
    assert await replica.updates.earlier(19, 5) == (17,)
    await storage.updates.done(17)
    assert await replica.updates.earlier(19, 5) == ()


async def test_work_that_its_process_renews_is_not_given_out(
    storage: Storage, replica: Storage, clock: HandClock
) -> None:
    await storage.updates.claim(17, "{}")
    await storage.updates.claim(18, "{}")
    clock.move(seconds=19)
    await storage.updates.renew([17])
    await replica.updates.renew([18])  # not its own
    clock.move(seconds=1)
    assert [update.id for update in await replica.updates.unfinished()] == [18]


async def test_of_two_replicas_one_leads_until_it_resigns_or_its_term_is_over(
    storage: Storage, replica: Storage, clock: HandClock
) -> None:
    term = timedelta(minutes=2)
    assert [await storage.leadership.mine(term), await replica.leadership.mine(term)] == [True, False]
    clock.move(minutes=2)
    assert [await replica.leadership.mine(term), await storage.leadership.mine(term)] == [True, False]
    await replica.leadership.resign()
    assert await storage.leadership.mine(term)
