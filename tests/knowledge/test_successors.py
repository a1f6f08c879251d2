"""The table of successors against the real texts, and tables that are wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.catalog import load_catalog
from knowledge.errors import CatalogError
from knowledge.law_markdown import parse_law
from knowledge.model import LawText, Reference
from knowledge.successors import load_successors

SOURCE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus" / "kazakhstan-law" / "codes"
needs_source = pytest.mark.skipif(not SOURCE.is_dir(), reason="no law texts beside the checkout")

ROW = '[[row]]\narticle = "1"\nreason = "Себеп."\n'
TARGETS = 'targets = [{ document = "b", article = "2" }]\n'


def newest_text(document: str) -> LawText:
    edition = load_catalog().document(document).editions[-1]
    path = SOURCE / edition.commit / edition.path / "kaz.md"
    return parse_law(path.read_text(encoding="utf-8"), name=document)


def exists(texts: dict[str, LawText], place: Reference) -> bool:
    article = texts[place.document].article(place.article)
    if article is None:
        return False
    return place.point is None or any(p.number == place.point and not p.removed for p in article.points)


def test_the_row_of_a_point_goes_before_that_of_its_article() -> None:
    successors = load_successors()
    chair = successors.of("7", "2")
    president = successors.of("7", "1")
    assert chair is not None and chair.targets == (Reference("law-halyk-kenesi", "8", "1"),)
    assert president is not None and president.targets == (Reference("law-halyk-kenesi", "5"),)
    assert president == successors.of("7")


def test_the_power_to_elect_deputies_has_no_successor() -> None:
    successors = load_successors()
    for article, point in [("18", None), ("18", "2"), ("9", "8")]:
        row = successors.of(article, point)
        assert row is not None and row.targets == ()


def test_an_article_that_the_table_lacks_has_no_row() -> None:
    assert load_successors().of("99", "1") is None


def test_every_reason_is_one_short_line() -> None:
    assert [
        row.reason for row in load_successors().rows if not re.fullmatch(r"[^\n]{20,160}\.", row.reason)
    ] == []


@needs_source
def test_every_article_of_the_repealed_law_has_a_row() -> None:
    successors = load_successors()
    law = newest_text("law-assembly")
    assert [a.number for a in law.articles if successors.of(a.number) is None] == []


@needs_source
def test_both_ends_of_every_row_stand_in_the_texts() -> None:
    rows = load_successors().rows
    names = ("law-assembly", "law-halyk-kenesi", "constitution-2026")
    texts = {name: newest_text(name) for name in names}
    places = [place for row in rows for place in (row.source, *row.targets)]
    assert [place for place in places if not exists(texts, place)] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[row", "successors.toml cannot be read"),
        (ROW + TARGETS, "successors.toml: document: found None, wanted a text"),
        ('document = "a"', "successors.toml: row: found None, wanted tables"),
        (
            'document = "a"\n' + ROW,
            "row of article 1: targets: found [], wanted at least one, or none = true",
        ),
        ('document = "a"\n' + ROW + TARGETS + "none = true", "row of article 1: targets"),
        ('document = "a"\n' + ROW + TARGETS + "colour = 1", "row of article 1: colour: no such field"),
        ('document = "a"\n' + (ROW + TARGETS) * 2, "row of article 1: found it twice"),
        ('document = "a"\n' + ROW + "targets = [1]", "row of article 1: targets: found 1, wanted a table"),
        ('document = "a"\n' + ROW.replace("Себеп.", "") + TARGETS, "row of article 1: reason: found ''"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_the_row_and_the_field(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "successors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=re.escape(message)):
        load_successors(path)
