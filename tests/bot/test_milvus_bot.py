"""The whole bot with its index in a Milvus server: the same answers, and what happens without the server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import kazakh, wiring
from bot.rendering import to_json
from bot.wiring import Bot
from tests.bot.telegram_running import CHAT, running
from tests.bot.test_command_line import run
from tests.milvus_server import MilvusProcess
from tests.real import needs_corpus, settings_for

QUESTIONS = (
    "Ассамблея Парламентке неше депутат сайлайды?",
    "2010 жылы Ассамблеяға кім төрағалық етті?",
    "Kenes Hatshylygy degen ne?",
    "Кто назначает Председателя Народного Совета?",
    "Биткоин бағамы қанша?",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusProcess]:
    process = MilvusProcess(tmp_path_factory.mktemp("milvus-of-the-bot"))
    process.start()
    yield process
    process.kill()


@pytest.fixture(scope="module")
def milvus_bot(server: MilvusProcess, real_folder: Path, real_bot: Bot) -> Bot:
    """As the settings make it; only the model is not loaded twice."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(wiring, "load_embedder", lambda *_, **__: real_bot.embedder)
        patient = {"index_url": server.url, "index_timeout_s": 60.0}
        return wiring.build_bot(settings_for(real_folder).model_copy(update=patient))


@needs_corpus
def test_answers_on_the_real_texts_are_the_same_to_the_letter(milvus_bot: Bot, real_bot: Bot) -> None:
    assert milvus_bot.opened.note.startswith("writing it to http://127.0.0.1:")
    assert milvus_bot.opened.embedded == 0
    for question in QUESTIONS:
        ours, theirs = (
            to_json(bot.core.reply_now("milvus", question), id="", elapsed_ms=0.0)
            for bot in (milvus_bot, real_bot)
        )
        assert ours == theirs
    assert ours["status"] == "no_answer"


@needs_corpus
async def test_while_the_index_server_is_away_a_citizen_gets_an_apology_and_then_an_answer(
    milvus_bot: Bot, server: MilvusProcess
) -> None:
    with capture_logs() as logs:
        async with running(milvus_bot.core) as telegram:
            await asyncio.to_thread(server.kill)
            telegram.user_says(CHAT, QUESTIONS[0])
            apology = await telegram.wait_for_message(CHAT, timeout_s=60)
            await asyncio.to_thread(server.start)
            telegram.user_says(CHAT, QUESTIONS[0])
            answer = await telegram.wait_for_message(CHAT, after=apology, timeout_s=60)
    events = {line["event"]: line for line in logs}
    assert apology.text == kazakh.apology(events["update_failed"]["error_id"])
    assert events["update_failed"]["error"] == "IndexUnreachable"
    assert server.url in events["index_unreachable"]["why"]
    assert "index_reachable_again" in events
    assert "тоғыз депутат" in answer.text


def test_a_server_that_is_away_at_the_start_is_one_sentence(tmp_path: Path) -> None:
    done = run("ask", "Ассамблея деген не?", folder=tmp_path, INDEX_URL="http://127.0.0.1:1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the index server http://127.0.0.1:1 does not answer (" in done.stderr
    assert "start it, or set another INDEX_URL" in done.stderr
    assert "Traceback" not in done.stderr
