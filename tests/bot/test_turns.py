"""Whose turn it is in a chat, where two processes share the work: as far as the database can tell, two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.storage import Storage
from bot.telegram.turns import ChatTurns
from tests.bot.telegram_running import SECRET, storage_in

CHAT = 5


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Storage]:
    async with storage_in(tmp_path) as storage:
        yield storage


@pytest.fixture
async def elsewhere(here: Storage, tmp_path: Path) -> AsyncIterator[Storage]:
    other = await Storage.open(None, tmp_path, SECRET, holder="elsewhere")
    yield other
    await other.close()


async def arrived(storage: Storage, turns: ChatTurns, key: int) -> asyncio.Task[bool]:
    """The update is claimed, and waits for its turn."""
    claim = await storage.updates.claim(key, "{}", chat_id=CHAT)
    assert claim is not None
    turns.came(key, CHAT, claim.earlier)
    return asyncio.create_task(turns.wait(key))


async def test_an_update_waits_for_the_chats_earlier_one_in_another_process(
    here: Storage, elsewhere: Storage
) -> None:
    await elsewhere.updates.claim(1, "{}", chat_id=CHAT)
    waiting = await arrived(here, ChatTurns(here.updates), 2)
    await asyncio.sleep(0.3)
    assert not waiting.done()
    await elsewhere.updates.done(1)
    assert await asyncio.wait_for(waiting, 5)


async def test_updates_of_one_process_need_not_wait_for_each_other(here: Storage) -> None:
    turns = ChatTurns(here.updates)
    first = await arrived(here, turns, 1)
    second = await arrived(here, turns, 2)
    assert [await asyncio.wait_for(task, 5) for task in (first, second)] == [True, True]


async def test_those_that_wait_begin_in_their_order(here: Storage, elsewhere: Storage) -> None:
    await elsewhere.updates.claim(1, "{}", chat_id=CHAT)
    turns, begun = ChatTurns(here.updates), []
    tasks = [await arrived(here, turns, key) for key in (2, 3, 4)]
    for key, task in zip((2, 3, 4), tasks, strict=True):
        task.add_done_callback(lambda _, key=key: begun.append(key))
    await elsewhere.updates.done(1)
    await asyncio.wait_for(asyncio.gather(*tasks), 5)
    assert begun == [2, 3, 4]


async def test_an_update_taken_over_goes_before_those_that_wait_for_it(
    here: Storage, elsewhere: Storage
) -> None:
    await elsewhere.updates.claim(1, "{}", chat_id=CHAT)
    turns = ChatTurns(here.updates)
    waiting = await arrived(here, turns, 2)
    await elsewhere.updates.release()
    (taken,) = await here.updates.unfinished()
    turns.came(taken.id, CHAT, None)
    assert await asyncio.wait_for(turns.wait(taken.id), 5)
    assert await asyncio.wait_for(waiting, 5)


async def test_what_waits_when_the_process_stops_is_left_to_others(here: Storage, elsewhere: Storage) -> None:
    await elsewhere.updates.claim(1, "{}", chat_id=CHAT)
    turns = ChatTurns(here.updates)
    waiting = await arrived(here, turns, 2)
    turns.close()
    assert not await asyncio.wait_for(waiting, 5)
