"""What is kept of people, and how it is forgotten."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import make_url, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage import Storage
from bot.storage.tables import Base
from bot.storage.values import (
    Asker,
    CardState,
    Cited,
    DayCount,
    FeedbackCount,
    Forgotten,
    Reason,
    Swept,
    Vote,
)
from tests.bot.storage.samples import (
    AIGUL,
    BERIK,
    GROUP,
    SAULE,
    START,
    HandClock,
    citation,
    passage,
    question,
)

STAFF = 801234567
TODAY = date(2026, 11, 2)
DAY = START.replace(year=2025)


async def live(storage: Storage, user_id: int, chat_id: int) -> int:
    """All that a person can leave behind; the question's number."""
    await storage.updates.claim(user_id % 1000, f'{{"from": {{"id": {user_id}, "first_name": "Айгүл"}}}}')
    await storage.turns.remember(chat_id, "Ассамблея туралы", user_id=user_id)
    question_id = await storage.questions.record(
        question("Менің көшем туралы сұрақ", user_id, chat_id, passages=(passage(),), message_id=7)
    )
    await storage.feedback.vote(question_id, user_id, Vote.DOWN)
    await storage.feedback.give_reason(question_id, user_id, Reason.WRONG)
    await storage.queue.open(
        "Менің көшем туралы сұрақ", Asker(user_id, chat_id, 7, question_id), embedding=b"1234"
    )
    await storage.deliveries.owe(
        chat_id, "{}", dedupe_key=f"{question_id}", kind="answer", question_id=question_id
    )
    await storage.sent_passages.record(chat_id, [passage()])
    await storage.subscriptions.add(chat_id, "law-assembly")
    return question_id


async def contents(url: str) -> list[str]:
    """Every value of every row of every table, bytes as hexadecimal digits."""
    engine = create_async_engine(make_url(url), poolclass=NullPool)
    values: list[str] = []
    async with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in await connection.execute(select(table)):
                values += [value.hex() if isinstance(value, bytes) else str(value) for value in row]
    await engine.dispose()
    return values


async def test_no_number_and_no_name_of_a_person_stands_in_the_database(storage: Storage, url: str) -> None:
    await live(storage, AIGUL, AIGUL)
    await live(storage, BERIK, GROUP)
    await storage.curated.add("Жауап", ["Сұрақ?"], [citation()], by=STAFF)
    await storage.campaigns.start("Түзету", "{}", Cited(document="law-assembly"), DAY, by=STAFF)
    everything = "\n".join(await contents(url))
    assert "law-assembly" in everything
    for number in (AIGUL, BERIK, GROUP, STAFF):
        assert str(number) not in everything
        assert number.to_bytes(8, "big", signed=True).hex() not in everything
    assert not re.search("Айгүл|" + "Айгүл".encode().hex(), everything)


async def test_a_person_who_asks_for_it_is_forgotten_and_told_what_was_deleted(
    storage: Storage, url: str
) -> None:
    await live(storage, AIGUL, AIGUL)
    assert await storage.privacy.forget(AIGUL) == Forgotten(
        turns=1,
        questions=1,
        votes=1,
        waiting=1,
        owed=1,
        subscriptions=1,
        passages=1,
        signatures=0,
        addresses=1,
        staff_messages=(),
    )
    everything = "\n".join(await contents(url))
    assert storage.keys.person(AIGUL) not in everything
    assert storage.keys.chat(AIGUL) not in everything
    assert "көшем" not in everything
    assert await storage.privacy.forget(AIGUL) == Forgotten()


async def test_nobody_else_is_forgotten_along_with_him(storage: Storage) -> None:
    await live(storage, BERIK, BERIK)
    await storage.privacy.forget(AIGUL)
    assert await storage.privacy.forget(BERIK) == Forgotten(
        turns=1, questions=1, votes=1, waiting=1, owed=1, subscriptions=1, passages=1, addresses=1
    )


async def test_in_a_group_only_his_own_goes(storage: Storage) -> None:
    await live(storage, AIGUL, GROUP)
    other = await storage.questions.record(question(user_id=BERIK, chat_id=GROUP))
    forgotten = await storage.privacy.forget(AIGUL)
    assert forgotten == Forgotten(turns=1, questions=1, votes=1, waiting=1, owed=1)
    assert await storage.questions.get(other) is not None
    assert await storage.subscriptions.of(GROUP) == ("law-assembly",)


async def test_a_card_for_which_others_wait_takes_the_words_of_one_of_them(storage: Storage) -> None:
    first = await storage.questions.record(question("Айгүлдің сөздері", AIGUL))
    second = await storage.questions.record(question("Беріктің сөздері", BERIK))
    card_id = await storage.queue.open("Айгүлдің сөздері", Asker(AIGUL, AIGUL, 7, first), embedding=b"1234")
    await storage.queue.join(card_id, Asker(BERIK, BERIK, 8, second))
    await storage.queue.placed(card_id, 501)
    assert (await storage.privacy.forget(AIGUL)).staff_messages == (501,)
    card = await storage.queue.by_staff_message(501)
    assert card is not None
    assert (card.question, card.asked, card.state) == ("Беріктің сөздері", 1, CardState.OPEN)
    assert card.embedding == b""


async def test_one_who_waits_for_a_card_of_another_leaves_its_words_alone(storage: Storage) -> None:
    card_id = await storage.queue.open("Айгүлдің сөздері", Asker(AIGUL, AIGUL))
    await storage.queue.join(card_id, Asker(BERIK, BERIK))
    await storage.queue.placed(card_id, 501)
    assert await storage.privacy.forget(BERIK) == Forgotten(waiting=1, addresses=1)
    card = await storage.queue.get(card_id)
    assert card is not None and (card.question, card.asked) == ("Айгүлдің сөздері", 1)


async def test_a_card_for_which_nobody_waits_expires(storage: Storage) -> None:
    card_id = await storage.queue.open("Айгүлдің сөздері", Asker(AIGUL, AIGUL))
    await storage.queue.placed(card_id, 501)
    assert (await storage.privacy.forget(AIGUL)).staff_messages == (501,)
    card = await storage.queue.get(card_id)
    assert card is not None and (card.question, card.state) == (None, CardState.EXPIRED)


async def test_a_staff_answer_stays_without_the_signature_of_its_author(storage: Storage) -> None:
    answer_id = await storage.curated.add("Жауап", ["Сұрақ?"], [citation()], by=STAFF)
    await storage.curated.edit(answer_id, by=STAFF, text="Жауап екі")
    assert await storage.privacy.forget(STAFF) == Forgotten(signatures=1)
    answer = await storage.curated.get(answer_id)
    assert answer is not None and (answer.text, answer.author) == ("Жауап екі", None)
    assert [change.by for change in await storage.curated.history(answer_id)] == [None, None]


async def test_the_confirmation_reaches_the_one_who_was_forgotten(storage: Storage) -> None:
    await live(storage, AIGUL, AIGUL)
    await storage.privacy.forget(AIGUL)
    await storage.deliveries.owe(AIGUL, '{"text": "Өшірілді"}', dedupe_key="u:9", kind="answer")
    (delivery,) = await storage.deliveries.due()
    assert (delivery.chat_id, delivery.payload) == (AIGUL, '{"text": "Өшірілді"}')


async def test_old_words_are_deleted_and_still_counted(storage: Storage, clock: HandClock, url: str) -> None:
    question_id = await live(storage, AIGUL, AIGUL)
    clock.move(days=90, seconds=1)
    assert await storage.privacy.forget_old() == Swept(
        questions=1, turns=1, cards=1, updates=1, deliveries=1, passages=1, chats=0, staff_messages=()
    )
    old = await storage.questions.get(question_id)
    assert old is not None
    assert (old.text, old.understood, old.person, old.asked_in) == (None, None, None, None)
    counted = await storage.statistics.between(TODAY, TODAY)
    assert counted.days == (DayCount(TODAY, answered=1),)
    assert counted.feedback == FeedbackCount(down=1, wrong=1)
    everything = "\n".join(await contents(url))
    assert "көшем" not in everything
    assert storage.keys.person(AIGUL) not in everything
    assert await storage.privacy.forget_old() == Swept()


async def test_what_is_not_old_yet_stays(storage: Storage, clock: HandClock) -> None:
    question_id = await live(storage, AIGUL, AIGUL)
    clock.move(days=90)
    assert await storage.privacy.forget_old() == Swept(turns=1, updates=1)
    kept = await storage.questions.get(question_id)
    assert kept is not None and kept.text == "Менің көшем туралы сұрақ"


async def test_an_address_goes_with_the_last_thing_that_was_to_be_sent_there(
    storage: Storage, clock: HandClock, url: str
) -> None:
    delivery_id = await storage.deliveries.owe(AIGUL, "{}", dedupe_key="u:1", kind="answer")
    await storage.deliveries.sent(delivery_id, 8)
    await storage.subscriptions.add(BERIK, "law-assembly")
    await storage.queue.open("сұрақ", Asker(SAULE, SAULE))
    clock.move(days=8)
    assert await storage.privacy.forget_old() == Swept(deliveries=1, chats=1)
    assert storage.keys.chat(AIGUL) not in await contents(url)
    assert storage.keys.chat(BERIK) in await contents(url)


async def test_a_settled_delivery_keeps_no_words(storage: Storage, url: str) -> None:
    delivery_id = await storage.deliveries.owe(AIGUL, "Жауап мәтіні", dedupe_key="u:1", kind="answer")
    assert "Жауап мәтіні" in await contents(url)
    await storage.deliveries.sent(delivery_id, 8)
    assert "Жауап мәтіні" not in await contents(url)


@pytest.mark.parametrize("text", ["", "x", "Сұрақ " * 50])
async def test_what_is_sealed_is_different_each_time_and_opens_again(storage: Storage, text: str) -> None:
    sealed = storage.keys.seal(text.encode())
    assert storage.keys.unseal(sealed).decode() == text
    assert sealed != storage.keys.seal(text.encode())
