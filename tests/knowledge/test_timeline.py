"""Which text was in force on a day: the rule, its properties, the real articles."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalog import load_catalog
from knowledge.errors import UnknownReference
from knowledge.law_markdown import parse_law
from knowledge.model import (
    Amendment,
    Article,
    Document,
    DocumentKind,
    Edition,
    LawText,
    Point,
    Reference,
    Repeal,
)
from knowledge.timeline import Span, SpanState, Timeline

SOURCE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus" / "kazakhstan-law" / "codes"
needs_source = pytest.mark.skipif(not SOURCE.is_dir(), reason="no law texts beside the checkout")

ADOPTED, REPEALED = date(2008, 10, 20), date(2026, 7, 1)
TEXT, NOT_HELD, NOT_YET = SpanState.TEXT, SpanState.NOT_HELD, SpanState.NOT_YET


def law(*editions: str, repealed: bool = True) -> Document:
    return Document(
        "law", DocumentKind.LAW, "Заң", "Заң", "№ 1", "",
        in_force_from=ADOPTED,
        editions=tuple(Edition("law", date.fromisoformat(name), "", "") for name in editions),
        repeal=Repeal(REPEALED, Reference("new", "1")) if repealed else None,
    )  # fmt: skip


def text(words: str, *changes: tuple[str, str], number: str = "1") -> LawText:
    points = (Point(None, (words,)),) if words else ()
    amendments = tuple(Amendment(date.fromisoformat(day), "№ 2", kind) for day, kind in changes)
    return LawText("Заң", None, (Article(number, "", "", points, amendments),))


def life(timeline: Timeline, article: str = "1") -> list[str]:
    """Spans as "first day, state, edition"; each ends where the next begins."""
    return [f"{s.start} {s.state} {s.edition or ''}".rstrip() for s in timeline.spans(article)]


def real(document_id: str, *names: str) -> Timeline:
    document = load_catalog().document(document_id)
    texts = {}
    for edition in document.editions:
        if not names or edition.name in names:
            path = SOURCE / edition.commit / edition.path / "kaz.md"
            texts[edition.name] = parse_law(path.read_text(encoding="utf-8"), name=document_id)
    return Timeline.build(document, texts)


BEFORE, AFTER = "0001-01-01 not_yet", "2026-07-01 repealed"


@needs_source
@pytest.mark.parametrize(
    ("article", "between"),
    [
        ("2", ["2008-10-20 text 2022-02-07"]),
        ("3", ["2008-10-20 text 2008-10-20", "2018-04-27 text 2022-02-07"]),
        ("7", ["2008-10-20 text 2008-10-20", "2010-06-14 not_held", "2022-02-07 text 2022-02-07"]),
        ("8", ["2008-10-20 text 2008-10-20", "2018-04-27 not_held", "2020-07-03 text 2022-02-07"]),
        ("9", ["2008-10-20 text 2008-10-20", "2013-07-03 not_held", "2018-04-27 text 2022-02-07"]),
        ("17", ["2008-10-20 text 2008-10-20", "2015-01-01 not_held", "2018-04-27 text 2022-02-07"]),
    ],
)
def test_the_real_articles_lived_as_their_notes_say(article: str, between: list[str]) -> None:
    assert life(real("law-assembly"), article) == [BEFORE, *between, AFTER]


@needs_source
def test_a_real_article_that_was_added_is_not_yet_law_before_that_day() -> None:
    timeline = real("law-assembly")
    assert timeline.spans("10-1") == (
        Span(date.min, date(2018, 4, 27), NOT_YET),
        Span(date(2018, 4, 27), REPEALED, TEXT, "2022-02-07"),
        Span(REPEALED, None, SpanState.REPEALED),
    )
    assert timeline.history("10-1") == (Amendment(date(2018, 4, 27), "№ 149-VI", "added"),)


@needs_source
@pytest.mark.parametrize(
    ("document", "edition"), [("law-halyk-kenesi", "2026-06-05"), ("constitution-2026", "2026-03-15")]
)
def test_the_real_new_acts_are_law_from_the_first_of_july(document: str, edition: str) -> None:
    timeline = real(document)
    for article in timeline.lives:
        assert life(timeline, article) == [BEFORE, f"2026-07-01 text {edition}"]


@needs_source
@pytest.mark.parametrize(
    ("article", "day", "expected"),
    [
        ("8", "2012-06-01", ("2008-10-20", True)),
        ("3", "2010-06-01", ("2008-10-20", True)),
        ("3", "2024-06-01", ("2022-02-07", True)),
        ("2", "2010-06-01", ("2008-10-20", True)),
        ("2", "2024-06-01", ("2022-02-07", True)),
        ("8", "2019-06-01", ("2008-10-20", False)),
        ("13-1", "2019-06-01", ("2022-02-07", False)),
        ("9", "2026-11-01", ("2022-02-07", True)),
        ("8", "2000-01-01", ("2008-10-20", True)),
        ("10-1", "2012-06-01", ("2022-02-07", True)),
    ],
)
def test_the_real_text_to_show_for_a_day(article: str, day: str, expected: tuple[str, bool]) -> None:
    assert real("law-assembly").nearest(article, date.fromisoformat(day)) == expected


@needs_source
def test_without_the_newest_real_edition_nothing_is_vouched_for_after_the_old_one() -> None:
    timeline = real("law-assembly", "2008-10-20")
    assert life(timeline, "8") == [BEFORE, "2008-10-20 text 2008-10-20", "2008-10-21 not_held", AFTER]
    assert timeline.nearest("8", date(2024, 1, 1)) == ("2008-10-20", False)


@needs_source
def test_without_the_oldest_real_edition_the_notes_still_tell_what_is_missing() -> None:
    timeline = real("law-assembly", "2022-02-07")
    assert life(timeline, "8") == [BEFORE, "2008-10-20 not_held", "2020-07-03 text 2022-02-07", AFTER]
    assert timeline.nearest("8", date(2012, 1, 1)) == ("2022-02-07", False)


def test_with_no_text_held_every_article_is_answered_for_by_the_document() -> None:
    timeline = Timeline.build(law("2008-10-20"), {})
    assert life(timeline, "8") == [BEFORE, "2008-10-20 not_held", AFTER]
    assert timeline.nearest("8", date(2012, 1, 1)) == (None, False)
    assert timeline.history("8") == ()


def test_an_article_that_no_held_edition_has_is_refused_with_the_known_ones() -> None:
    timeline = Timeline.build(law("2008-10-20"), {"2008-10-20": text("Мәтін.")})
    with pytest.raises(UnknownReference, match="law has no article '99'; it has 1"):
        timeline.on("99", date(2012, 1, 1))


def test_an_edition_that_the_catalog_lacks_counts() -> None:
    texts = {"2008-10-20": text("Ескі."), "2024-05-05": text("Жаңа.", ("2024-05-05", "changed"))}
    timeline = Timeline.build(law("2008-10-20", repealed=False), texts)
    assert life(timeline) == [BEFORE, "2008-10-20 text 2008-10-20", "2024-05-05 text 2024-05-05"]


def test_words_that_differ_without_a_note_are_vouched_for_on_their_own_days_only() -> None:
    texts = {"2008-10-20": text("Ескі."), "2022-02-07": text("Жаңа.")}
    assert life(Timeline.build(law(*texts), texts)) == [
        BEFORE,
        "2008-10-20 text 2008-10-20",
        "2008-10-21 not_held",
        "2022-02-07 text 2022-02-07",
        AFTER,
    ]


def test_a_dash_printed_otherwise_is_no_change() -> None:
    texts = {"2008-10-20": text("Ассамблея — мекеме."), "2022-02-07": text("Ассамблея – мекеме.")}
    assert life(Timeline.build(law(*texts), texts)) == [BEFORE, "2008-10-20 text 2022-02-07", AFTER]


def test_an_article_that_was_removed_is_repealed_from_that_day() -> None:
    texts = {"2008-10-20": text("Мәтін."), "2022-02-07": text("", ("2018-04-27", "changed"))}
    timeline = Timeline.build(law(*texts), texts)
    assert life(timeline) == [BEFORE, "2008-10-20 text 2008-10-20", "2018-04-27 repealed"]
    assert timeline.nearest("1", date(2020, 1, 1)) == ("2008-10-20", True)


def test_an_article_that_appears_without_a_note_is_not_held_since_the_last_edition_without_it() -> None:
    texts = {"2008-10-20": text("Бір."), "2022-02-07": text("Екі.", number="2")}
    timeline = Timeline.build(law(*texts, repealed=False), texts)
    assert life(timeline, "2") == ["0001-01-01 not_yet", "2008-10-21 not_held", "2022-02-07 text 2022-02-07"]
    assert life(timeline, "1") == [
        BEFORE,
        "2008-10-20 text 2008-10-20",
        "2008-10-21 not_held",
        "2022-02-07 repealed",
    ]


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
CHANGES = st.lists(st.tuples(DAYS.map(date.isoformat), st.sampled_from(["changed", "added"])), max_size=5)
HELD = st.dictionaries(
    DAYS.map(date.isoformat),
    st.builds(lambda words, changes: text(words, *sorted(changes)), st.sampled_from(["а", "б", ""]), CHANGES),
    max_size=4,
)


@given(HELD, st.lists(DAYS.map(date.isoformat), max_size=3, unique=True), st.booleans(), DAYS)
def test_every_day_has_exactly_one_state_whatever_is_held(
    texts: dict[str, LawText], editions: list[str], repealed: bool, day: date
) -> None:
    timeline = Timeline.build(law(*sorted(editions), repealed=repealed), texts)
    spans = timeline.spans("1")
    assert spans[0].start == date.min
    assert spans[-1].end is None
    assert all(one.end == other.start and one.start < other.start for one, other in pairwise(spans))
    assert all((s.edition is not None) == (s.state is TEXT) for s in spans)
    assert all((one.state, one.edition) != (other.state, other.edition) for one, other in pairwise(spans))
    assert [s for s in spans if s.covers(day)] == [timeline.on("1", day)]
    edition, exact = timeline.nearest("1", day)
    held = {name for name, one in texts.items() if one.articles[0].points}
    assert edition in held if held else (edition, exact) == (None, False)
    if timeline.on("1", day).state in (TEXT, NOT_HELD):
        assert exact == (timeline.on("1", day).state is TEXT)


@needs_source
def test_every_day_since_2008_has_one_state_for_every_real_article() -> None:
    timeline = real("law-assembly")
    for article in timeline.lives:
        day = ADOPTED
        while day < date(2027, 1, 1):
            assert sum(span.covers(day) for span in timeline.spans(article)) == 1
            day += timedelta(days=29)
