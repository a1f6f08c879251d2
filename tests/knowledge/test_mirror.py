from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from knowledge.errors import SyncError
from knowledge.mirror import MAX_WAIT_S
from knowledge.sync import SyncItem, SyncReport
from tests.knowledge.source_server import (
    DROP,
    SERVER_ERROR,
    STALL,
    WEB_PAGE,
    Reply,
    SourceServer,
    busy,
    cut_off,
    packed,
    redirect,
)
from tests.knowledge.sync_case import (
    FILES,
    ITEMS,
    NEW_KAZ,
    NEW_RUS,
    OLD_KAZ,
    WHOLE,
    Pauses,
    held,
    law,
    run,
)


@pytest.fixture
def server() -> Iterator[SourceServer]:
    with SourceServer(FILES).running() as running:
        yield running


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(STALL, id="no answer"),
        pytest.param(DROP, id="the line is dropped"),
        pytest.param(cut_off(20), id="the text is cut off"),
        pytest.param(SERVER_ERROR, id="status 500"),
        pytest.param(busy("1"), id="status 429"),
        pytest.param(
            Reply(body=b"\x1f\x8b" + b"x" * 9, headers=(("Content-Encoding", "gzip"),)), id="broken gzip"
        ),
    ],
)
def test_a_text_is_asked_for_again_after(tmp_path: Path, server: SourceServer, trouble: Reply) -> None:
    server.script(NEW_KAZ, trouble)

    report = run(tmp_path, server.url, timeout_s=0.5)

    assert report == SyncReport(brought=ITEMS)
    assert held(tmp_path) == WHOLE
    assert server.requests == [OLD_KAZ, NEW_KAZ, NEW_KAZ, NEW_RUS]


def test_the_very_first_request_may_stall_once(tmp_path: Path, server: SourceServer) -> None:
    server.script(OLD_KAZ, STALL)

    assert run(tmp_path, server.url, timeout_s=0.5) == SyncReport(brought=ITEMS)


def test_one_text_that_fails_to_the_end_does_not_keep_the_others_away(
    tmp_path: Path, server: SourceServer
) -> None:
    server.script(NEW_KAZ, *[SERVER_ERROR] * 3)
    pauses = Pauses()

    report = run(tmp_path, server.url, pause=pauses)

    assert report.brought == (ITEMS[0], ITEMS[2])
    reason = f"{server.url}/{NEW_KAZ}: status 500 (3 attempts)"
    assert report.failed == (SyncItem("law-test", "2024-05-06", "kaz", reason),)
    assert (report.changed, report.complete) == (True, False)
    assert report.summary_lines() == (
        "texts: 2 brought, 0 held, 1 failed",
        f"failed: law-test 2024-05-06 kaz: {reason}",
    )
    assert len(pauses) == 2
    assert 0.25 <= pauses[0] <= 0.75
    assert 0.5 <= pauses[1] <= 1.5


@pytest.mark.parametrize("retry_after", ["7", "30"])
def test_a_busy_source_is_given_the_time_that_it_asks_for(
    tmp_path: Path, server: SourceServer, retry_after: str
) -> None:
    server.script(NEW_KAZ, busy(retry_after))
    pauses = Pauses()

    assert run(tmp_path, server.url, pause=pauses).complete
    assert pauses == [float(retry_after)]


def test_the_time_that_a_busy_source_asks_for_may_be_a_date(tmp_path: Path, server: SourceServer) -> None:
    server.script(NEW_KAZ, busy(format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)))
    pauses = Pauses()

    assert run(tmp_path, server.url, pause=pauses).complete
    assert len(pauses) == 1
    assert 0 < pauses[0] <= 20


def test_a_source_that_asks_for_too_long_a_wait_is_not_asked_again(
    tmp_path: Path, server: SourceServer
) -> None:
    server.script(NEW_KAZ, busy("3600"))
    pauses = Pauses()

    report = run(tmp_path, server.url, pause=pauses)

    assert [item.reason for item in report.failed] == [
        f"{server.url}/{NEW_KAZ}: status 429, and asks to wait 3600 s"
    ]
    assert pauses == []
    assert MAX_WAIT_S < 3600


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (WEB_PAGE, "rus.md, line 1: found a web page ('<!DOCTYPE html>'), wanted Markdown"),
        (
            Reply(body=law("Сөз.")[:-3]),
            f"rus.md: byte {len(law('Сөз.')) - 4} is not UTF-8, wanted Markdown in UTF-8",
        ),
        (
            Reply(body="# Тек тақырып\n".encode()),
            "rus.md, line 1: found no article",
        ),
        (
            Reply(body=law("Сөз.", front_matter="---\nversion_date: 2023-01-01\n---\n")),
            "found the edition 2023-01-01, wanted 2024-05-06",
        ),
        (Reply(403, b"no"), "{address}: status 403, content encoding identity; wanted a file"),
        (Reply(body=b"x" * 10_001), "{address}: larger than 10000 bytes"),
        (packed(b"x" * 1_000_000), "{address}: larger than 10000 bytes"),
        (
            Reply(body=b"?", headers=(("Content-Encoding", "br"),)),
            "{address}: status 200, content encoding br; wanted a file",
        ),
        (
            redirect("http://example.kz/kaz.md"),
            "{address}: redirects to http://example.kz/kaz.md; wanted the same host",
        ),
    ],
)
def test_what_is_not_the_text_is_asked_for_once_and_replaces_nothing(
    tmp_path: Path, server: SourceServer, reply: Reply, reason: str
) -> None:
    run(tmp_path, server.url)
    server.requests.clear()
    server.script(NEW_RUS, reply)

    report = run(tmp_path, server.url, refresh=True)

    (failed,) = report.failed
    assert failed.reason.startswith(reason.replace("{address}", f"{server.url}/{NEW_RUS}"))
    assert (failed.edition, failed.language) == ("2024-05-06", "rus")
    assert server.requests == [OLD_KAZ, NEW_KAZ, NEW_RUS]
    assert held(tmp_path) == WHOLE


def test_a_packed_text_is_unpacked(tmp_path: Path, server: SourceServer) -> None:
    server.script(NEW_KAZ, packed(FILES[NEW_KAZ]))

    assert run(tmp_path, server.url).complete
    assert held(tmp_path) == WHOLE


def test_a_redirect_within_the_host_is_followed(tmp_path: Path, server: SourceServer) -> None:
    server.script(NEW_KAZ, redirect("/moved/kaz.md"))
    server.files["moved/kaz.md"] = FILES[NEW_KAZ]

    assert run(tmp_path, server.url).complete
    assert held(tmp_path) == WHOLE


def test_redirects_in_a_circle_come_to_an_end(tmp_path: Path, server: SourceServer) -> None:
    server.script(NEW_KAZ, *[redirect("/" + NEW_KAZ)] * 9)

    assert [item.reason for item in run(tmp_path, server.url).failed] == [
        f"{server.url}/{NEW_KAZ}: more than 3 redirects"
    ]


def test_a_source_that_refuses_connections_is_told_in_one_line(tmp_path: Path) -> None:
    with SourceServer({}).running() as closed:
        url = closed.url
    pauses = Pauses()

    report = run(tmp_path, url, pause=pauses)

    assert len(report.failed) == 3
    assert report.unreachable == f"source {url} cannot be reached: [Errno 111] Connection refused"
    assert report.summary_lines() == ("texts: 0 brought, 0 held, 3 failed", report.unreachable)
    assert len(pauses) == 2


def test_a_source_that_never_answers_is_given_up_with_its_first_text(
    tmp_path: Path, server: SourceServer
) -> None:
    server.script(OLD_KAZ, STALL, STALL, STALL)

    report = run(tmp_path, server.url, timeout_s=0.2)

    assert server.requests == [OLD_KAZ] * 3
    assert report.unreachable == f"source {server.url} cannot be reached: no answer within 0.2 s"
    assert len(report.failed) == 3


@pytest.mark.parametrize("source", ["ftp://example.kz", "http://", "http://[::1"])
def test_an_address_of_another_kind_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(SyncError, match=r"wanted an https address, .* or a folder$"):
        run(tmp_path, source)


def test_a_password_in_the_address_is_not_told(tmp_path: Path, server: SourceServer) -> None:
    server.script(NEW_KAZ, *[SERVER_ERROR] * 3)

    report = run(tmp_path, server.url.replace("http://", "http://reader:hunter2@"))

    assert len(report.failed) == 1
    assert "hunter2" not in "\n".join(report.summary_lines())
