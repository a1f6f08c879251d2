"""Which document and which time «/derek …» names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.telegram.journalists.documents import HeldDocuments
from bot.telegram.journalists.request import AskedTime, read_request
from knowledge.catalog import load_catalog
from knowledge.library import Library
from tests.knowledge.library_case import law, put

HELD = {
    "law-assembly": "2022-02-07",
    "law-halyk-kenesi": "2026-06-05",
    "constitution-2026": "2026-03-15",
}


@pytest.fixture
def documents(tmp_path: Path) -> HeldDocuments:
    for name, edition in HELD.items():
        put(tmp_path, name, edition, law("Бірінші."))
    catalog = load_catalog()
    return HeldDocuments(catalog, Library.load(catalog, tmp_path))


@pytest.mark.parametrize(
    ("request_text", "document"),
    [
        ("law-assembly 9", "law-assembly"),
        ("Ассамблея 9", "law-assembly"),
        ("Қазақстан халқы Ассамблеясы туралы заңның 9-бабы", "law-assembly"),
        ("закон об Ассамблее 9", "law-assembly"),
        ("assembly 9", "law-assembly"),
        ("70-IV 9", "law-assembly"),
        ("№ 298-VIII 7", "law-halyk-kenesi"),
        ("Халық Кеңесі 7", "law-halyk-kenesi"),
        ("halyk kenesi 7", "law-halyk-kenesi"),
        ("Народный совет 7", "law-halyk-kenesi"),
        ("конституциялық заң 7", "law-halyk-kenesi"),
        ("Конституция 58", "constitution-2026"),
        ("КОНСТИТУЦИЯНЫҢ 58-бабы", "constitution-2026"),
        ("constitution-2026 58", "constitution-2026"),
        ("konstitutsiya 58", "constitution-2026"),
        ("мақала 12", "assembly-article"),
        ("Қылмыстық кодекс 5", None),
        ("заң 5", None),
        ("Қазақстан 5", None),
        ("5", None),
    ],
)
def test_a_document_is_named_by_id_number_or_words_of_its_title(
    documents: HeldDocuments, request_text: str, document: str | None
) -> None:
    found = documents.named(request_text)
    assert (found.id if found else None) == document


YEAR_2008 = AskedTime(date(2008, 12, 31), whole_year=True)


@pytest.mark.parametrize(
    ("request_text", "article", "time"),
    [
        ("law-assembly 9", "9", None),
        ("law-assembly 9 2008", "9", YEAR_2008),
        ("law-assembly 2008 9", "9", YEAR_2008),
        ("Ассамблея туралы заң, 9-бап, 2008 жылғы редакция", "9", YEAR_2008),
        ("70-IV 9", "9", None),
        ("№ 70-IV 9-бап", "9", None),
        ("law-assembly 10-1", "10-1", None),
        ("law-assembly 10‑1-бап", "10-1", None),
        ("law-assembly 9 2008-10-20", "9", AskedTime(date(2008, 10, 20), whole_year=False)),
        ("law-assembly 9 20.10.2008", "9", AskedTime(date(2008, 10, 20), whole_year=False)),
        (
            "law-assembly 9-бап 2008 жылғы 20 қазандағы редакция",
            "9",
            AskedTime(date(2008, 10, 20), whole_year=False),
        ),
        ("constitution-2026 58", "58", None),
        ("Конституция", None, None),
        ("Конституция 2026", None, AskedTime(date(2026, 12, 31), whole_year=True)),
        ("law-assembly 9 31.02.2008", "9", YEAR_2008),
    ],
)
def test_article_and_time_are_told_apart(
    documents: HeldDocuments, request_text: str, article: str | None, time: AskedTime | None
) -> None:
    request = read_request(request_text, documents)
    assert request is not None
    assert (request.article, request.time) == (article, time)


def test_a_time_is_found_again_by_its_code() -> None:
    day = AskedTime(date(2012, 5, 4), whole_year=False)
    assert [AskedTime.of_code(time.code) for time in (YEAR_2008, day)] == [YEAR_2008, day]
    assert [YEAR_2008.code, day.code] == ["2008", "2012-05-04"]
