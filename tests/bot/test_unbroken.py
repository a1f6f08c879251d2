"""A stop comes between transactions."""

from __future__ import annotations

import asyncio

import pytest

from bot.telegram import unbroken
from bot.telegram.unbroken import to_its_end


async def test_work_that_is_stopped_ends_first() -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    task = asyncio.create_task(to_its_end(work()))
    await begun.wait()
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()


async def test_work_that_does_not_end_is_cut_off_after_its_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unbroken, "GRACE_S", 0.01)
    task = asyncio.create_task(to_its_end(asyncio.Event().wait()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_undisturbed_work_gives_its_result_and_its_error() -> None:
    async def fails() -> None:
        raise ValueError("told")

    assert await to_its_end(asyncio.sleep(0, result=7)) == 7
    with pytest.raises(ValueError, match="told"):
        await to_its_end(fails())
