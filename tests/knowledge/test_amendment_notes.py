"""Editors' notes, on ones written for the test and on the real ones where they are held."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from knowledge.amendment_notes import amendments_of
from knowledge.catalog import load_catalog
from knowledge.law_markdown import parse_law
from knowledge.model import Amendment

SOURCE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus" / "kazakhstan-law" / "codes"
needs_source = pytest.mark.skipif(not SOURCE.is_dir(), reason="no law texts beside the checkout")

APRIL_2018 = Amendment(date(2018, 4, 27), "№ 149-VI")


def markdown() -> str:
    edition = load_catalog().edition("law-assembly", "2022-02-07")
    return (SOURCE / edition.commit / edition.path / "kaz.md").read_text(encoding="utf-8")


def amendments(text: str, number: str) -> tuple[Amendment, ...]:
    article = parse_law(text).article(number)
    assert article is not None
    return article.amendments


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (
            "Ескерту. 7-бапқа өзгерістер енгізілді - ҚР 2010.06.14 № 290-IV (қолданысқа енгізілу тәртібін "
            "2-б. қараңыз); 11.07.2017 № 91-VI (алғашқы ресми жарияланған күнінен кейін) заңдарымен.",
            [(date(2010, 6, 14), "№ 290-IV", "changed"), (date(2017, 7, 11), "№ 91-VI", "changed")],
        ),
        (
            "Ескерту. 17-бапқа өзгеріс енгізілді - ҚР 04.07.2014 № 233-V "
            "(01.01.2015 бастап қолданысқа енгізіледі).",
            [(date(2015, 1, 1), "№ 233-V", "changed")],
        ),
        (
            "Статья 17 с изменениями, внесенными законами РК от 04.07.2014 № 233-V "
            "(вводится в действие с 01.01.2015).",
            [(date(2015, 1, 1), "№ 233-V", "changed")],
        ),
        (
            "Ескерту. Заң 13-1-баппен толықтырылды - ҚР 27.04.2018 № 149-VI (күнінен бастап); "
            "жаңа редакцияда – ҚР 03.07.2020 № 357-VI заңдарымен.",
            [(date(2018, 4, 27), "№ 149-VI", "added"), (date(2020, 7, 3), "№ 357-VI", "reworded")],
        ),
        (
            "Ескерту. 8-бап жаңа редакцияда - ҚР 27.04.2018 № 149-VI; "
            "өзгерістер енгізілді – ҚР 03.07.2020 № 357-VI.",
            [(date(2018, 4, 27), "№ 149-VI", "reworded"), (date(2020, 7, 3), "№ 357-VI", "changed")],
        ),
        (
            "Ескерту. 15-баптың тақырыбы жаңа редакцияда - ҚР 27.04.2018 № 149-VI Заңымен.",
            [(date(2018, 4, 27), "№ 149-VI", "changed")],
        ),
        ("Ескертпе. ҚР Конституциялық Сотының 07.07.2026 № 89-НҚ қаулысын қараңыз.", []),
    ],
)
def test_a_note_tells_the_days_the_acts_and_what_they_did(
    note: str, expected: list[tuple[date, str, str]]
) -> None:
    assert [(a.day, a.act, a.kind) for a in amendments_of(note)] == expected


WHOLE_TEXT = (
    '> *Ескерту. Бүкіл мәтін бойынша "Облыс (қала)", "облыстар (қалалар)" деген сөздер тиісінше '
    '"Облыс, қала", "облыстар, қалалар" деген сөздермен ауыстырылды - ҚР 27.04.2018 № 149-VI Заңымен.*\n\n'
)


def test_words_replaced_throughout_the_text_change_the_articles_that_have_the_new_words() -> None:
    law = parse_law(
        f"# Заң\n\n{WHOLE_TEXT}### 1-бап. Облыс, қала ассамблеясы\n\nМәтін.\n\n"
        "### 2-бап\n\n1. Барлық облыстар, қалалар.\n\n### 3-бап\n\nБасқа мәтін."
    )
    assert [a.amendments for a in law.articles] == [(APRIL_2018,), (APRIL_2018,), ()]


def test_words_replaced_throughout_the_text_do_not_change_an_article_added_later() -> None:
    law = parse_law(
        f"{WHOLE_TEXT}### 1-бап\n\nБарлық облыстар, қалалар.\n\n"
        "> *Ескерту. Заң 1-баппен толықтырылды - ҚР 03.07.2020 № 357-VI Заңымен.*"
    )
    assert law.articles[0].amendments == (Amendment(date(2020, 7, 3), "№ 357-VI", "added"),)


def test_a_note_on_a_chapter_changes_each_of_its_articles() -> None:
    law = parse_law(
        "### 1-бап\n\nБір.\n\n## 2-тарау. ЕКІ\n\n> *Ескерту. 2-тарау жаңа редакцияда - ҚР 27.04.2018\n"
        "> № 149-VI Заңымен.*\n\n### 2-бап\n\nЕкі.\n\n### 3-бап\n\nҮш."
    )
    reworded = Amendment(date(2018, 4, 27), "№ 149-VI", "reworded")
    assert [a.amendments for a in law.articles] == [(), (reworded,), (reworded,)]


@needs_source
def test_the_real_notes_give_the_days_of_change() -> None:
    text = markdown()
    assert [(a.day, a.act) for a in amendments(text, "7")] == [
        (date(2010, 6, 14), "№ 290-IV"),
        (date(2017, 7, 11), "№ 91-VI"),
        (date(2022, 2, 7), "№ 106-VII"),
    ]
    assert amendments(text, "17")[0].day == date(2015, 1, 1)
    assert amendments(text, "10-1") == (Amendment(date(2018, 4, 27), "№ 149-VI", "added"),)
    assert amendments(text, "2") == ()


@needs_source
@pytest.mark.parametrize(
    ("number", "years"), [("1", [2018]), ("14", [2018, 2020]), ("16", [2018]), ("2", []), ("18", [])]
)
def test_the_note_over_the_real_text_reaches_the_articles_with_its_words(
    number: str, years: list[int]
) -> None:
    """Without the articles' own notes; article 14 also prints a sub-point that was removed in 2020."""
    text = re.sub(r"> \*Ескерту\. (?!Бүкіл).*", "", markdown())
    assert [a.day.year for a in amendments(text, number)] == years
