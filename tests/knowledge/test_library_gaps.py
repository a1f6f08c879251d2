from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.article_text import load_article
from knowledge.catalog import load_catalog
from knowledge.library import Library
from knowledge.model import Reference
from tests.knowledge.library_case import CATALOG, NEW, OLD, OTHER, law, put


def test_without_any_text_the_article_is_there_and_the_editions_are_missing(tmp_path: Path) -> None:
    library = Library.load(CATALOG, tmp_path / "nothing")

    assert library.passages == load_article()
    assert library.missing == (OLD, NEW, OTHER)
    assert library.problems == ()
    assert library.timeline("law-b").nearest("1", date(2025, 1, 1)) == (None, False)


def test_an_edition_that_the_package_carries_is_never_missing(tmp_path: Path) -> None:
    missing = Library.load(load_catalog(), tmp_path).missing

    assert {edition.document for edition in missing} == {
        "law-assembly",
        "law-halyk-kenesi",
        "constitution-2026",
    }


def test_an_edition_that_the_catalog_does_not_know_is_the_newest_one(tmp_path: Path) -> None:
    put(tmp_path, "law-b", "2024-05-06", law("Жаңа мәтін."))
    put(tmp_path, "law-b", "2025-02-03", law("Ең жаңа мәтін."))

    library = Library.load(CATALOG, tmp_path)

    assert library.editions("law-b") == ("2024-05-06", "2025-02-03")
    assert [p.text for p in library.find(Reference("law-b", "1"))] == ["Ең жаңа мәтін."]
    assert library.missing == (OLD, OTHER)


@pytest.mark.parametrize(
    "broken", [b"", b"<!DOCTYPE html>\n<html></html>", b"\xff\xfe", law("Сөз.").encode()[:30]]
)
def test_a_broken_text_is_told_and_the_rest_is_used(tmp_path: Path, broken: bytes) -> None:
    put(tmp_path, "law-b", "2020-01-01", law("Ескі мәтін."))
    put(tmp_path, "law-b", "2024-05-06", "")
    (tmp_path / "texts/law-b/2024-05-06/kaz.md").write_bytes(broken)

    library = Library.load(CATALOG, tmp_path)

    assert library.editions("law-b") == ("2020-01-01",)
    assert library.missing == (NEW, OTHER)
    (problem,) = library.problems
    assert problem.startswith("law-b/2024-05-06/kaz.md")


def test_a_broken_translation_takes_nothing_from_the_kazakh_text(tmp_path: Path) -> None:
    put(tmp_path, "law-b", "2024-05-06", law("Жаңа мәтін."))
    put(tmp_path, "law-b", "2024-05-06", "нет статей", "rus")

    library = Library.load(CATALOG, tmp_path)

    assert library.law("law-b", "2024-05-06") is not None
    assert library.russian("law-b", "2024-05-06") is None
    assert len(library.problems) == 1


def test_other_things_in_the_folder_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "law-b", "2024-05-06", law("Жаңа мәтін."))
    put(tmp_path, "law-b", "backup", law("Көшірме."))
    put(tmp_path, "law-b", "20240507", law("Көшірме."))
    put(tmp_path, "law-z", "2024-05-06", law("Басқа заң."))
    (tmp_path / "texts/law-b/2024-05-06/.kaz.md.0badcafe.part").write_bytes(b"half")

    library = Library.load(CATALOG, tmp_path)

    assert {p.edition for p in library.passages if p.document == "law-b"} == {"2024-05-06"}
    assert library.editions("law-z") == ()
    assert library.problems == ()
