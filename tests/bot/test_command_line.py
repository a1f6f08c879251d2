"""The command line as scripts see it: a real process, its standard streams and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz01234"
ROOT = Path(__file__).resolve().parents[2]

KEYS = {"id", "question", "status", "text", "citations", "notices", "suggestions", "elapsed_ms"}
CITATION_KEYS = {"document", "edition", "article", "locator", "quote", "title", "url", "in_force"}


def run(*arguments: str, folder: Path, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """The bot in a process of its own, away from this checkout's .env and data."""
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment = clean | {"PYTHONPATH": str(ROOT), "DATA_DIR": str(folder), "TODAY": "2026-11-22"} | settings
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
        timeout=300,
    )


def test_json_lines_are_answered_in_order_and_by_the_contract(real_folder: Path) -> None:
    lines = [
        {"id": "a", "turns": ["Халық Кеңесінің Хатшылығы деген не?", "Оны кім басқарады?"]},
        {"id": "b", "turns": ["Биткоин бағамы қанша?"]},
        {"id": "c", "turns": ["Рахмет!"]},
    ]
    stdin = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    done = run("ask", "--json", "-", folder=real_folder, stdin=stdin)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert [row["status"] for row in rows] == ["answered", "no_answer", "smalltalk"]
    assert all(set(row) == KEYS for row in rows)
    first = rows[0]["citations"][0]
    assert set(first) == CITATION_KEYS
    assert (first["document"], first["edition"], first["article"], first["locator"], first["in_force"]) == (
        "law-halyk-kenesi",
        "2026-06-05",
        "11",
        "11-бап, 3-тармақ",
        True,
    )


def test_a_bad_line_gets_its_own_answer_and_loses_none_of_the_others(real_folder: Path) -> None:
    stdin = 'not json\n{"id": "b", "turns": []}\n{"id": "c", "turns": ["Рахмет!"]}\n'
    done = run("ask", "--json", "-", folder=real_folder, stdin=stdin)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [row["status"] for row in rows] == ["error", "error", "smalltalk"]
    assert rows[0]["text"].startswith("line 1: not JSON; wanted one JSON object a line")


def test_one_question_is_printed_as_a_person_reads_it(real_folder: Path) -> None:
    done = run("ask", "Халық Кеңесіне неше адам кіреді?", folder=real_folder)
    assert done.returncode == 0, done.stderr
    assert "қырық екі адам" in done.stdout
    assert "— «Қазақстан Халық Кеңесі туралы» Конституциялық заң, 12-бап" in done.stdout


def test_a_wrong_setting_names_itself_its_value_and_what_is_wanted(tmp_path: Path) -> None:
    done = run("ask", "сұрақ", folder=tmp_path, LOG_LEVEL="LOUD")
    assert done.returncode == 2
    assert "LOG_LEVEL" in done.stderr
    assert "LOUD" in done.stderr
    assert "WARNING" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({}, "TELEGRAM_TOKEN: not set; run --webhook wants the token from @BotFather"),
        (
            {"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_URL": "https://bot.example.kz/x"},
            "WEBHOOK_SECRET: not set; run --webhook wants 16 to 256 letters, digits, _ and -",
        ),
        (
            {"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_SECRET": "short"},
            'WEBHOOK_SECRET="***": wanted 16 to 256 letters, digits, _ and -, or nothing',
        ),
    ],
)
def test_a_webhook_without_what_it_needs_is_refused_at_once(
    tmp_path: Path, settings: dict[str, str], complaint: str
) -> None:
    done = run("run", "--webhook", folder=tmp_path, **settings)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_is_not_there_is_said_and_fails_the_sync_alone(tmp_path: Path) -> None:
    done = run("sync", "--mirror", str(tmp_path / "nowhere"), folder=tmp_path)
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_standard_input_without_json_is_refused(tmp_path: Path) -> None:
    done = run("ask", "-", folder=tmp_path)
    assert done.returncode == 2
