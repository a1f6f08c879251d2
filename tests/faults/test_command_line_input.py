"""What scripts may feed to ``ask --json -`` and ``check --json -``: each line gets its row, in order."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.answers import NoAnswer, Reply
from bot.batch import MAX_LINE_BYTES, MAX_TURN_CHARS, MAX_TURNS, answer_lines, check_lines, lines_of
from bot.core import Core
from bot.question_set import read_questions
from bot.wiring import Bot, build_checker
from config.settings import Settings
from retrieval.collections import read_collection
from retrieval.errors import EvaluationError

ROOT = Path(__file__).resolve().parents[2]
GOOD = '{"id": "good", "turns": ["Рахмет!"]}'.encode()
WANTED = 'wanted one JSON object a line, {"id": "x", "turns": ["question", "follow-up"]}'
LETTERS = MAX_TURN_CHARS + 1
# line, id and message of its row
BAD: dict[str, tuple[bytes, str, str]] = {
    "no JSON": (b"not json", "", f"not JSON; {WANTED}"),
    "half a JSON": (b'{"id": "a", "turns": ["x"', "", f"not JSON; {WANTED}"),
    "an array": (b"[]", "", WANTED),
    "null": (b"null", "", WANTED),
    "no fields": (b"{}", "", WANTED),
    "no turns": (b'{"id": "a"}', "a", WANTED),
    "an empty list of turns": (b'{"id": "a", "turns": []}', "a", WANTED),
    "turns that are no list": (b'{"id": "a", "turns": "x"}', "a", WANTED),
    "a turn that is no text": (b'{"id": 7, "turns": ["x", null]}', "7", WANTED),
    "invalid UTF-8": (b'{"id": "a", "turns": ["\xff"]}', "", f"byte 24 is not UTF-8; {WANTED}"),
    "UTF-16": ('{"id": "a", "turns": ["x"]}'.encode("utf-16"), "", f"byte 1 is not UTF-8; {WANTED}"),
    "a megabyte": (
        json.dumps({"id": "a", "turns": ["x" * MAX_LINE_BYTES]}).encode(),
        "",
        f"more than {MAX_LINE_BYTES} bytes; {WANTED}",
    ),
    "a turn without end": (
        json.dumps({"id": "a", "turns": ["x" * LETTERS]}).encode(),
        "a",
        f"turn 1 has {LETTERS} letters, at most {MAX_TURN_CHARS}; {WANTED}",
    ),
    "turns without end": (
        json.dumps({"id": "a", "turns": ["x"] * (MAX_TURNS + 1)}).encode(),
        "a",
        f"{MAX_TURNS + 1} turns, at most {MAX_TURNS}; {WANTED}",
    ),
    "nesting without end": (b"[" * 100_000, "", f"not JSON; {WANTED}"),
    "a number without end": (b'{"id": ' + b"9" * 5_000 + b', "turns": ["x"]}', "", f"not JSON; {WANTED}"),
}


def rows_of(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("fault", BAD)
def test_bad_line_gets_its_fault_in_one_line_and_the_next_one_its_answer(quick_bot: Bot, fault: str) -> None:
    line, id, message = BAD[fault]
    out = io.StringIO()
    assert not answer_lines(quick_bot.core, [line, GOOD], out)
    bad, good = rows_of(out)
    assert bad == {"id": id, "status": "error", "text": f"line 1: {message}"}
    assert (good["id"], good["status"]) == ("good", "smalltalk")


ODD = {
    "half a pair of UTF-16": (r'{"id": "\ud800", "turns": ["Рахмет!\udc00"]}', "\ufffd"),
    "a mark of the byte order": ('\ufeff{"id": "a", "turns": ["Рахмет!"]}', "a"),
    "no id": ('{"turns": ["Рахмет!"]}', ""),
    "an id that is null": ('{"id": null, "turns": ["Рахмет!"]}', ""),
    "an empty question": ('{"id": "a", "turns": [""]}', "a"),
    "a question of nothing that is seen": (r'{"id": "a", "turns": ["\u0000\u200b\u202e"]}', "a"),
    "a field that nobody knows": ('{"id": "a", "turns": ["Рахмет!"], "more": {"x": [1]}}', "a"),
}


@pytest.mark.parametrize("oddity", ODD)
def test_odd_line_is_answered_all_the_same(quick_bot: Bot, oddity: str) -> None:
    line, id = ODD[oddity]
    out = io.StringIO()
    assert answer_lines(quick_bot.core, [line.encode()], out)
    [row] = rows_of(out)
    assert (row["id"], row["status"]) == (id, "smalltalk")


class FaultyCore:
    def reply_now(self, chat: str, question: str) -> Reply:
        if question == "қате":
            raise RuntimeError("a fault of ours")
        return NoAnswer(question, "Жауап жоқ.")


def test_a_fault_of_ours_in_one_line_loses_none_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps({"id": id, "turns": [turn]}).encode() for id, turn in (("a", "қате"), ("b", "сұрақ"))]
    out = io.StringIO()
    assert not answer_lines(cast("Core", FaultyCore()), lines, out)
    first, second = rows_of(out)
    assert first["text"] == "line 1: could not be answered (RuntimeError); see standard error"
    assert (first["id"], second["id"], second["status"]) == ("a", "b", "no_answer")


def test_a_line_without_end_is_not_held_in_memory() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            size = min(len(buffer), 50 * MAX_LINE_BYTES - self.given)
            buffer[:size] = b"x" * size
            self.given += size
            return size

    longest = max(len(line) for line in lines_of(io.BufferedReader(Endless())))
    assert longest == MAX_LINE_BYTES + 1


def test_bad_lines_are_checked_by_the_same_rules(tmp_path: Path) -> None:
    checker = build_checker(
        Settings(_env_file=None, data_dir=tmp_path, today=date(2026, 11, 22), telegram_token=None)
    )
    out = io.StringIO()
    assert not check_lines(checker, [line for line, _, _ in BAD.values()] + [GOOD], out)
    rows = rows_of(out)
    assert [row["text"].partition(": ")[2] for row in rows[:-1]] == [
        message for _, _, message in BAD.values()
    ]
    assert rows[-1]["verdict"] == "not_found"


def test_bad_lines_on_the_real_standard_input_leave_standard_output_json_and_no_traceback(
    tmp_path: Path,
) -> None:
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    lines = [line for line, _, _ in BAD.values()]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check", "--json", "-"],
        input=b"\n".join([*lines, GOOD, b"", b"last, without an end"]),
        capture_output=True,
        env=clean
        | {"PYTHONPATH": str(ROOT), "DATA_DIR": str(tmp_path), "TODAY": "2026-11-22", "LC_ALL": "C"},
        cwd=tmp_path,
        timeout=300,
    )
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert done.returncode == 2
    assert len(rows) == len(lines) + 2
    assert rows[-1]["text"].startswith(f"line {len(lines) + 3}: not JSON")
    assert b"Traceback" not in done.stderr


FILES = {
    "no JSON": b"not json\n",
    "no UTF-8": b'{"id": "\xff"}\n',
    "empty": b"",
    "no fields": b"{}\n",
    "an array": b"[1]\n",
    "nesting without end": b"[" * 100_000,
    "a number without end": b'{"id": ' + b"9" * 5_000 + b"}",
    "fields of other kinds": b'{"id": 1, "kind": [], "turns": 7, "gold": 3, "query_id": {}, "query": []}\n',
}


@pytest.mark.parametrize("fault", FILES)
def test_bad_file_for_evaluate_is_refused_in_one_line(tmp_path: Path, fault: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(FILES[fault])
    for read in (read_questions, lambda path: read_collection(path, path, path)):
        with pytest.raises(EvaluationError) as refused:
            read(file)
        assert "\n" not in str(refused.value)
        assert len(str(refused.value)) < 300


def test_bad_path_for_the_csv_of_stats_is_refused_in_one_line(
    tmp_path: Path,
) -> None:
    done = CliRunner().invoke(
        app, ["stats", "--csv", str(tmp_path / "no folder" / "a.csv")], env={"DATA_DIR": str(tmp_path)}
    )
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "no folder/a.csv" in done.stderr
