"""What every contestant gets and gives back; needs numpy alone, since each has an environment of its own.

    python CONTESTANT.py FOLDER

The folder holds ``passages.jsonl`` and ``questions.jsonl`` (``id`` and ``text`` a line) with their vectors,
``passages.npy`` and ``questions.npy``, unit length, one row a line. The ten best of each question, the time
that each took and the most memory that the process held are written to standard output as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LIMIT = 10
WARM = 5


@dataclass(frozen=True)
class Task:
    ids: list[str]
    texts: list[str]
    vectors: np.ndarray
    questions: list[str]
    question_vectors: dict[str, np.ndarray]


def read_task(folder: Path) -> Task:
    passages, questions = (_lines(folder / f"{name}.jsonl") for name in ("passages", "questions"))
    asked = [row["text"] for row in questions]
    vectors = np.load(folder / "questions.npy")
    return Task(
        [row["id"] for row in passages],
        [row["text"] for row in passages],
        np.load(folder / "passages.npy"),
        asked,
        dict(zip(asked, vectors, strict=True)),
    )


def compete(build: Callable[[Task], Callable[[str], list[str]]]) -> None:
    """:param build: makes the search, question to passage ids; what it takes to build is told apart."""
    task = read_task(Path(sys.argv[1]))
    start = time.perf_counter()
    search = build(task)
    built_s = time.perf_counter() - start
    for question in task.questions[:WARM]:
        search(question)
    rankings, taken = [], []
    for question in task.questions:
        start = time.perf_counter()
        found = search(question)
        taken.append((time.perf_counter() - start) * 1e3)
        rankings.append(found[:LIMIT])
    json.dump({"rankings": rankings, "ms": taken, "built_s": built_s, "peak_mb": _peak_mb()}, sys.stdout)


def _lines(path: Path) -> list[dict[str, str]]:
    # not splitlines: JSON may hold line separators of Unicode
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _peak_mb() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError("/proc/self/status has no VmHWM")
