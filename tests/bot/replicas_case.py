"""Three real bots behind a balancer on one PostgreSQL, asked by eight chats at once, one killed with -9."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from tests.bot.balancer import Balancer
from tests.bot.webhook_case import SECRET, free_port
from tests.bot_api import BotApiServer, SentMessage
from tests.postgres import PostgresServer
from tests.real import CORPUS

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "424242:AAloopback-token-of-the-tests-0123456789"
REPLICAS = 3
KILLED_AFTER = 3  # updates that the first replica has taken; the last of them is in work then
OWED = 'assembly_queue_length{queue="deliveries"}'
START_S = 300
CHATS = tuple(range(601, 609))
QUESTIONS = (
    "Халық Кеңесіне неше адам кіреді?",
    "Ассамблея қашан құрылды?",
    "Халық Кеңесінің Хатшылығы деген не?",
    "Биткоин бағамы қанша?",
)
STRANGERS: tuple[dict[str, str], ...] = ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"})


@dataclass(frozen=True)
class Outcome:
    """What was seen from outside.

    ``asked``: chat and message number of every question; ``sent``: the bot's messages by chat. ``logs``:
    all that a replica wrote, the killed one first; ``figures``: /metrics of those that lived.
    """

    asked: tuple[tuple[int, int], ...]
    sent: dict[int, tuple[SentMessage, ...]]
    refused: tuple[int, ...]
    after_strangers: int
    logs: tuple[str, ...]
    figures: tuple[dict[str, float], ...]
    exits: tuple[int, ...]

    def events(self, name: str) -> list[dict[str, Any]]:
        rows = [json.loads(line) for log in self.logs for line in log.splitlines()]
        return [row for row in rows if row["event"] == name]


class Replica:
    """One process of ``python -m bot run --webhook``."""

    def __init__(self, number: int, data: Path, work: Path, settings: dict[str, str]) -> None:
        self.port, self.ops_port = free_port(), free_port()
        self.log = work / f"bot-{number}.log"
        clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        own = {
            "REPLICA": f"bot-{number}",
            "WEBHOOK_PORT": str(self.port),
            "OPS_PORT": str(self.ops_port),
            "DATA_DIR": str(data),
            "PYTHONPATH": str(ROOT),
        }
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run", "--webhook"],
                cwd=work,
                env=clean | settings | own,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    async def ready(self, client: httpx.AsyncClient) -> None:
        """:raises TimeoutError: it does not get ready."""
        async with asyncio.timeout(START_S):
            while True:
                assert self.process.poll() is None, self.log.read_text("utf-8")
                try:
                    if (await client.get(f"http://127.0.0.1:{self.ops_port}/readyz")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.2)

    async def settled_figures(self, client: httpx.AsyncClient) -> dict[str, float]:
        """Once nothing is owed: a message is there before the database knows.

        :raises TimeoutError: something is owed still.
        """
        async with asyncio.timeout(30):
            while (figures := await self.figures(client))[OWED]:  # noqa: ASYNC110 # in another process
                await asyncio.sleep(0.1)
            return figures

    async def figures(self, client: httpx.AsyncClient) -> dict[str, float]:
        page = (await client.get(f"http://127.0.0.1:{self.ops_port}/metrics")).text
        lines = (line.rpartition(" ") for line in page.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in lines}


async def outcome_of(database: PostgresServer, data: Path, work: Path) -> Outcome:
    """The whole story, start to stop."""
    name = f"replicas_{uuid.uuid4().hex}"
    admin = await asyncpg.connect(database.url("postgres").replace("+asyncpg", ""))
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    await admin.close()
    front = free_port()
    async with BotApiServer(token=TOKEN) as server, httpx.AsyncClient(trust_env=False) as client:
        settings = {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": server.url,
            "WEBHOOK_URL": f"http://127.0.0.1:{front}/telegram",
            "WEBHOOK_SECRET": SECRET,
            "DATABASE_URL": database.url(name),
            "SOURCE_URL": str(CORPUS),
            "TODAY": "2026-11-22",
            "LEASE_S": "4",
            "MAX_QUESTIONS_PER_MINUTE": "1000",
        }
        with _started(data, work, settings) as replicas:

            def taken(port: int, count: int) -> None:
                if port == replicas[0].port and count == KILLED_AFTER:
                    replicas[0].process.kill()  # it has the update, and Telegram will not send it again

            balancer = Balancer(front, tuple(replica.port for replica in replicas), taken)
            await balancer.start()
            try:
                await asyncio.gather(*(replica.ready(client) for replica in replicas))
                refused, after_strangers = await _strangers(client, front, server)
                asked = await _burst(server)
                figures = [await replica.settled_figures(client) for replica in replicas[1:]]
                for replica in replicas[1:]:
                    replica.process.send_signal(signal.SIGTERM)
                exits = [await asyncio.to_thread(replica.process.wait, 30) for replica in replicas]
            finally:
                await balancer.stop()
        return Outcome(
            asked=asked,
            sent={chat: server.messages(chat) for chat in CHATS},
            refused=refused,
            after_strangers=after_strangers,
            logs=tuple(replica.log.read_text("utf-8") for replica in replicas),
            figures=tuple(figures),
            exits=tuple(exits),
        )


@contextmanager
def _started(data: Path, work: Path, settings: dict[str, str]) -> Iterator[list[Replica]]:
    replicas: list[Replica] = []
    try:
        for number in range(REPLICAS):
            replicas.append(Replica(number, data, work, settings))
        yield replicas
    finally:
        for replica in replicas:
            replica.process.kill()
            replica.process.wait()


async def _strangers(
    client: httpx.AsyncClient, port: int, server: BotApiServer
) -> tuple[tuple[int, ...], int]:
    """Calls of others than Telegram: what they get, and how many messages the bot has sent after them."""
    chat = {"id": CHATS[0], "type": "private", "first_name": "Айгүл"}
    person = {"id": CHATS[0], "is_bot": False, "first_name": "Айгүл"}
    message = {"message_id": 1, "date": 1_800_000_000, "chat": chat, "from": person, "text": QUESTIONS[0]}
    update = {"update_id": 1, "message": message}
    address = f"http://127.0.0.1:{port}/telegram"
    statuses = [
        (await client.post(address, json=update, headers=headers)).status_code
        for headers in STRANGERS
        for _ in range(REPLICAS)
    ]
    return tuple(statuses), len(server.calls_of("sendMessage"))


async def _burst(server: BotApiServer) -> tuple[tuple[int, int], ...]:
    """All questions at once, then until each chat has as many messages as it asked."""
    asked = []
    for question in QUESTIONS:
        for chat in CHATS:
            update_id = server.user_says(chat, question)
            asked.append((chat, server.message_id_of(update_id)))
    chats = server._wire.methods.chats
    await server.wait_until(
        lambda: True if all(len(chats[c].messages) >= len(QUESTIONS) for c in CHATS) else None, timeout_s=90
    )
    # whatever comes after the last answer would be one too many: a question of its own, behind them all
    for chat in CHATS:
        server.user_says(chat, "/help")
    await server.wait_until(
        lambda: True if all(len(chats[c].messages) > len(QUESTIONS) for c in CHATS) else None, timeout_s=60
    )
    return tuple(asked)
