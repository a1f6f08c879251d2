from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.catalog import load_catalog
from knowledge.errors import SyncError
from knowledge.sync import Outcome, SyncEvent, SyncReport, sync
from tests.knowledge.source_server import (
    STALL,
    WEB_PAGE,
    SourceServer,
)
from tests.knowledge.sync_case import (
    FILES,
    ITEMS,
    NEW_KAZ,
    NEW_RUS,
    OLD_KAZ,
    WHOLE,
    held,
    law,
    run,
)

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / ".." / "shared" / "corpus"


@pytest.fixture
def server() -> Iterator[SourceServer]:
    with SourceServer(FILES).running() as running:
        yield running


def test_every_text_of_the_catalog_is_brought_as_it_is(tmp_path: Path, server: SourceServer) -> None:
    report = run(tmp_path, server.url)

    assert report == SyncReport(brought=ITEMS)
    assert (report.changed, report.complete) == (True, True)
    assert held(tmp_path) == WHOLE
    assert server.requests == [OLD_KAZ, NEW_KAZ, NEW_RUS]


def test_a_second_sync_asks_for_nothing_and_changes_nothing(tmp_path: Path, server: SourceServer) -> None:
    run(tmp_path, server.url)
    server.requests.clear()

    report = run(tmp_path, server.url)

    assert report == SyncReport(held=ITEMS)
    assert (report.changed, report.complete) == (False, True)
    assert server.requests == []


def test_texts_come_from_a_folder_as_from_the_internet(tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    for path, body in FILES.items():
        (mirror / path).parent.mkdir(parents=True, exist_ok=True)
        (mirror / path).write_bytes(body)

    assert run(tmp_path / "data", str(mirror)) == SyncReport(brought=ITEMS)
    assert held(tmp_path / "data") == WHOLE


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real texts are not beside this checkout")
def test_the_real_texts_are_brought_whole_over_http_and_from_the_folder(tmp_path: Path) -> None:
    limits: dict[str, Any] = {"timeout_s": 15.0, "attempts": 3, "max_bytes": 5_000_000}
    catalog = load_catalog()

    with SourceServer({}, CORPUS).running() as server:
        over_http = sync(catalog, tmp_path / "http", source=server.url, **limits)
    from_folder = sync(catalog, tmp_path / "folder", source=str(CORPUS), **limits)

    assert over_http == from_folder
    assert over_http.complete
    assert held(tmp_path / "http") == held(tmp_path / "folder")
    brought = [(item.document, item.edition, item.language) for item in over_http.brought]
    assert sorted(brought) == [
        ("constitution-2026", "2026-03-15", "kaz"),
        ("law-assembly", "2008-10-20", "kaz"),
        ("law-assembly", "2022-02-07", "kaz"),
        ("law-assembly", "2022-02-07", "rus"),
        ("law-halyk-kenesi", "2026-06-05", "kaz"),
        ("law-halyk-kenesi", "2026-06-05", "rus"),
    ]


def test_a_held_text_that_is_broken_is_brought_again(tmp_path: Path, server: SourceServer) -> None:
    run(tmp_path, server.url)
    (tmp_path / "texts/law-test/2024-05-06/kaz.md").write_bytes(FILES[NEW_KAZ][:30])
    server.requests.clear()

    report = run(tmp_path, server.url)

    assert (report.brought, report.held) == ((ITEMS[1],), (ITEMS[0], ITEMS[2]))
    assert held(tmp_path) == WHOLE
    assert server.requests == [NEW_KAZ]


def test_a_refresh_asks_for_everything_and_counts_only_what_differs_as_brought(
    tmp_path: Path, server: SourceServer
) -> None:
    run(tmp_path, server.url)
    changed = server.files[NEW_RUS] = law("Другой текст.", "Статья 1. Цель")

    report = run(tmp_path, server.url, refresh=True)

    assert (report.brought, report.held) == ((ITEMS[2],), (ITEMS[0], ITEMS[1]))
    assert held(tmp_path) == WHOLE | {"texts/law-test/2024-05-06/rus.md": changed}


def test_what_a_killed_sync_left_behind_is_cleared(tmp_path: Path, server: SourceServer) -> None:
    folder = tmp_path / "texts/law-test/2024-05-06"
    folder.mkdir(parents=True)
    (folder / ".kaz.md.0badcafe.part").write_bytes(FILES[NEW_KAZ][:30])

    assert run(tmp_path, server.url) == SyncReport(brought=ITEMS)
    assert held(tmp_path) == WHOLE


def test_a_sync_that_is_killed_leaves_whole_texts_only_and_the_next_one_goes_on(
    tmp_path: Path, server: SourceServer
) -> None:
    server.script(NEW_KAZ, STALL)
    program = (
        "import sys; from pathlib import Path; from tests.knowledge.sync_case import CATALOG, sync\n"
        "sync(CATALOG, Path(sys.argv[1]), source=sys.argv[2], timeout_s=60, attempts=1, max_bytes=9999)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path), server.url],
        cwd=ROOT,
    ) as process:
        server.wait_for(NEW_KAZ)
        process.send_signal(signal.SIGKILL)

    assert held(tmp_path) == {"texts/law-test/2020-01-01/kaz.md": FILES[OLD_KAZ]}
    assert run(tmp_path, server.url) == SyncReport(brought=ITEMS[1:], held=ITEMS[:1])


def test_a_second_sync_beside_the_first_is_refused(tmp_path: Path, server: SourceServer) -> None:
    def second(event: SyncEvent) -> None:
        with pytest.raises(SyncError, match="another sync is at work here"):
            run(tmp_path, server.url)

    assert run(tmp_path, server.url, progress=second).complete


def test_progress_is_told_text_by_text(tmp_path: Path, server: SourceServer) -> None:
    server.script(NEW_KAZ, WEB_PAGE)
    events: list[tuple[Outcome, str, str]] = []

    run(tmp_path, server.url, progress=lambda e: events.append((e.outcome, e.item.edition, e.item.language)))

    assert events == [
        (Outcome.BROUGHT, "2020-01-01", "kaz"),
        (Outcome.FAILED, "2024-05-06", "kaz"),
        (Outcome.BROUGHT, "2024-05-06", "rus"),
    ]


def test_what_is_held_is_counted_though_the_source_is_away(tmp_path: Path, server: SourceServer) -> None:
    run(tmp_path, server.url)
    (tmp_path / "texts/law-test/2020-01-01/kaz.md").unlink()

    report = run(tmp_path, str(tmp_path / "no-such-folder"))

    assert (report.held, len(report.failed)) == (ITEMS[1:], 1)
    assert report.summary_lines() == (
        "texts: 0 brought, 2 held, 1 failed",
        f"source {tmp_path / 'no-such-folder'} cannot be reached: there is no such folder",
    )


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path, server: SourceServer) -> None:
    (tmp_path / "data").write_text("a file, not a folder", encoding="utf-8")

    with pytest.raises(SyncError, match="wanted a folder for the texts"):
        run(tmp_path / "data", server.url)


def test_a_text_that_cannot_be_written_is_told_and_the_others_are_brought(
    tmp_path: Path, server: SourceServer
) -> None:
    (tmp_path / "texts/law-test").mkdir(parents=True)
    (tmp_path / "texts/law-test/2020-01-01").write_text("in the way", encoding="utf-8")

    report = run(tmp_path, server.url)

    assert report.brought == ITEMS[1:]
    assert [item.reason for item in report.failed] == ["cannot be written: File exists"]
