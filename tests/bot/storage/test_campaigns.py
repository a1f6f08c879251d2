"""Subscriptions, and corrections to everyone who was shown a text."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.storage import Storage
from bot.storage.values import Campaign, CampaignState, Cited
from tests.bot.storage.samples import AIGUL, BERIK, GROUP, SAULE, START, HandClock, passage

STAFF = 801234567
WEEK = timedelta(days=7)
NINE = Cited(document="law-assembly", article="9")


async def start(storage: Storage, clock: HandClock) -> Campaign:
    return await storage.campaigns.start("Түзету", '{"text": "Түзету"}', NINE, clock.now - WEEK, by=STAFF)


async def show_nine(storage: Storage, *chats: int) -> None:
    for chat_id in chats:
        await storage.sent_passages.record(chat_id, [passage("9")])


async def test_a_chat_is_told_of_the_documents_that_it_watches(storage: Storage) -> None:
    assert await storage.subscriptions.add(AIGUL, "law-assembly")
    assert not await storage.subscriptions.add(AIGUL, "law-assembly")
    await storage.subscriptions.add(GROUP, "law-assembly")
    await storage.subscriptions.add(AIGUL, "constitution-2026")
    assert await storage.subscriptions.subscribers("law-assembly") == (AIGUL, GROUP)
    assert await storage.subscriptions.of(AIGUL) == ("law-assembly", "constitution-2026")
    assert await storage.subscriptions.remove(AIGUL, "law-assembly")
    assert not await storage.subscriptions.remove(AIGUL, "law-assembly")
    assert await storage.subscriptions.subscribers("law-assembly") == (GROUP,)


async def test_a_correction_counts_each_chat_that_saw_the_article_of_late(
    storage: Storage, clock: HandClock
) -> None:
    await show_nine(storage, SAULE)
    clock.move(days=8)
    await show_nine(storage, AIGUL, AIGUL, GROUP)
    await storage.sent_passages.record(BERIK, [passage("10")])
    since = clock.now - WEEK
    assert await storage.sent_passages.count(NINE, since) == 2
    assert await storage.sent_passages.count(NINE, START) == 3
    assert await storage.sent_passages.count(Cited(document="law-assembly"), since) == 3
    assert await storage.sent_passages.count(Cited(digests=(passage("10").digest,)), since) == 1
    assert await storage.sent_passages.count(Cited(), since) == 0


async def test_a_correction_goes_once_to_each_of_them(storage: Storage, clock: HandClock) -> None:
    await show_nine(storage, AIGUL, BERIK, AIGUL)
    campaign = await start(storage, clock)
    assert campaign == Campaign(
        id=campaign.id,
        text="Түзету",
        author=storage.keys.person(STAFF),
        started_at=clock.now,
        state=CampaignState.RUNNING,
        recipients=2,
        sent=0,
        blocked=0,
        failed=0,
        dropped=0,
        left=2,
    )
    assert await storage.deliveries.due(10) == ()
    due = await storage.deliveries.due(10, bulk=True)
    assert sorted((d.chat_id, d.kind, d.payload) for d in due) == [
        (AIGUL, "campaign", '{"text": "Түзету"}'),
        (BERIK, "campaign", '{"text": "Түзету"}'),
    ]


async def test_a_campaign_counts_what_became_of_its_messages(storage: Storage, clock: HandClock) -> None:
    await show_nine(storage, AIGUL, BERIK, SAULE, GROUP)
    campaign = await start(storage, clock)
    first, second, third, _ = await storage.deliveries.due(10, bulk=True)
    await storage.deliveries.sent(first.id, 100)
    await storage.deliveries.sent(first.id, 100)
    await storage.deliveries.blocked(second.id)
    await storage.deliveries.failed(third.id, "chat not found")
    found = await storage.campaigns.get(campaign.id)
    assert found is not None
    assert (found.sent, found.blocked, found.failed, found.left) == (1, 1, 1, 1)
    assert found.state is CampaignState.RUNNING


async def test_an_interrupted_campaign_goes_on_where_it_was(
    storage: Storage, replica: Storage, clock: HandClock
) -> None:
    await show_nine(storage, AIGUL, BERIK, SAULE)
    campaign = await start(storage, clock)
    (first,) = await storage.deliveries.due(1, bulk=True)
    await storage.deliveries.sent(first.id, 100)
    rest = await replica.deliveries.due(10, bulk=True)
    assert {d.chat_id for d in rest} == {AIGUL, BERIK, SAULE} - {first.chat_id}
    for delivery in rest:
        await replica.deliveries.sent(delivery.id, 100)
    (done,) = await replica.campaigns.latest()
    assert (done.id, done.state, done.sent) == (campaign.id, CampaignState.DONE, 3)


async def test_a_stopped_campaign_sends_no_more(storage: Storage, clock: HandClock) -> None:
    await show_nine(storage, AIGUL, BERIK, SAULE)
    campaign = await start(storage, clock)
    (first,) = await storage.deliveries.due(1, bulk=True)
    stopped = await storage.campaigns.stop(campaign.id)
    assert stopped is not None
    assert (stopped.state, stopped.dropped, stopped.left) == (CampaignState.STOPPED, 2, 1)
    await storage.deliveries.sent(first.id, 100)
    assert await storage.deliveries.due(10, bulk=True) == ()
    assert await storage.campaigns.stop(99) is None


async def test_an_answer_does_not_wait_for_a_correction(storage: Storage, clock: HandClock) -> None:
    await show_nine(storage, AIGUL)
    await start(storage, clock)
    await storage.deliveries.owe(AIGUL, "{}", dedupe_key="u:1", kind="answer")
    assert [d.kind for d in await storage.deliveries.due(10)] == ["answer"]


async def test_a_chat_that_blocked_the_bot_gets_no_correction_until_somebody_asks_there_again(
    storage: Storage, clock: HandClock
) -> None:
    await show_nine(storage, AIGUL, BERIK)
    await storage.deliveries.blocked(
        await storage.deliveries.owe(AIGUL, "{}", dedupe_key="u:1", kind="answer")
    )
    assert await storage.sent_passages.count(NINE, START) == 1
    await storage.deliveries.owe(AIGUL, "{}", dedupe_key="u:2", kind="answer")
    assert await storage.sent_passages.count(NINE, START) == 2


async def test_two_replicas_share_a_campaign(storage: Storage, replica: Storage, clock: HandClock) -> None:
    await show_nine(storage, *range(1000, 1030))
    await start(storage, clock)
    mine, theirs = await asyncio.gather(
        storage.deliveries.due(20, bulk=True), replica.deliveries.due(20, bulk=True)
    )
    rest = await storage.deliveries.due(30, bulk=True)
    assert sorted(d.chat_id for d in (*mine, *theirs, *rest)) == list(range(1000, 1030))
