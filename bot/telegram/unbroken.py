"""Work that is stopped between its transactions and not in the middle of one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

GRACE_S = 10.0
"""How long a stop waits for the work at hand; a message that Telegram holds up may take longer."""


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``; cancelled, it first lets the work end, for ``GRACE_S`` seconds at most.

    A database call that is cancelled leaves its connection open behind it, and the loop waits for that.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        _, late = await asyncio.wait({task}, timeout=GRACE_S)
        for left in late:
            left.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
