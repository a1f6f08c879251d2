"""A real bot process runs out of file descriptors, and gets some again: nothing is lost, nothing doubled."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bot.telegram_running import copy_database
from tests.bot_api import BotApiServer

ROOT = Path(__file__).resolve().parents[2]
CHATS = range(701, 713)
DRY_S = 1.5
REFUSAL, APOLOGY = "Таппадым.", "Кешіріңіз"


@contextmanager
def hoarding_bot(server: BotApiServer, folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.faults.hoarding_bot", str(folder), server.url, server.token]
    with log.open("wb") as output:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
            process.wait()


async def test_out_of_file_descriptors_questions_are_answered_once_there_are_some_again(
    tmp_path: Path,
) -> None:
    await copy_database(tmp_path)
    async with BotApiServer() as server:
        with hoarding_bot(server, tmp_path, tmp_path / "log") as bot:
            server.user_says(CHATS[0], "Сұрақ?")
            await server.wait_for_message(CHATS[0], timeout_s=60)
            bot.send_signal(signal.SIGUSR1)
            server.drop_next("getUpdates")  # so that new connections are needed
            server.drop_next("sendMessage")
            for chat in CHATS[1:]:
                server.user_says(chat, "Сұрақ?")
            await asyncio.sleep(DRY_S)
            assert bot.poll() is None
            bot.send_signal(signal.SIGUSR2)
            await server.wait_until(lambda: answered(server) or None, timeout_s=60)
    assert "telegram_unreachable" in (tmp_path / "log").read_text("utf-8"), (
        "there were descriptors all the while"
    )
    for chat in CHATS:
        said = [message.text for message in server._messages(chat)]
        assert said.count(REFUSAL) == 1
        assert all(text == REFUSAL or text.startswith(APOLOGY) for text in said)


def answered(server: BotApiServer) -> bool:
    return all(any(m.text == REFUSAL for m in server._messages(chat)) for chat in CHATS)
