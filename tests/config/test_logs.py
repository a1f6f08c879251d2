from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from config.logs import configure_logs, masked

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz01234"

# a whole run: the most talkative level, a request whose address holds the token, every way to say it
RUN = f"""
import http.server, logging, sys, threading
import httpx, structlog
from config.logs import configure_logs

class Quiet(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(404); self.send_header("Content-Length", "0"); self.end_headers()
    def log_message(self, *arguments):
        pass

configure_logs("DEBUG", json=sys.argv[1] == "json")
server = http.server.HTTPServer(("127.0.0.1", 0), Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{{server.server_port}}/bot{TOKEN}/getMe"
log = structlog.get_logger("run")
try:
    httpx.get(address, trust_env=False).raise_for_status()
except httpx.HTTPStatusError:
    log.exception("request failed", address=address, nested={{"deep": [address]}})
    logging.getLogger("telegram.ext").error("from a library: %s", address, exc_info=True)
logging.getLogger("httpx").warning("quoted %s", address.replace(":AAE", "%3AAAE"))
logging.getLogger("broken").error("%d", "{TOKEN}")
log.info("the end")
server.shutdown(); server.server_close()
raise RuntimeError("uncaught {TOKEN}")
"""


@pytest.fixture
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    yield
    root.handlers, sys.excepthook = handlers, hook
    root.setLevel(level)
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    structlog.reset_defaults()


@pytest.mark.parametrize("form", ["json", "console"])
def test_no_line_of_a_whole_run_holds_the_token(form: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", RUN, form], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )

    assert run.returncode == 1
    assert run.stdout == ""
    assert "AAE-abcdefghijklmnopqrstuvwxyz01234" not in run.stderr
    for kept in (
        "request failed",
        "HTTPStatusError",
        "from a library",
        "quoted",
        "the end",
        "uncaught [token]",
    ):
        assert kept in run.stderr
    assert "/bot[token]/getMe" in run.stderr
    assert "uncaught [token]" in run.stderr


@pytest.mark.usefixtures("_logging_as_before")
def test_json_lines_are_alike_from_both_kinds_of_logger(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs("INFO", json=True)

    structlog.get_logger("ours").info("мәтін келді", count=3)
    logging.getLogger("theirs").warning("бос %s", "сөз")

    ours, theirs = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (ours.pop("timestamp")[-1], theirs.pop("timestamp")[-1]) == ("Z", "Z")
    assert ours == {"event": "мәтін келді", "count": 3, "logger": "ours", "level": "info"}
    assert theirs == {"event": "бос сөз", "logger": "theirs", "level": "warning"}


@pytest.mark.usefixtures("_logging_as_before")
def test_console_lines_show_level_event_and_fields(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", json=False)

    structlog.get_logger("ours").warning("disk is full", free_bytes=0)

    line = capsys.readouterr().err
    assert "[warning" in line
    assert "disk is full" in line
    assert "free_bytes=0" in line


@pytest.mark.usefixtures("_logging_as_before")
def test_lines_below_the_level_are_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("WARNING", json=True)

    structlog.get_logger("ours").info("quiet")
    logging.getLogger("theirs").info("quiet")

    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("_logging_as_before")
def test_libraries_that_log_addresses_are_held_at_warning(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("DEBUG", json=True)

    for name in ("httpx", "httpcore.http11", "telegram.ext.Application"):
        logging.getLogger(name).info("talk")

    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("_logging_as_before")
def test_a_second_call_replaces_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", json=True)
    configure_logs("INFO", json=True)

    structlog.get_logger("ours").info("once")

    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"GET /bot{TOKEN}/getMe", "GET /bot[token]/getMe"),
        (f"GET /bot{TOKEN.replace(':', '%3A')}/getMe", "GET /bot[token]/getMe"),
        ("GET /bot12:short/getMe", "GET /bot[token]/getMe"),
        (f"token='{TOKEN}'", "token='[token]'"),
        ("at 2026-07-01T10:00:00Z, 127.0.0.1:8081", "at 2026-07-01T10:00:00Z, 127.0.0.1:8081"),
    ],
)
def test_what_is_shaped_like_a_token_is_masked_and_nothing_else(text: str, shown: str) -> None:
    assert masked(text) == shown
