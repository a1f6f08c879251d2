"""/healthz, /readyz and /metrics over real HTTP: alive, ready or why not, and figures of what happened."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from bot.operations import health as health_module
from bot.operations.asking import how_it_is
from bot.operations.health import SYNC_MARK, Health
from bot.operations.metrics import Metrics
from bot.operations.server import OpsServer, observed
from bot.operations.timed import TimedCore, TimedEmbedder
from bot.storage.values import Asker
from bot.verdicts import Judgement
from tests.bot.telegram_running import CHAT, QUESTION, open_storage, running, sample_core, storage_in
from tests.bot.webhook_case import free_port
from tests.retrieval.fake_embedder import FakeEmbedder


@dataclass(frozen=True, slots=True)
class Ops:
    health: Health
    url: str

    def get(self, path: str) -> httpx.Response:
        with httpx.Client(trust_env=False) as client:
            return client.get(f"{self.url}{path}", timeout=10)

    async def asked(self, path: str) -> tuple[int, str]:
        """Status and text, while the loop of the test goes on turning."""
        answer = await asyncio.to_thread(self.get, path)
        return answer.status_code, answer.text.strip()

    async def figures(self) -> dict[str, float]:
        _, page = await self.asked("/metrics")
        lines = (line.rpartition(" ") for line in page.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in lines}


@pytest.fixture
def ops(tmp_path: Path) -> Iterator[Ops]:
    health = Health(Metrics(), tmp_path)
    server = OpsServer(health, "127.0.0.1", 0)
    server.start()
    yield Ops(health, f"http://127.0.0.1:{server.port}")
    server.stop()


async def test_a_bot_that_is_starting_is_alive_and_says_what_it_waits_for(ops: Ops) -> None:
    ops.health.waits_for("index: being loaded")
    assert await ops.asked("/healthz") == (200, "ok")
    assert await ops.asked("/readyz") == (503, "index: being loaded")


async def test_a_bot_with_its_index_and_its_database_is_ready(ops: Ops, tmp_path: Path) -> None:
    async with storage_in(tmp_path) as storage:
        ops.health.serving(asyncio.get_running_loop(), storage)
        assert await ops.asked("/readyz") == (200, "ok")
        assert await ops.asked("/healthz") == (200, "ok")


async def test_a_bot_whose_database_is_gone_is_alive_and_not_ready(ops: Ops, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    async with storage_in(folder) as storage:
        ops.health.serving(asyncio.get_running_loop(), storage)
        await storage.close()  # no connection is left to a file that nobody can open any more
        folder.rename(tmp_path / "elsewhere")
        status, reason = await ops.asked("/readyz")
        assert (status, reason) == (503, "database: unable to open database file")
        assert await ops.asked("/healthz") == (200, "ok")
        assert (await ops.figures())["assembly_database_up"] == 0


def test_a_bot_whose_event_loop_is_blocked_is_not_alive(
    ops: Ops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health_module, "LOOP_PATIENCE_S", 0.2)
    blocked, release = threading.Event(), threading.Event()

    async def block() -> None:
        storage = await open_storage(tmp_path)
        ops.health.serving(asyncio.get_running_loop(), storage)
        blocked.set()
        release.wait(10)  # what no coroutine should do
        await storage.close()

    stuck = threading.Thread(target=asyncio.run, args=(block(),))
    stuck.start()
    blocked.wait(10)
    answer = ops.get("/healthz")
    release.set()
    stuck.join()
    assert (answer.status_code, answer.text) == (503, "the event loop has not turned for 0.2 s\n")


async def test_the_figures_name_what_waits_and_how_old_the_texts_are(ops: Ops, tmp_path: Path) -> None:
    (tmp_path / SYNC_MARK).touch()
    an_hour_ago = time.time() - 3600
    os.utime(tmp_path / SYNC_MARK, (an_hour_ago, an_hour_ago))
    async with storage_in(tmp_path) as storage:
        await storage.queue.open("сұрақ", Asker(1, 1))
        await storage.deliveries.owe(1, "{}", dedupe_key="a", kind="answer")
        await storage.deliveries.owe(1, "{}", dedupe_key="b", kind="answer")
        await storage.updates.claim(17, "{}")
        await storage.updates.claim(18, "{}")
        await storage.updates.done(18)
        ops.health.serving(asyncio.get_running_loop(), storage)
        figures = await ops.figures()
    assert figures['assembly_queue_length{queue="staff"}'] == 1
    assert figures['assembly_queue_length{queue="deliveries"}'] == 2
    assert figures['assembly_queue_length{queue="updates"}'] == 1
    assert figures["assembly_database_up"] == 1
    assert 3600 <= figures["assembly_sync_age_seconds"] < 3700


async def test_what_has_not_happened_yet_is_counted_as_nothing(ops: Ops) -> None:
    figures = await ops.figures()
    assert figures['assembly_questions_total{status="refused"}'] == 0
    assert figures['assembly_verdicts_total{verdict="contradicted"}'] == 0
    assert figures['assembly_stage_seconds_count{stage="embedding"}'] == 0


async def test_answers_refusals_verdicts_and_each_stage_are_counted(ops: Ops) -> None:
    metrics = ops.health.metrics
    core = TimedCore(sample_core(), metrics)
    await core.reply("1", QUESTION)
    await core.reply("1", "Биткоин бағамы қанша?")
    TimedEmbedder(FakeEmbedder(), metrics).embed_queries(["сұрақ"])
    metrics.judged(Judgement.OUTDATED)
    figures = await ops.figures()
    assert figures['assembly_questions_total{status="answered"}'] == 1
    assert figures['assembly_questions_total{status="refused"}'] == 1
    assert figures['assembly_verdicts_total{verdict="outdated"}'] == 1
    assert figures['assembly_stage_seconds_count{stage="answer"}'] == 2
    assert figures['assembly_stage_seconds_count{stage="embedding"}'] == 1


async def test_a_message_that_was_sent_is_timed_and_counted(ops: Ops) -> None:
    async with running(sample_core(), metrics=ops.health.metrics) as server:
        server.user_says(CHAT, QUESTION)
        await server.wait_for_message(CHAT)
    figures = await ops.figures()
    assert figures['assembly_deliveries_total{outcome="sent"}'] == 1
    assert figures['assembly_stage_seconds_count{stage="send"}'] == 1


def test_a_port_that_is_taken_is_told_of_and_gone_without(tmp_path: Path) -> None:
    with socket.socket() as other, capture_logs() as logs:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with observed(Health(Metrics(), tmp_path), "127.0.0.1", port):
            pass
    assert [(log["event"], log["port"]) for log in logs] == [("operations_port_not_had", port)]


def test_the_health_command_hears_the_reason_and_hears_where_nobody_listens(ops: Ops) -> None:
    ops.health.waits_for("texts: being brought")
    port = int(ops.url.rpartition(":")[2])
    assert how_it_is("0.0.0.0", port, "healthz") == (True, "ok")
    assert how_it_is("127.0.0.1", port, "readyz") == (False, "texts: being brought")
    well, line = how_it_is("127.0.0.1", free_port(), "healthz")
    assert not well
    assert "Connection refused" in line
