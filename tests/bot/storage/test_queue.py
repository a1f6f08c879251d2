"""Cards in the staff group."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from bot.storage import Storage
from bot.storage.values import Asker, Card, CardState, Waiting
from tests.bot.storage.samples import AIGUL, BERIK, GROUP, SAULE, START

STAFF = 801234567


def vector(*values: float) -> bytes:
    return np.array(values, dtype=np.float32).tobytes()


async def test_a_card_is_kept_with_the_question_and_the_nearest_passages(storage: Storage) -> None:
    card_id = await storage.queue.open(
        "Ассамблеяға қалай мүше болуға болады?",
        Asker(AIGUL, AIGUL, 7),
        understood="Ассамблея мүшелігі",
        passages=("law-assembly/2022-02-07/9/1",),
        embedding=vector(1, 0),
    )
    await storage.queue.placed(card_id, 501)
    assert await storage.queue.by_staff_message(501) == Card(
        id=card_id,
        question="Ассамблеяға қалай мүше болуға болады?",
        understood="Ассамблея мүшелігі",
        passages=("law-assembly/2022-02-07/9/1",),
        embedding=vector(1, 0),
        asked=1,
        state=CardState.OPEN,
        staff_message_id=501,
        opened_at=START,
    )


async def test_all_who_ask_the_same_are_answered_where_they_asked(storage: Storage) -> None:
    question_id = await storage.queue.open("сұрақ", Asker(AIGUL, AIGUL, 7))
    assert await storage.queue.join(question_id, Asker(BERIK, GROUP, 9)) == 2
    assert await storage.queue.answer(question_id, STAFF) == (
        Waiting(AIGUL, 7, None),
        Waiting(GROUP, 9, None),
    )


async def test_a_person_who_asks_again_counts_once(storage: Storage) -> None:
    card_id = await storage.queue.open("сұрақ", Asker(AIGUL, AIGUL, 7))
    assert await storage.queue.join(card_id, Asker(AIGUL, AIGUL, 8)) == 1
    assert await storage.queue.answer(card_id, STAFF) == (Waiting(AIGUL, 7, None),)


async def test_an_answered_card_leaves_the_queue_and_keeps_no_asker(storage: Storage) -> None:
    card_id = await storage.queue.open("сұрақ", Asker(AIGUL, AIGUL))
    await storage.queue.answer(card_id, STAFF)
    assert await storage.queue.open_cards() == ()
    assert await storage.queue.answer(card_id, STAFF) is None
    assert await storage.queue.join(card_id, Asker(BERIK, BERIK)) is None
    card = await storage.queue.get(card_id)
    assert card is not None and card.state is CardState.ANSWERED
    assert (await storage.privacy.forget(AIGUL)).waiting == 0


async def test_a_closed_card_tells_who_is_to_hear_of_it(storage: Storage) -> None:
    card_id = await storage.queue.open("сұрақ", Asker(AIGUL, AIGUL, 7))
    assert await storage.queue.close(card_id, STAFF) == (Waiting(AIGUL, 7, None),)
    card = await storage.queue.get(card_id)
    assert card is not None and card.state is CardState.CLOSED


async def test_of_two_who_answer_a_card_at_once_one_is_the_first(storage: Storage, replica: Storage) -> None:
    card_id = await storage.queue.open("сұрақ", Asker(AIGUL, AIGUL, 7))
    results = await asyncio.gather(
        storage.queue.answer(card_id, STAFF), replica.queue.answer(card_id, STAFF + 1)
    )
    assert sorted(results, key=str) == [(Waiting(AIGUL, 7, None),), None]


async def test_the_card_that_most_people_wait_for_comes_first(storage: Storage) -> None:
    rare = await storage.queue.open("сирек", Asker(AIGUL, AIGUL))
    often = await storage.queue.open("жиі", Asker(AIGUL, AIGUL))
    late = await storage.queue.open("кеш", Asker(AIGUL, AIGUL))
    await storage.queue.join(often, Asker(BERIK, BERIK))
    assert [card.id for card in await storage.queue.open_cards()] == [often, rare, late]


async def test_a_question_finds_the_open_card_that_is_closest_in_meaning(storage: Storage) -> None:
    await storage.queue.open("бірінші", Asker(AIGUL, AIGUL), embedding=vector(0, 1))
    near = await storage.queue.open("екінші", Asker(AIGUL, AIGUL), embedding=vector(2, 0))
    closed = await storage.queue.open("үшінші", Asker(AIGUL, AIGUL), embedding=vector(3, 4))
    await storage.queue.close(closed, STAFF)
    found = await storage.queue.most_similar(vector(3, 4))
    assert found is not None and found.card.question == "бірінші"
    assert found.similarity == pytest.approx(0.8)
    found = await storage.queue.most_similar(vector(4, 3))
    assert found is not None and found.card.id == near


async def test_vectors_of_another_model_are_not_compared(storage: Storage) -> None:
    await storage.queue.open("бірінші", Asker(SAULE, SAULE), embedding=vector(1, 0, 0))
    assert await storage.queue.most_similar(vector(1, 0)) is None
