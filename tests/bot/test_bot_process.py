"""The whole bot, unmodified and in a process of its own, talking to a Bot API server over real HTTP."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.bot_api import BotApiServer
from tests.real import CORPUS

ROOT = Path(__file__).resolve().parents[2]
CHAT = 77
STARTUP_S = 120


@asynccontextmanager
async def at_work(folder: Path, log: Path) -> AsyncIterator[BotApiServer]:
    """``python -m bot run`` with a token, its output in ``log``."""
    async with BotApiServer(token="424242:AAloopback-token-of-the-tests-0123456789") as server:
        clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        settings = {
            "PYTHONPATH": str(ROOT),
            "DATA_DIR": str(folder),
            "SOURCE_URL": str(CORPUS),
            "TODAY": "2026-11-22",
            "TELEGRAM_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "LOG_LEVEL": "DEBUG",
        }
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                env=clean | settings,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                yield server
            finally:
                process.terminate()
                await asyncio.wait_for(process.wait(), timeout=30)


async def test_a_question_in_telegram_gets_its_proven_answer_and_the_token_stays_out_of_the_log(
    real_folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log.txt"
    async with at_work(real_folder, log) as server:
        server.user_says(CHAT, "Халық Кеңесіне неше адам кіреді?")
        message = await server.wait_for_message(CHAT, timeout_s=STARTUP_S)
        assert "қырық екі адам" in message.text
        assert "12-бап" in message.text
        assert any("blockquote" in entity.type for entity in message.parsed.entities)

        server.user_says(CHAT, "Ал оның мүшелері қанша жылға?")
        follow_up = await server.wait_for_message(CHAT, after=message.message_id, timeout_s=30)
        assert "төрт жыл" in follow_up.text

        server.user_says(CHAT, "Биткоин бағамы қанша?")
        refusal = await server.wait_for_message(CHAT, after=follow_up.message_id, timeout_s=30)
        assert "таппадым" in refusal.text
        token = server.token
    written = log.read_text(encoding="utf-8")
    assert written
    assert token not in written
    assert token.partition(":")[2] not in written
    assert "Traceback" not in written
