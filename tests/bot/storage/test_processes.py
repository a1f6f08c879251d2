"""Real processes on one database: started together, killed in the middle."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path

from bot.storage import Storage
from tests.bot.storage.samples import AIGUL, BERIK, SECRET, START, HandClock

OPEN = f"""
import asyncio, os, signal, sys
from datetime import datetime
from pathlib import Path
from bot.storage import Storage

async def main():
    url, folder, holder = sys.argv[1:]
    clock = lambda: datetime.fromisoformat({START.isoformat()!r})
    storage = await Storage.open(url, Path(folder), {SECRET!r}, clock=clock, holder=holder)
"""

CLAIM = """
    claimed = [number for number in range(60) if await storage.updates.claim(number)]
    await storage.close()
    print(len(claimed))

asyncio.run(main())
"""

DIE = f"""
    await storage.updates.claim(17, "{{}}")
    await storage.deliveries.owe({AIGUL}, "{{}}", dedupe_key="u:1", kind="answer")
    await storage.deliveries.due()
    async with storage.transaction():
        await storage.deliveries.owe({BERIK}, "{{}}", dedupe_key="u:2", kind="answer")
        await storage.updates.done(17)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def run(program: str, url: str, folder: Path, holder: str) -> tuple[int | None, str]:
    """:returns: exit status, output."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OPEN + program, url, str(folder), holder, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    return process.returncode, output.decode().strip()


async def test_processes_that_start_together_share_the_updates(empty_url: str, tmp_path: Path) -> None:
    results = await asyncio.gather(*(run(CLAIM, empty_url, tmp_path, f"bot-{n}") for n in range(2)))
    assert [status for status, _ in results] == [0, 0]
    assert sum(int(output) for _, output in results) == 60


async def test_a_killed_process_leaves_what_it_owed_and_nothing_half_done(url: str, tmp_path: Path) -> None:
    status, _ = await run(DIE, url, tmp_path, "killed")
    assert status == -signal.SIGKILL
    clock = HandClock()
    storage = await Storage.open(url, tmp_path, SECRET, clock=clock, holder="other")
    assert await storage.deliveries.due() == ()
    assert await storage.updates.unfinished() == ()
    clock.move(minutes=2)
    (delivery,) = await storage.deliveries.due(10, lease=timedelta(seconds=60))
    assert (delivery.chat_id, delivery.dedupe_key) == (AIGUL, "u:1")
    assert (delivery.attempts, delivery.in_doubt) == (2, True)
    assert [update.id for update in await storage.updates.unfinished()] == [17]
    await storage.close()


async def test_a_restarted_process_goes_on_at_once(url: str, tmp_path: Path) -> None:
    await run(DIE, url, tmp_path, "bot")
    storage = await Storage.open(url, tmp_path, SECRET, clock=HandClock(), holder="bot")
    await storage.recover()
    (delivery,) = await storage.deliveries.due(10)
    assert (delivery.dedupe_key, delivery.in_doubt) == ("u:1", True)
    assert [update.id for update in await storage.updates.unfinished()] == [17]
    await storage.close()
