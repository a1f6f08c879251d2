"""A question from end to end in one process, beside the bare embedding of the same question."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from retrieval.transliteration import read_question
from tests.benchmarks.findings import Findings, table
from tests.benchmarks.measuring import Times, seconds, timed
from tests.benchmarks.real_bot import bot_environment, real_bot, real_questions


def run(full: bool, work: Path) -> Findings:
    questions = real_questions(400 if full else 100)
    started_s, bot = seconds(lambda: real_bot(work))
    whole, bare = [], []
    for number, question in enumerate([*questions[:10], *questions]):
        # turn about, so that both meet the same machine
        bare.append(_ms(lambda q=question: bot.embedder.embed_queries([q])))
        whole.append(_ms(lambda q=question, n=number: bot.core.reply_now(f"chat {n}", q)))
    ends, vectors = Times(tuple(whole[10:])), Times(tuple(bare[10:]))
    reading = timed(read_question, questions)
    cold, cold_mb = _cold(work, 3 if full else 1)
    later = _later(work, questions[:60])
    return Findings(
        "A question in one process",
        (
            f"{len(questions)} questions of the project's set, each embedded bare and then answered whole "
            "(reading, search, quotation, citation), turn about. Cold: `python -m bot ask` from its start "
            "to its end, the imports of PyTorch included. Later asks: `ask --json -`, what it says each "
            "took.",
        ),
        (
            table(
                ("step", "median ms", "95 % ms"),
                (
                    ("bare embedding", vectors.median_ms, vectors.p95_ms),
                    ("question to reply", ends.median_ms, ends.p95_ms),
                    (
                        "question to reply over bare embedding",
                        f"{ends.median_ms / vectors.median_ms:.2f} times",
                        "—",
                    ),
                    ("all but the embedding", ends.median_ms - vectors.median_ms, "—"),
                    ("normalization and script", reading.median_ms, reading.p95_ms),
                    ("a later ask in one process", later.median_ms, later.p95_ms),
                    ("the bot made ready, model loaded", started_s * 1e3, "—"),
                    (f"ask, cold ({cold_mb:,.0f} MB at its peak)", cold.median_ms, "—"),
                ),
            ),
        ),
    )


def _ms(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1e3


def _cold(work: Path, times: int) -> tuple[Times, float]:
    command = [sys.executable, "-m", "bot", "ask", "--json", "Ассамблея қашан құрылды?"]
    environment = bot_environment(work)
    taken = []
    for _ in range(times):
        took_s, _done = seconds(
            lambda: subprocess.run(command, env=environment, capture_output=True, check=True)
        )
        taken.append(took_s * 1e3)
    return Times(tuple(taken)), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _later(work: Path, questions: Sequence[str]) -> Times:
    lines = "".join(json.dumps({"id": str(n), "turns": [q]}) + "\n" for n, q in enumerate(questions))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--json", "-"],
        input=lines,
        env=bot_environment(work),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line)["elapsed_ms"] for line in done.stdout.splitlines()]
    return Times(tuple(answers[5:]))
