"""The clock of the machine is set back, or was never set: what is owed goes out, nothing is misdated."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import bot.wiring
from bot.storage import Storage
from bot.wiring import ClockError, refuse_wrong_clock
from config.settings import Settings
from knowledge.catalog import load_catalog
from tests.bot.storage.samples import AIGUL, HandClock
from tests.bot.telegram_running import SECRET, copy_database


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def storage(tmp_path: Path, clock: HandClock) -> AsyncIterator[Storage]:
    await copy_database(tmp_path)
    opened = await Storage.open(None, tmp_path, SECRET, clock=clock)
    yield opened
    await opened.close()


@pytest.mark.parametrize("back", [timedelta(seconds=30), timedelta(hours=1), timedelta(days=400)])
async def test_clock_set_back_what_was_owed_before_goes_out_at_once(
    storage: Storage, clock: HandClock, back: timedelta
) -> None:
    await storage.deliveries.owe(AIGUL, "{}", dedupe_key="u:1", kind="answer")
    clock.now -= back
    await storage.deliveries.owe(AIGUL, "{}", dedupe_key="u:2", kind="answer")
    assert await storage.deliveries.wake_at() == clock.now
    [first] = await storage.deliveries.due()
    await storage.deliveries.sent(first.id, 11)
    [second] = await storage.deliveries.due()
    assert (first.dedupe_key, second.dedupe_key) == ("u:1", "u:2")


async def test_clock_set_back_an_hour_a_second_attempt_is_not_put_off_for_that_hour(
    storage: Storage, clock: HandClock
) -> None:
    await storage.deliveries.owe(AIGUL, "{}", dedupe_key="u:1", kind="answer")
    [delivery] = await storage.deliveries.due()
    await storage.deliveries.failed(delivery.id, "NetworkError", clock.now + timedelta(seconds=4))
    assert await storage.deliveries.due() == ()
    clock.move(hours=-1)
    [again] = await storage.deliveries.due()
    assert again.attempts == 2


async def test_clock_set_back_an_attempt_that_failed_just_now_still_waits_its_pause(
    storage: Storage, clock: HandClock
) -> None:
    await storage.deliveries.owe(AIGUL, "{}", dedupe_key="u:1", kind="answer")
    [delivery] = await storage.deliveries.due()
    clock.move(hours=-1)
    await storage.deliveries.failed(delivery.id, "NetworkError", clock.now + timedelta(seconds=4))
    assert await storage.deliveries.due() == ()
    assert await storage.deliveries.wake_at() == clock.now + timedelta(seconds=4)


async def test_clock_set_back_an_update_is_still_worked_on_once_and_taken_up_after_a_restart(
    storage: Storage, clock: HandClock
) -> None:
    assert await storage.updates.claim(1, "{}")
    clock.move(hours=-1)
    assert not await storage.updates.claim(1, "{}")
    await storage.recover()
    assert [update.id for update in await storage.updates.unfinished()] == [1]


async def test_clock_set_back_the_conversation_goes_on(storage: Storage, clock: HandClock) -> None:
    await storage.turns.remember(AIGUL, "бірінші")
    clock.move(hours=-1)
    await storage.turns.remember(AIGUL, "екінші")
    turns = await storage.turns.last(AIGUL, 5, timedelta(minutes=30))
    assert [turn.question for turn in turns] == ["екінші", "бірінші"]


class January1970(date):
    @classmethod
    def today(cls) -> date:
        return date(1970, 1, 1)


def test_clock_that_was_never_set_is_refused_before_it_dates_an_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bot.wiring, "date", January1970)
    catalog = load_catalog()
    with pytest.raises(ClockError, match=r"says 1970-01-01, a day before the newest text \(2026-06-05\)"):
        refuse_wrong_clock(Settings(_env_file=None, data_dir=tmp_path, telegram_token=None), catalog)
    replay = Settings(_env_file=None, data_dir=tmp_path, telegram_token=None, today=date(2010, 5, 1))
    refuse_wrong_clock(replay, catalog)
