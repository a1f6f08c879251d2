"""The project's own catalog, and catalogs that contradict themselves."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from knowledge.catalog import Catalog, load_catalog
from knowledge.errors import CatalogError, UnknownReference
from knowledge.model import DocumentKind, Reference, Repeal

LAW = """
[[document]]
id = "a"
kind = "law"
title = "А"
short_title = "А"
requisites = "№ 1"
act_code = "1"
in_force_from = 2008-10-20
"""
EDITION = """
[[document.edition]]
day = 2008-10-20
commit = "0123456789012345678901234567890123456789"
path = "x"
"""


def load(tmp_path: Path, text: str) -> Catalog:
    path = tmp_path / "catalog.toml"
    path.write_text(text, encoding="utf-8")
    return load_catalog(path)


def test_the_catalog_holds_the_five_documents() -> None:
    assert {d.id: d.kind for d in load_catalog().documents} == {
        "assembly-article": DocumentKind.ARTICLE,
        "law-assembly": DocumentKind.LAW,
        "law-halyk-kenesi": DocumentKind.LAW,
        "constitution-2026": DocumentKind.CONSTITUTION,
        "faq": DocumentKind.FAQ,
    }


def test_the_law_on_the_assembly_binds_until_the_day_of_its_repeal() -> None:
    law = load_catalog().document("law-assembly")
    assert law.repeal == Repeal(date(2026, 7, 1), Reference("law-halyk-kenesi", "23", "2"))
    assert law.successor == "law-halyk-kenesi"
    days = [date(2008, 10, 19), date(2008, 10, 20), date(2026, 6, 30), date(2026, 7, 1)]
    assert [law.in_force_on(day) for day in days] == [False, True, True, False]


def test_the_new_law_and_the_new_constitution_bind_from_the_same_day() -> None:
    for name in ("law-halyk-kenesi", "constitution-2026"):
        document = load_catalog().document(name)
        assert [document.in_force_on(day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [False, True]


def test_the_address_of_an_act_follows_from_its_code() -> None:
    catalog = load_catalog()
    assert catalog.document("law-assembly").url == "https://zan.gov.kz/client/#!/doc/41901/kaz"
    assert catalog.document("assembly-article").url == ""


def test_editions_are_found_by_their_day() -> None:
    edition = load_catalog().edition("law-assembly", "2022-02-07")
    assert edition.languages == ("kaz", "rus")
    assert edition.path == "03-laws/2008/1020-ob-assamblee-naroda-kazakhstana-41901"
    article = load_catalog().edition("assembly-article", "2009-01-01")
    assert (article.commit, article.path) == ("", "")


def test_an_unknown_document_or_edition_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownReference, match=r"'law'.*law-assembly, law-halyk-kenesi"):
        load_catalog().document("law")
    with pytest.raises(UnknownReference, match=r"'2010-01-01' of law-assembly.*2008-10-20, 2022-02-07"):
        load_catalog().edition("law-assembly", "2010-01-01")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[document", "catalog.toml cannot be read"),
        ("extra = 1" + LAW, "catalog.toml: extra: found 1, wanted no such field"),
        (LAW + "colour = 1", "document a: colour: found 1, wanted no such field"),
        (LAW + EDITION + "colour = 1", "document a: edition 2008-10-20: colour: found 1"),
        (LAW.replace('title = "А"\n', "", 1), "document a: title: found None, wanted a text"),
        (LAW.replace('"law"', '"novel"'), "document a: kind: found 'novel', wanted one of law, constitution"),
        (LAW.replace('"1"', '"1a"'), "document a: act_code: found '1a', wanted digits"),
        (LAW.replace("2008-10-20", '"soon"'), "document a: in_force_from: found 'soon', wanted a day"),
        (LAW.replace("2008-10-20", "2008-10-20T00:00:00"), "document a: in_force_from"),
        (LAW + LAW, "document a: id: found it twice"),
        (LAW + EDITION + EDITION, "document a: edition: found '2008-10-20', wanted a day after 2008-10-20"),
        (LAW + EDITION.replace("0123", "x123"), "document a: edition 2008-10-20: commit"),
        (LAW + EDITION.replace('"x"', '"../x"'), "document a: edition 2008-10-20: path"),
        (LAW + EDITION.replace('"x"', '""'), "document a: edition 2008-10-20: path"),
        (LAW + EDITION + 'languages = ["rus"]', "document a: edition 2008-10-20: languages"),
        (LAW + 'successor = "b"', "document a: successor: found 'b', wanted one of a"),
        (
            LAW + '[document.repeal]\nday = 2026-07-01\nby = {document = "b", article = "1"}',
            "document a: repeal.by: found 'b', wanted one of a",
        ),
        (
            LAW + '[document.repeal]\nday = 2008-10-20\nby = {document = "a", article = "1"}',
            "document a: repeal: found '2008-10-20', wanted a day after in_force_from",
        ),
    ],
)
def test_a_catalog_that_is_wrong_is_refused_with_the_entry_and_the_field(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(CatalogError, match=re.escape(message)):
        load(tmp_path, text)


def test_a_catalog_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"none\.toml cannot be read"):
        load_catalog(tmp_path / "none.toml")
