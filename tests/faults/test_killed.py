"""kill -9 at thirty random steps of a sync and the index over it: the next start is whole."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.knowledge.sync_case import WHOLE

ROOT = Path(__file__).resolve().parents[2]
POINTS, SEED = 30, 6


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What an undisturbed start leaves; then what became of each point, and of the start after it."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.faults.killed_start", str(folder), str(POINTS), str(SEED)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_killed_at_a_step_of_sync_and_index_the_next_start_is_whole(lines: list[Any], point: int) -> None:
    *_, undisturbed = lines[0]
    row = lines[point]
    assert row["killed"] == -signal.SIGKILL
    assert row["status"] == 0
    _, complete, note, hit, files = row["next"]
    assert complete
    assert note in (
        "",  # it was killed after the last step that counts
        "building the index for the first time",
        "the texts or the analyzer changed; 3 of 5 texts are new",
    )
    assert hit == "Көпірді облыс күтеді."
    assert {file for file in files if file.startswith("texts/")} == set(WHOLE)
    whole = in_folder(undisturbed, *index_folders(undisturbed))
    assert any(in_folder(files, folder) == whole for folder in index_folders(files))


def test_the_steps_killed_at_lie_before_and_after_the_one_that_counts(lines: list[Any]) -> None:
    notes = {row["next"][2] for row in lines[1:]}
    assert len(notes) == 3
    assert any(row["next"][0] for row in lines[1:]), "none was killed before all texts were brought"


def index_folders(files: list[str]) -> set[str]:
    return {found[0] for file in files if (found := re.match(r"index/index-[^/]+/", file))}


def in_folder(files: list[str], folder: str) -> set[str]:
    return {file.removeprefix(folder) for file in files if file.startswith(folder)}
