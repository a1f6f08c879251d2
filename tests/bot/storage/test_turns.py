"""The last questions of a chat."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.storage import Storage
from bot.storage.turns import MAX_TURNS
from bot.storage.values import Turn
from tests.bot.storage.samples import AIGUL, BERIK, SECRET, START, HandClock

TTL = timedelta(minutes=30)


async def test_a_follow_up_finds_the_question_before_it_after_a_restart(
    storage: Storage, url: str, tmp_path: Path, clock: HandClock
) -> None:
    await storage.turns.remember(AIGUL, "Ассамблея төрағасы кім?", None, ["law-assembly/2022-02-07/10/1"])
    await storage.close()
    again = await Storage.open(url, tmp_path, SECRET, clock=clock)
    turns = await again.turns.last(AIGUL, 1, TTL)
    await again.close()
    assert turns == (Turn("Ассамблея төрағасы кім?", None, ("law-assembly/2022-02-07/10/1",), START),)


async def test_turns_come_newest_first_and_no_more_than_asked_for(storage: Storage) -> None:
    for text in ("бір", "екі", "үш"):
        await storage.turns.remember(AIGUL, text)
    assert [turn.question for turn in await storage.turns.last(AIGUL, 2, TTL)] == ["үш", "екі"]


async def test_a_turn_older_than_its_time_to_live_is_not_given(storage: Storage, clock: HandClock) -> None:
    await storage.turns.remember(AIGUL, "ескі")
    clock.move(minutes=31)
    assert await storage.turns.last(AIGUL, 5, TTL) == ()


async def test_a_chat_keeps_a_bounded_number_of_turns(storage: Storage) -> None:
    for number in range(MAX_TURNS + 3):
        await storage.turns.remember(AIGUL, f"{number}-сұрақ")
    kept = await storage.turns.last(AIGUL, 100, TTL)
    assert [turn.question for turn in kept] == [f"{n}-сұрақ" for n in range(MAX_TURNS + 2, 2, -1)]


async def test_one_chat_knows_nothing_of_another(storage: Storage) -> None:
    await storage.turns.remember(AIGUL, "бірінші")
    await storage.turns.remember(BERIK, "екінші")
    assert [turn.question for turn in await storage.turns.last(AIGUL, 5, TTL)] == ["бірінші"]


async def test_a_chat_is_the_same_by_number_and_by_text(storage: Storage) -> None:
    await storage.turns.remember(str(AIGUL), "бірінші")
    assert len(await storage.turns.last(AIGUL, 5, TTL)) == 1


async def test_a_cleared_chat_starts_anew(storage: Storage) -> None:
    await storage.turns.remember(AIGUL, "бірінші")
    await storage.turns.clear(AIGUL)
    assert await storage.turns.last(AIGUL, 5, TTL) == ()
