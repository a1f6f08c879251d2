"""The parser, on texts written for the test and on the real ones where they are held."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalog import load_catalog
from knowledge.errors import ParseError
from knowledge.law_markdown import parse_law
from knowledge.model import Amendment, Article, LawText, Point, SubPoint

SOURCE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus" / "kazakhstan-law" / "codes"
needs_source = pytest.mark.skipif(
    not SOURCE.is_dir(), reason="the law texts are not held beside the checkout"
)

APRIL_2018 = Amendment(date(2018, 4, 27), "№ 149-VI")


def law_text(document: str, edition: str, language: str = "kaz") -> LawText:
    return parse_law(markdown(document, edition, language), name=f"{document}/{edition}")


def markdown(document: str, edition: str, language: str = "kaz") -> str:
    entry = load_catalog().edition(document, edition)
    return (SOURCE / entry.commit / entry.path / f"{language}.md").read_text(encoding="utf-8")


def article_of(law: LawText, number: str) -> Article:
    article = law.article(number)
    assert article is not None
    return article


def only_article(text: str) -> Article:
    (article,) = parse_law(text).articles
    return article


def texts_of(law: LawText) -> list[str]:
    points = [point for article in law.articles for point in article.points if not point.removed]
    blocks = [block for point in points for block in point.blocks]
    return [b if isinstance(b, str) else b.text for b in blocks if isinstance(b, str) or not b.removed]


def test_points_sub_points_and_second_paragraphs_are_blocks_in_print_order() -> None:
    article = only_article(
        '## 1-тарау. ЖАЛПЫ\n\n<a id="st9"></a>\n\n### 9-бап. Сессия\n\n1. Құқығы:\n\n'
        "   1) бір;\n\n   4-1) екі.\n\n   Екінші бөлік.\n\n2. Соңы."
    )
    assert article == Article(
        "9",
        "Сессия",
        "1-тарау. ЖАЛПЫ",
        (
            Point("1", ("Құқығы:", SubPoint("1", "1) бір;"), SubPoint("4-1", "4-1) екі."), "Екінші бөлік.")),
            Point("2", ("Соңы.",)),
        ),
    )


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("### 10-1-бап. Кеңес мүшелері", "10-1", "Кеңес мүшелері"),
        ("**70-бап**", "70", ""),
        ("**7-бап. Мақсаты**", "7", "Мақсаты"),
        ("### Статья 14-1. Объединения", "14-1", "Объединения"),
        ('<a id="st3"></a>\n\n3-бап. Мақсаты', "3", "Мақсаты"),
    ],
)
def test_every_form_of_an_articles_heading_is_read(heading: str, number: str, title: str) -> None:
    article = only_article(f"{heading}\n\nМәтін.")
    assert (article.number, article.heading) == (number, title)


def test_a_table_of_contents_the_preamble_and_the_signatures_are_no_law() -> None:
    law = parse_law(
        "1-тарау . ЖАЛПЫ\n\n1-бап. Мақсаты\n\n# Заң туралы\n\nКіріспе.\n\n"
        "## 1-тарау. ЖАЛПЫ\n\n### 1-бап. Мақсаты\n\nМәтін.\n\n   ____________\n\n"
        "*Қазақстан Республикасының*\n\n*Президенті Н.НАЗАРБАЕВ*\n\n**Қ. ТОҚАЕВ**\n"
    )
    assert law.title == "Заң туралы"
    assert texts_of(law) == ["Мәтін."]


def test_markup_goes_and_every_letter_stays() -> None:
    text = '### 1-бап\n\n8\\. Лат**ын**ша c, *ашық* "сөз" — 2 \\* 3\\.'
    assert only_article(text).points == (Point("8", ('Латынша c, ашық "сөз" — 2 * 3.',)),)


def test_the_rest_of_a_broken_sentence_belongs_to_its_sub_point() -> None:
    article = only_article(
        "### 6-бап\n\nБағыттары:\n\n1) іске асыру және оларды\n\n    шешуге қатысу;\n\n2) көмек."
    )
    assert article.points[0].blocks == (
        "Бағыттары:",
        SubPoint("1", "1) іске асыру және оларды шешуге қатысу;"),
        SubPoint("2", "2) көмек."),
    )


def test_what_was_removed_stays_in_its_place_and_is_marked() -> None:
    article = only_article(
        "### 13-бап\n\n1. Тізім:\n\n   *1) алып тасталды - ҚР 27.04.2018 № 149-VI Заңымен;*\n\n   2) екі.\n\n"
        "*3. Алып тасталды – ҚР 03.07.2020 № 357-VI Заңымен.*"
    )
    first, third = article.points
    assert [block.removed for block in first.blocks if isinstance(block, SubPoint)] == [True, False]
    assert (third.number, third.removed) == ("3", True)
    assert [a.day for a in article.amendments] == [date(2018, 4, 27), date(2020, 7, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "**5-бап. Алып тасталды - ҚР 27.04.2018 № 149-VI Заңымен.**",
        "### 5-бап алып тасталды - ҚР 27.04.2018 № 149-VI Заңымен.",
        "### 5-бап. Тақырып\n\n*Алып тасталды - ҚР 27.04.2018 № 149-VI Заңымен.*",
        "### Статья 5. Исключена Законом РК от 27.04.2018 № 149-VI.",
    ],
)
def test_a_removed_article_has_no_points_and_keeps_the_day(text: str) -> None:
    article = only_article(text)
    assert article.points == ()
    assert article.amendments == (APRIL_2018,)


def test_a_rule_that_repeals_other_acts_is_law_and_not_a_note_of_removal() -> None:
    article = only_article("### 2-бап\n\n1. Күші жойылды деп танылсын: 2008 жылғы № 70-IV Заң.")
    assert not article.points[0].removed


def test_a_note_inside_a_point_leaves_a_gap_and_no_text() -> None:
    note = "Ескертпе. ҚР Конституциялық Сотының 07.07.2026 № 89-НҚ нормативтік қаулысын қараңыз."
    article = only_article(f"### 43-бап\n\n{note}\n\n1. Бір.\n\n{note}\n\n   Екі.\n\n   {note}\n\n2. Үш.")
    assert article.points[0].blocks == ("Бір.", SubPoint("", note, removed=True), "Екі.")
    assert article.amendments == ()


def test_the_front_matter_gives_the_edition_day() -> None:
    law = parse_law("---\nact_code: '1'\nversion_date: 2026-03-15\n---\n\n# Заң\n\n**1-бап**\n\nМәтін.")
    assert (law.title, law.edition_day) == ("Заң", date(2026, 3, 15))
    assert parse_law("**1-бап**\n\nМәтін.").edition_day is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.md, line 1: found an empty text"),
        ("  \n\n", "x.md, line 1: found an empty text"),
        ("\n<!DOCTYPE html>\n<html>", "x.md, line 2: found a web page"),
        ("PK\x03\x04\x00\x00", "x.md, line 1: found bytes"),
        ("# Заң\n\nМәтін.", "x.md, line 1: found no article"),
        ("### 1-бап\n\nБір.\n\n### 1-бап\n\nЕкі.", "x.md, line 5: found article 1 again"),
        ("### 1-бап\n\n1. Бір.\n\n1. Екі.", "x.md, line 5: found point 1 of article 1 again"),
        ("### 1-бап\n\nБір.\n\n### 2-бап\n", "x.md, line 5: found no text in article 2"),
        ("---\ntitle: x\n", "x.md, line 1: found a front matter that does not end"),
        ("---\nversion_date: soon\n---\n", "x.md, line 2: found the date soon"),
        (
            "### 1-бап\n\nБір.\n\n> *Ескерту. өзгеріс енгізілді - ҚР 31.02.2018 № 1.*",
            "x.md, line 5: found the date 31.02.2018",
        ),
    ],
)
def test_what_is_no_law_is_refused_with_the_place(text: str, message: str) -> None:
    with pytest.raises(ParseError, match=re.escape(message)):
        parse_law(text, name="x.md")


# fmt: off
LINES = st.sampled_from([
    "### 1-бап. А", "**2-бап**", "## тарау", "1. а", "1) б", "   в", "> *Ескерту. өзгеріс 27.04.2018 № 1*",
    "**", "*", "---", "____", "# Т", "#", ">", "\\", "", "Ескертпе. в", "*3) алып тасталды № 1*",
    '<a id="st1"></a>',
])
# fmt: on


@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=8))).map("\n".join)))
def test_any_text_is_read_or_refused_with_a_parse_error(text: str) -> None:
    try:
        law = parse_law(text)
    except ParseError:
        return
    assert law.articles


@needs_source
@pytest.mark.parametrize(
    ("document", "edition", "language", "articles"),
    [
        ("law-assembly", "2008-10-20", "kaz", 20),
        ("law-assembly", "2022-02-07", "kaz", 24),
        ("law-assembly", "2022-02-07", "rus", 24),
        ("law-halyk-kenesi", "2026-06-05", "kaz", 23),
        ("law-halyk-kenesi", "2026-06-05", "rus", 23),
        ("constitution-2026", "2026-03-15", "kaz", 96),
    ],
)
def test_the_real_texts_are_read_whole_and_nothing_but_law_is_in_them(
    document: str, edition: str, language: str, articles: int
) -> None:
    law = law_text(document, edition, language)
    assert len(law.articles) == articles
    foreign = re.compile(
        r"Ескерт|Сноска|алып тасталды|исключен\s|_{3}|<a |\*|\\|^#|^\d+-бап\.?( |$)"
        r"|НАЗАРБАЕВ|ТОҚАЕВ|ТОКАЕВ|Назарбаев"
    )
    assert [text for text in texts_of(law) if foreign.search(text)] == []


@needs_source
def test_the_russian_text_has_the_articles_points_and_days_of_the_kazakh_one() -> None:
    for document, edition in [("law-assembly", "2022-02-07"), ("law-halyk-kenesi", "2026-06-05")]:
        kazakh, russian = law_text(document, edition), law_text(document, edition, "rus")
        for one, other in zip(kazakh.articles, russian.articles, strict=True):
            assert [(p.number, p.removed, len(p.blocks)) for p in one.points] == [
                (p.number, p.removed, len(p.blocks)) for p in other.points
            ]
            assert [(a.day, a.kind) for a in one.amendments] == [(a.day, a.kind) for a in other.amendments]


@needs_source
def test_the_broken_sub_point_of_2008_is_whole() -> None:
    (point,) = article_of(law_text("law-assembly", "2008-10-20"), "6").points
    (eleventh,) = [b for b in point.blocks if isinstance(b, SubPoint) and b.number == "11"]
    assert eleventh.text.endswith("практикалық шараларды іске асыру және оларды шешуге қатысу;")


@needs_source
def test_the_real_removed_point_and_sub_points_are_marked() -> None:
    law = law_text("law-assembly", "2022-02-07")
    assert [p.number for a in law.articles for p in a.points if p.removed] == ["3"]
    gone = [
        f"{article.number} {block.number}"
        for article in law.articles
        for point in article.points
        for block in point.blocks
        if isinstance(block, SubPoint) and block.removed
    ]
    assert gone == ["6 4", "9 3", "9 5", "11 1-2", "11 1-3", "11 2", "12 1-1", "14 4"]
