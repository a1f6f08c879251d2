"""The process is killed in the middle of a burst, and again: every question is answered exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bot.telegram_running import copy_database
from tests.bot_api import BotApiServer

UPDATES = 200
KILLED_AT = (40, 110)  # answers that are out by then
CHATS = range(1001, 1001 + UPDATES // 2)
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def bot_process(server: BotApiServer, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Running until the block ends; then, if it still does, it is told to stop and has to obey."""
    command = [sys.executable, "-m", "tests.bot.process_bot", str(folder), server.url, server.token]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        yield process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()


async def answered(server: BotApiServer, count: int) -> None:
    """Wait until so many messages have been sent."""
    chats = server._wire.methods.chats
    await server.wait_until(
        lambda: True if sum(len(chat.messages) for chat in chats.values()) >= count else None, timeout_s=60
    )


async def test_kill_9_in_a_burst_of_200_updates_loses_and_doubles_nothing(tmp_path: Path) -> None:
    await copy_database(tmp_path)
    async with BotApiServer() as server:
        asked = []
        for round_number in range(2):
            for chat in CHATS:
                update_id = server.user_says(chat, f"{chat} сұрақ, {round_number}-рет")
                asked.append((chat, server.message_id_of(update_id)))
        for count in KILLED_AT:
            with bot_process(server, tmp_path) as process:
                await answered(server, count)
                process.kill()
                process.wait()
        with bot_process(server, tmp_path):
            await answered(server, UPDATES)
            server.user_says(CHATS[-1] + 1, "/help")  # after all that was there before
            await server.wait_for_message(CHATS[-1] + 1, timeout_s=60)
        answers = Counter(
            (message.chat_id, message.reply_to) for chat in CHATS for message in server.messages(chat)
        )
        assert answers == Counter(asked)
