from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from knowledge.article_text import load_article
from knowledge.catalog import load_catalog
from knowledge.errors import UnknownReference
from knowledge.faq import load_faq
from knowledge.library import Library
from knowledge.model import Reference
from knowledge.sync import sync
from knowledge.timeline import SpanState, Timeline
from tests.knowledge.library_case import CATALOG, law, put

CORPUS = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    put(tmp_path, "law-a", "2021-01-01", law("Бөлек заңның сөзі."))
    put(tmp_path, "law-b", "2024-05-06", law("Жаңа мәтін.", "Ортақ сөз  бар."))
    put(tmp_path, "law-b", "2020-01-01", law("Ескі мәтін.", "Ортақ сөз бар."))
    put(tmp_path, "law-b", "2024-05-06", "### Статья 1. Цель\n\n1. Новый текст.\n", "rus")
    return Library.load(CATALOG, tmp_path)


def test_passages_stand_in_the_order_of_article_catalog_edition_and_print(library: Library) -> None:
    count = len(load_article())

    assert library.passages[:count] == load_article()
    assert [passage.id for passage in library.passages[count:]] == [
        "law-b/2020-01-01/1/1",
        "law-b/2020-01-01/1/2",
        "law-b/2020-01-01/2/0",
        "law-b/2024-05-06/1/1",
        "law-b/2024-05-06/1/2",
        "law-b/2024-05-06/2/0",
        "law-a/2021-01-01/1/1",
        "law-a/2021-01-01/2/0",
    ]


def test_texts_are_had_by_document_edition_and_language(library: Library) -> None:
    kazakh, russian = library.law("law-b", "2024-05-06"), library.russian("law-b", "2024-05-06")

    assert kazakh is not None
    assert kazakh.articles[0].heading == "Мақсаты"
    assert russian is not None
    assert russian.articles[0].heading == "Цель"
    assert library.law("law-b", "2023-01-01") is None
    assert library.law("law-c", "2024-05-06") is None
    assert library.russian("law-b", "2020-01-01") is None


def test_the_editions_held_are_named_in_ascending_order(library: Library) -> None:
    assert library.editions("law-b") == ("2020-01-01", "2024-05-06")
    assert library.editions("assembly-article") == ("2009-01-01",)
    assert library.editions("law-c") == ()


def test_a_passage_is_had_by_its_id(library: Library) -> None:
    passage = library.passage("law-b/2020-01-01/1/1")

    assert passage is not None
    assert passage.text == "Ескі мәтін."
    assert library.passage("law-b/2020-01-01/9/9") is None


def test_questions_and_answers_are_those_of_the_package(library: Library) -> None:
    assert library.faq == load_faq()


def test_an_article_is_found_in_the_newest_edition_unless_another_is_named(library: Library) -> None:
    article = Reference("law-b", "1")

    assert [p.id for p in library.find(article)] == ["law-b/2024-05-06/1/1", "law-b/2024-05-06/1/2"]
    assert [p.id for p in library.find(article, "2020-01-01")] == [
        "law-b/2020-01-01/1/1",
        "law-b/2020-01-01/1/2",
    ]


def test_a_point_is_found_alone(library: Library) -> None:
    assert [p.id for p in library.find(Reference("law-b", "1", "2"))] == ["law-b/2024-05-06/1/2"]
    assert [p.id for p in library.find(Reference("assembly-article", "", "2"))] == [
        "assembly-article/2009-01-01/2"
    ]


@pytest.mark.parametrize(
    ("reference", "edition"),
    [
        (Reference("law-b", "3"), None),
        (Reference("law-b", "1", "3"), None),
        (Reference("law-b", "1"), "2023-01-01"),
        (Reference("law-c", "1"), None),
    ],
)
def test_a_place_that_is_not_held_gives_no_passage(
    library: Library, reference: Reference, edition: str | None
) -> None:
    assert library.find(reference, edition) == ()


@pytest.mark.parametrize(
    ("text", "edition", "article", "found"),
    [
        ("Жаңа мәтін.", None, None, "law-b/2024-05-06/1/1"),
        ("Ескі мәтін", None, None, "law-b/2020-01-01/1/1"),
        ("Ескі мәтін", "2024-05-06", None, None),
        ("Ортақ сөз бар.", None, None, "law-b/2024-05-06/1/2"),
        ("Ортақ сөз бар.", "2020-01-01", None, "law-b/2020-01-01/1/2"),
        ("  Ортақ\nсөз\t бар. ", None, "1", "law-b/2024-05-06/1/2"),
        ("Ортақ сөз бар.", None, "2", None),
        ("Біткен сөз.", None, "2", "law-b/2024-05-06/2/0"),
        ("жаңа мәтін.", None, None, None),
        ("Жаңа мәтін!", None, None, None),
        ("Жаңамәтін.", None, None, None),
        ("Жаңа мәтін. Ортақ сөз бар.", None, None, None),
        (" ", None, None, None),
    ],
)
def test_a_quotation_is_located_letter_for_letter_white_space_apart(
    library: Library, text: str, edition: str | None, article: str | None, found: str | None
) -> None:
    passage = library.locate(text, "law-b", edition, article)

    assert (passage.id if passage else None) == found


def test_a_quotation_of_the_source_article_is_located_in_its_paragraph(library: Library) -> None:
    paragraph = load_article()[1]

    assert library.locate(paragraph.text[5:60], "assembly-article", None, "") == paragraph


def test_a_timeline_knows_the_editions_held(library: Library) -> None:
    timeline = library.timeline("law-b")

    assert isinstance(timeline, Timeline)
    assert timeline is library.timeline("law-b")
    assert timeline.on("1", date(2019, 1, 1)).state is SpanState.NOT_YET


def test_the_timeline_of_an_unknown_document_is_refused(library: Library) -> None:
    with pytest.raises(UnknownReference, match="no document 'law-c'; the catalog has law-b, law-a"):
        library.timeline("law-c")


def test_nothing_is_missing_where_every_edition_is_held(library: Library) -> None:
    assert (library.missing, library.problems) == ((), ())


def test_a_library_cannot_be_changed(library: Library) -> None:
    with pytest.raises(FrozenInstanceError):
        library.passages = ()  # type: ignore[misc]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real texts are not beside this checkout")
def test_all_real_texts_are_read_and_every_passage_is_found_where_it_says(tmp_path: Path) -> None:
    catalog = load_catalog()
    sync(catalog, tmp_path, source=str(CORPUS), timeout_s=5, attempts=1, max_bytes=5_000_000)

    library = Library.load(catalog, tmp_path)

    assert (library.missing, library.problems) == ((), ())
    assert library.editions("law-assembly") == ("2008-10-20", "2022-02-07")
    assert library.russian("law-halyk-kenesi", "2026-06-05") is not None
    assert len({passage.id for passage in library.passages}) == len(library.passages)
    for passage in library.passages:
        place = Reference(passage.document, passage.article or "", passage.point)
        assert passage in library.find(place, passage.edition)
        found = library.locate(passage.text, passage.document, passage.edition, passage.article or "")
        assert found is not None
        assert passage.text in found.text


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real texts are not beside this checkout")
def test_every_quotation_of_the_curated_answers_stands_in_the_text_that_it_names(tmp_path: Path) -> None:
    catalog = load_catalog()
    sync(catalog, tmp_path, source=str(CORPUS), timeout_s=5, attempts=1, max_bytes=5_000_000)

    library = Library.load(catalog, tmp_path)

    lost = [
        (entry.id, quote.text)
        for entry in library.faq
        for quote in entry.quotes
        if not library.locate(quote.text, quote.reference.document, quote.edition, quote.reference.article)
    ]
    assert lost == []
