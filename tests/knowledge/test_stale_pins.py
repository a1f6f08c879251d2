from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.sync import StalePin, SyncItem
from tests.knowledge.source_server import SourceServer
from tests.knowledge.sync_case import (
    FILES,
    ITEMS,
    MAIN_KAZ,
    MAIN_META,
    MAIN_RUS,
    NEW_KAZ,
    NEW_RUS,
    OLD_KAZ,
    WHOLE,
    held,
    law,
    run,
)


@pytest.fixture
def server() -> Iterator[SourceServer]:
    """Neither commit of the catalog can be had."""
    with SourceServer({}).running() as running:
        yield running


def test_a_commit_that_is_gone_is_replaced_by_main_where_that_is_of_the_same_day(
    tmp_path: Path, server: SourceServer
) -> None:
    server.files[MAIN_KAZ] = FILES[NEW_KAZ]
    server.files[MAIN_RUS] = FILES[NEW_RUS]
    server.files[MAIN_META] = b"act_code: '777'\nversion_date:\n  kaz: 2024-05-06\n  rus: 2024-05-06\n"

    report = run(tmp_path, server.url)

    assert report.brought == ITEMS[1:]
    assert [str(item) for item in report.failed] == [
        "law-test 2020-01-01 kaz: commit aaaaaaaaaaaa cannot be had, and main has the newest edition only"
    ]
    assert report.stale == (
        StalePin("law-test", "2020-01-01", "a" * 40),
        StalePin("law-test", "2024-05-06", "b" * 40, "2024-05-06"),
    )
    assert report.summary_lines()[2:] == (
        "stale pin: law-test 2020-01-01: commit aaaaaaaaaaaa cannot be had, nothing stands in for it",
        "stale pin: law-test 2024-05-06: commit bbbbbbbbbbbb cannot be had, main gave 2024-05-06",
    )
    assert held(tmp_path) == {name: WHOLE[name] for name in WHOLE if "2024" in name}


def test_a_commit_that_is_gone_is_replaced_by_a_newer_edition_under_the_day_in_its_front_matter(
    tmp_path: Path, server: SourceServer
) -> None:
    text = law("Ең жаңа мәтін.", front_matter="---\nversion_date: 2025-02-03\n---\n")
    server.files[MAIN_KAZ] = text

    report = run(tmp_path, server.url)

    assert report.brought == (SyncItem("law-test", "2025-02-03", "kaz"),)
    assert [str(item) for item in report.failed][1:] == [
        "law-test 2024-05-06 kaz: commit bbbbbbbbbbbb cannot be had; main gave 2025-02-03 in its place",
        "law-test 2024-05-06 rus: commit bbbbbbbbbbbb cannot be had, and main has no such file",
    ]
    assert report.stale[1] == StalePin("law-test", "2024-05-06", "b" * 40, "2025-02-03")
    assert held(tmp_path) == {"texts/law-test/2025-02-03/kaz.md": text}
    again = run(tmp_path, server.url)
    assert (again.brought, again.held) == ((), (SyncItem("law-test", "2025-02-03", "kaz"),))
    assert (again.changed, again.complete) == (False, False)


def test_a_commit_that_is_gone_keeps_a_translation_of_another_day_away(
    tmp_path: Path, server: SourceServer
) -> None:
    server.files[MAIN_KAZ] = FILES[NEW_KAZ]
    server.files[MAIN_RUS] = FILES[NEW_RUS]
    server.files[MAIN_META] = b"version_date: {kaz: 2024-05-06, rus: 2025-02-03}\n"

    report = run(tmp_path, server.url)

    assert report.brought == ITEMS[1:2]
    assert report.failed[-1].reason == "main has it as of 2025-02-03, and no Kazakh text of that day is held"


@pytest.mark.parametrize(
    ("meta", "reason"),
    [
        (None, "the text on main says nowhere of which day it is"),
        (b"version_date: {rus: 2024-05-06}\n", "the text on main says nowhere of which day it is"),
        (b"version_date: {kaz: soon}\n", "the text on main says nowhere of which day it is"),
        (b"[not, a, record]", "the text on main says nowhere of which day it is"),
        (b"version_date: {kaz: 2024-02-31}\n", "meta.yaml on main cannot be read"),
        (b"{", "meta.yaml on main cannot be read"),
        (b"\xff", "meta.yaml on main cannot be read"),
        (
            b"act_code: '778'\nversion_date: {kaz: 2024-05-06}\n",
            "main has the act 778 here, wanted 777",
        ),
        (
            b"version_date: {kaz: 2020-01-01}\n",
            "commit bbbbbbbbbbbb cannot be had, and main has an older edition, 2020-01-01",
        ),
    ],
)
def test_a_commit_that_is_gone_is_not_replaced_by_a_text_of_unknown_or_wrong_day_or_act(
    tmp_path: Path, server: SourceServer, meta: bytes | None, reason: str
) -> None:
    server.files[MAIN_KAZ] = FILES[NEW_KAZ]
    if meta is not None:
        server.files[MAIN_META] = meta

    report = run(tmp_path, server.url)

    assert report.failed[1].reason == reason
    assert held(tmp_path) == {}


def test_a_commit_that_is_gone_is_asked_for_once_and_then_main(tmp_path: Path, server: SourceServer) -> None:
    run(tmp_path, server.url)

    assert server.requests == [OLD_KAZ, NEW_KAZ, MAIN_KAZ, NEW_RUS, MAIN_RUS]
