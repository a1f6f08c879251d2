"""A source that means harm, or was taken over: nothing is asked elsewhere, held in memory or believed."""

from __future__ import annotations

import gc
import re
import resource
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.errors import ParseError, SyncError
from knowledge.law_markdown import parse_law
from knowledge.sync import SyncReport
from tests.faults.machine import in_child
from tests.knowledge.source_server import Reply, SourceServer, endless, redirect
from tests.knowledge.sync_case import FILES, ITEMS, MAIN_KAZ, MAIN_META, NEW_KAZ, OLD_KAZ, held, run

MB = 1_000_000
LIMIT_BYTES = 5 * MB  # as SYNC_MAX_BYTES has it where nobody sets it
GIGABYTE_OF_ZEROS_PARTS = 1000


@pytest.fixture
def server() -> Iterator[SourceServer]:
    with SourceServer(FILES).running() as running:
        yield running


@pytest.mark.parametrize(
    "source",
    [
        "http://example.kz",
        "http://10.0.0.7:8000/mirror",
        "http://169.254.169.254/latest",
        "http://127.0.0.1.example.kz",
        "http://127.0.0.1@example.kz",
        "file:///etc",
        "gopher://127.0.0.1",
    ],
)
def test_sync_from_http_elsewhere_or_another_scheme_is_refused_before_anything_is_asked(
    tmp_path: Path, source: str
) -> None:
    with pytest.raises(SyncError, match=r"wanted an https address, an http address of this machine"):
        run(tmp_path, source)
    assert held(tmp_path) == {}


def test_a_loopback_mirror_named_by_the_operator_is_taken(tmp_path: Path, server: SourceServer) -> None:
    by_name = server.url.replace("127.0.0.1", "localhost")
    assert run(tmp_path / "by number", server.url) == SyncReport(brought=ITEMS)
    assert run(tmp_path / "by name", by_name) == SyncReport(brought=ITEMS)


@pytest.mark.parametrize("where", ["another port", "localhost", "https", "metadata service"])
def test_a_redirect_elsewhere_is_not_followed(tmp_path: Path, server: SourceServer, where: str) -> None:
    with SourceServer({"secret": b"# inner"}).running() as inner:
        target = {
            "another port": f"{inner.url}/secret",
            "localhost": server.url.replace("127.0.0.1", "localhost") + "/secret",
            "https": server.url.replace("http:", "https:") + "/secret",
            "metadata service": "http://169.254.169.254/latest/meta-data",
        }[where]
        server.script(NEW_KAZ, redirect(target))

        report = run(tmp_path, server.url)

        assert [item.reason for item in report.failed] == [
            f"{server.url}/{NEW_KAZ}: redirects to {target}; wanted the same host"
        ]
        assert inner.requests == []
        assert "secret" not in server.requests


@pytest.mark.parametrize("packing", ["identity", "gzip"])
def test_a_gigabyte_in_place_of_a_text_is_cut_off_at_the_limit_and_never_held(
    tmp_path: Path, server: SourceServer, packing: str
) -> None:
    part = b"0" * MB if packing == "identity" else bomb(GIGABYTE_OF_ZEROS_PARTS)
    times = GIGABYTE_OF_ZEROS_PARTS if packing == "identity" else 1
    server.script(NEW_KAZ, endless(part, times, packing))
    gc.collect()
    tracemalloc.start()

    report = run(tmp_path, server.url, max_bytes=LIMIT_BYTES)

    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [item.reason for item in report.failed] == [
        f"{server.url}/{NEW_KAZ}: larger than {LIMIT_BYTES} bytes"
    ]
    assert peak_bytes < 4 * LIMIT_BYTES
    assert report.brought == (ITEMS[0], ITEMS[2])


def bomb(megabytes: int) -> bytes:
    """gzip of that many million zeros, made of one packed million."""
    packer = zlib.compressobj(wbits=31)
    head = packer.compress(b"0" * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"0" * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * (megabytes - 1)


def test_headers_without_end_are_refused(tmp_path: Path, server: SourceServer) -> None:
    server.script(OLD_KAZ, *[Reply(headers=(("X-Long", "a" * 200_000),))] * 3)

    report = run(tmp_path, server.url)

    assert len(report.failed) >= 1
    assert "the answer broke off" in report.failed[0].reason


META_BOMBS = {
    "aliases that stand for more than memory holds": "a: &a [x]\n"
    + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "version_date: *j\n",
    "merge keys that double and double": "a: &a {x: 1}\n"
    + "".join(
        f"{b}: &{b} {{<<: [*{a}, *{a}, *{a}]}}\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    ),
    "nesting without end": "version_date: " + "[" * 3_000,
    "a number of twenty thousand digits": "act_code: 0x" + "f" * 19_000,
    "a megabyte": "title: " + "а" * MB,
}


@pytest.mark.parametrize("trouble", META_BOMBS)
def test_a_meta_yaml_that_is_a_trap_is_refused_in_one_line(
    tmp_path: Path, server: SourceServer, trouble: str
) -> None:
    server.files[MAIN_KAZ] = server.files.pop(NEW_KAZ)
    server.files[MAIN_META] = META_BOMBS[trouble].encode()

    report = run(tmp_path, server.url, max_bytes=LIMIT_BYTES)

    [reason] = [item.reason for item in report.failed if item.language == "kaz"]
    assert reason.startswith(("meta.yaml on main", "the text on main says nowhere"))
    assert len(reason) < 100


HEAD = "# Сынақ туралы\n\n### 1-бап. Мақсаты\n\n1. Сөз.\n"
LETTERS = 60_000
CPU_S = 20
REFUSED = re.compile(r"text, line \d+: found .*, wanted .*")
ODD_TEXTS = {
    "asterisks": " 2. а " + "*" * LETTERS + " б",
    "asterisks with spaces": "а " + "* " * LETTERS,
    "block quotes in block quotes": ">" * LETTERS,
    "a note of many lines": "> а\n" * LETTERS,
    "a sentence of many lines": "а\n" * LETTERS,
    "hashes": "#" * LETTERS + " а",
    "anchors": '<a id="">' * LETTERS,
    "open anchors": '<a id="' * LETTERS,
    "escapes": "\\*" * LETTERS,
    "a number of many parts": "2" + "-1" * LETTERS + "-баб",
    "points": "".join(f"{number}. С.\n" for number in range(2, 12_000)),
    "articles": "".join(f"\n### {number}-бап. Б\n\n1. С.\n" for number in range(2, 11_000)),
    "acts in a note": "> Ескерту. " + "өзгеріс 01.01.2020 № 1 (" * 10_000,
    "words of change": "> Ескерту. " + "дополнен" * 20_000 + " 01.01.2020 № 1",
    "notes on the whole text": '> Бүкіл мәтін бойынша "а" сөздер "қ" 01.01.2020 № 1\n\n' * 5_000,
    "changes of a chapter": "\n## 2-тарау\n" + "> өзгеріс 01.01.2020 № 1\n\n" * 5_000,
    "signatures": "\n**а**" * LETTERS,
}


@pytest.mark.parametrize("trouble", ODD_TEXTS)
def test_odd_markdown_is_read_or_refused_within_seconds_of_work(trouble: str) -> None:
    """In a child that the system ends after ``CPU_S`` seconds of its own work: quadratic time needs hours."""
    text = HEAD + ODD_TEXTS[trouble] + "\n"

    status, said = in_child(lambda: parsed(text), {resource.RLIMIT_CPU: CPU_S})

    assert status == 0, said
    assert said in ("1 articles", "2 articles") or REFUSED.fullmatch(said), said


def parsed(text: str) -> str:
    try:
        return f"{len(parse_law(text).articles)} articles"
    except ParseError as refusal:
        return str(refusal)
