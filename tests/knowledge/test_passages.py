"""Splitting points into passages: by example, by generated laws, on the real texts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalog import load_catalog
from knowledge.law_markdown import parse_law
from knowledge.model import Article, LawText, Passage, Point, SubPoint
from knowledge.passages import MAX_CHARS, passages_of

SOURCE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus" / "kazakhstan-law" / "codes"
needs_source = pytest.mark.skipif(not SOURCE.is_dir(), reason="no law texts beside the checkout")


def passages(*points: Point) -> tuple[Passage, ...]:
    law = LawText("Заң", None, (Article("9", "Сессия", "1-тарау", points),))
    return passages_of("law", "2008-10-20", law)


def sub_point(number: int, chars: int = 10, *, removed: bool = False) -> SubPoint:
    return SubPoint(str(number), f"{number}) ".ljust(chars - 1, "а") + ";", removed)


def test_a_point_with_its_sub_points_is_one_passage() -> None:
    assert passages(
        Point("4", ("Құқығы:", SubPoint("1", "1) бір;"), SubPoint("4-1", "4-1) екі."), "Соңы."))
    ) == (
        Passage(
            id="law/2008-10-20/9/4",
            document="law",
            edition="2008-10-20",
            text="Құқығы:\n1) бір;\n4-1) екі.\nСоңы.",
            order=0,
            article="9",
            point="4",
            sub_points=("1", "4-1"),
            heading="Сессия",
            chapter="1-тарау",
        ),
    )


def test_an_article_without_points_is_point_nought_in_the_id() -> None:
    (passage,) = passages(Point(None, ("Мәтін.",)))
    assert (passage.id, passage.point) == ("law/2008-10-20/9/0", None)


def test_a_removed_point_gives_no_passage() -> None:
    found = passages(
        Point("1", ("Бір.",)), Point("2", ("2. Алып тасталды",), removed=True), Point("3", ("Үш.",))
    )
    assert [(p.point, p.order) for p in found] == [("1", 0), ("3", 1)]


def test_a_removed_sub_point_ends_a_part_and_the_next_one_carries_the_opening_line() -> None:
    first, second = passages(Point("4", ("Құқығы:", sub_point(1), sub_point(2, removed=True), sub_point(3))))
    assert (first.id, first.lead, first.sub_points) == ("law/2008-10-20/9/4", "", ("1",))
    assert (second.id, second.lead, second.sub_points) == ("law/2008-10-20/9/4/1", "Құқығы:", ("3",))


def test_an_opening_line_is_no_passage_of_its_own() -> None:
    (passage,) = passages(Point("4", ("Құқығы:", sub_point(1, removed=True), sub_point(2))))
    assert (passage.id, passage.text, passage.lead) == ("law/2008-10-20/9/4", sub_point(2).text, "Құқығы:")


def test_an_opening_line_is_kept_where_nothing_follows_it() -> None:
    (passage,) = passages(Point("4", ("Құқығы:", sub_point(1, removed=True))))
    assert passage.text == "Құқығы:"


def test_a_long_list_is_split_between_sub_points_under_its_own_opening_line() -> None:
    blocks = ("Кіріспе.", "Төраға:", *(sub_point(n, 300) for n in range(1, 8)), "Соңғы сөз.")
    found = passages(Point("1", blocks))
    assert [p.sub_points for p in found] == [("1", "2", "3"), ("4", "5", "6"), ("7",)]
    assert [p.lead for p in found] == ["", "Төраға:", "Төраға:"]


def test_a_block_that_is_longer_than_the_limit_is_not_cut() -> None:
    found = passages(Point("1", ("Бір.", sub_point(1, MAX_CHARS + 1), "Үш.")))
    assert [len(p.text) for p in found] == [4, MAX_CHARS + 1, 3]


BLOCKS = st.lists(
    st.one_of(
        st.integers(1, 900).map(lambda n: "а" * n + "."),
        st.just("Мыналар:"),
        st.builds(sub_point, st.integers(1, 30), st.integers(5, 1500), removed=st.booleans()),
    ),
    min_size=1,
    max_size=12,
)


POINTS = st.lists(
    st.builds(lambda blocks, gone: Point("", tuple(blocks), gone), BLOCKS, st.booleans()), max_size=5
)


@given(POINTS)
def test_passages_of_any_law_say_all_that_is_law_in_order(drawn: list[Point]) -> None:
    law = [replace(point, number=str(number)) for number, point in enumerate(drawn, 1)]
    found = passages(*law)
    assert [p.order for p in found] == list(range(len(found)))
    assert len({p.id for p in found}) == len(found)
    for point in law:
        parts = [p for p in found if p.point == point.number]
        blocks = () if point.removed else point.blocks
        live = [b if isinstance(b, str) else b.text for b in blocks if isinstance(b, str) or not b.removed]
        unsaid = list(live)
        for said in (line for part in parts for line in part.text.split("\n")):
            while unsaid[0] != said:  # passed over: an opening line that would stand alone
                assert unsaid.pop(0) == "Мыналар:"
            unsaid.pop(0)
        assert unsaid == []
        assert all(len(p.text) <= MAX_CHARS or "\n" not in p.text for p in parts)
        assert all(p.lead == "" or p.lead in live for p in parts)


def folded(text: str) -> str:
    text = re.sub(r"[*\\]", "", re.sub(r"<a id=[^>]*></a>", " ", text))
    return " ".join(text.split())


@needs_source
@pytest.mark.parametrize(
    ("document", "edition", "language", "count"),
    [
        ("law-assembly", "2008-10-20", "kaz", 60),
        ("law-assembly", "2022-02-07", "kaz", 77),
        ("law-assembly", "2022-02-07", "rus", 76),
        ("law-halyk-kenesi", "2026-06-05", "kaz", 81),
        ("law-halyk-kenesi", "2026-06-05", "rus", 82),
        ("constitution-2026", "2026-03-15", "kaz", 323),
    ],
)
def test_every_passage_of_the_real_texts_stands_in_them_letter_for_letter(
    document: str, edition: str, language: str, count: int
) -> None:
    entry = load_catalog().edition(document, edition)
    text = (SOURCE / entry.commit / entry.path / f"{language}.md").read_text(encoding="utf-8")
    found = passages_of(document, edition, parse_law(text))
    whole = folded(text)
    assert len(found) == count
    assert [p.id for p in found if folded(p.text) not in whole] == []
    foreign = re.compile(r"Ескерт(пе|у)\.|Сноска|алып тасталды|_{3}|НАЗАРБАЕВ|ТОҚАЕВ|^#|^\d+-бап", re.M)
    assert [p.id for p in found if foreign.search(p.text)] == []
    headings = {p.heading for p in found if p.heading}
    assert [p.id for p in found if headings & set(p.text.split("\n"))] == []


@needs_source
def test_only_one_real_paragraph_is_longer_than_the_limit() -> None:
    entry = load_catalog().edition("constitution-2026", "2026-03-15")
    text = (SOURCE / entry.commit / entry.path / "kaz.md").read_text(encoding="utf-8")
    long = [p for p in passages_of("c", "e", parse_law(text)) if len(p.text) > MAX_CHARS]
    assert [(p.id, "\n" in p.text) for p in long] == [("c/e/50/3", False)]
