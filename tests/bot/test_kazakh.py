"""Kazakh dates, numbers and places."""

from __future__ import annotations

from datetime import date

import pytest

from bot import kazakh

JULY = date(2026, 7, 1)


def test_a_date_is_written_year_first_with_its_month_in_words() -> None:
    assert kazakh.format_date(JULY) == "2026 жылғы 1 шілде"


@pytest.mark.parametrize(
    ("month", "located", "before_a_noun", "since", "until"),
    [
        (1, "қаңтарда", "қаңтардағы", "қаңтардан", "қаңтарға"),
        (2, "ақпанда", "ақпандағы", "ақпаннан", "ақпанға"),
        (3, "наурызда", "наурыздағы", "наурыздан", "наурызға"),
        (4, "сәуірде", "сәуірдегі", "сәуірден", "сәуірге"),
        (5, "мамырда", "мамырдағы", "мамырдан", "мамырға"),
        (6, "маусымда", "маусымдағы", "маусымнан", "маусымға"),
        (7, "шілдеде", "шілдедегі", "шілдеден", "шілдеге"),
        (8, "тамызда", "тамыздағы", "тамыздан", "тамызға"),
        (9, "қыркүйекте", "қыркүйектегі", "қыркүйектен", "қыркүйекке"),
        (10, "қазанда", "қазандағы", "қазаннан", "қазанға"),
        (11, "қарашада", "қарашадағы", "қарашадан", "қарашаға"),
        (12, "желтоқсанда", "желтоқсандағы", "желтоқсаннан", "желтоқсанға"),
    ],
)
def test_every_month_takes_the_endings_that_vowel_harmony_asks_for(
    month: int, located: str, before_a_noun: str, since: str, until: str
) -> None:
    day = date(2022, month, 7)
    assert kazakh.date_in(day) == f"2022 жылғы 7 {located}"
    assert kazakh.date_of(day) == f"2022 жылғы 7 {before_a_noun}"
    assert kazakh.date_from(day) == f"2022 жылғы 7 {since} бастап"
    assert kazakh.date_until(day) == f"2022 жылғы 7 {until} дейін"


def test_numbers_have_a_decimal_comma_and_spaced_groups() -> None:
    assert kazakh.format_number(12345.6) == "12\N{NO-BREAK SPACE}345,6"


def test_a_place_in_a_law_names_article_point_and_sub_points() -> None:
    assert kazakh.locator("9") == "9-бап"
    assert kazakh.locator("10-1", "2") == "10-1-бап, 2-тармақ"
    assert kazakh.locator("9", "2", ("3",)) == "9-бап, 2-тармақ, 3) тармақша"
    assert kazakh.locator("9", "2", ("3", "4-1")) == "9-бап, 2-тармақ, 3) және 4-1) тармақшалар"
    assert kazakh.locator("9", None, ("1", "2", "3")) == "9-бап, 1)–3) тармақшалар"


def test_a_place_in_the_source_article_is_a_paragraph() -> None:
    assert kazakh.locator(None, "12") == "12-абзац"


def test_the_notice_of_repeal_names_the_day_and_the_provision() -> None:
    notice = kazakh.repeal_notice(JULY, "«Қазақстан Халық Кеңесі туралы» заң", "23-бап, 2-тармақ")
    assert notice == (
        "Назар аударыңыз: бұл заңның күші 2026 жылғы 1 шілдеде жойылды "
        "(«Қазақстан Халық Кеңесі туралы» заң, 23-бап, 2-тармақ)."
    )


def test_the_constitution_is_repealed_under_its_own_name() -> None:
    notice = kazakh.repeal_notice(JULY, "Конституция", "94-бап", kind="Конституция")
    assert notice.startswith("Назар аударыңыз: бұл Конституцияның күші 2026 жылғы 1 шілдеде жойылды")


def test_an_older_wording_says_from_when_until_when_it_was_law() -> None:
    said = kazakh.was_in_force(date(2008, 10, 20), date(2022, 2, 7))
    assert said == "бұл мәтін 2008 жылғы 20 қазаннан бастап 2022 жылғы 7 ақпанға дейін қолданылған"


def test_editions_are_listed_in_the_number_they_are_held() -> None:
    assert kazakh.editions((JULY,)) == "Редакциясы: 2026 жылғы 1 шілде"
    both = kazakh.editions((date(2008, 10, 20), date(2022, 2, 7)))
    assert both == "Редакциялары: 2008 жылғы 20 қазан, 2022 жылғы 7 ақпан"


def test_no_string_that_users_read_mixes_latin_letters_into_kazakh_words() -> None:
    texts = [value for name, value in vars(kazakh).items() if name.isupper() and isinstance(value, str)]
    assert len(texts) > 20
    for text in texts:
        for word in text.split():
            latin = any("a" <= letter <= "z" for letter in word.lower())
            cyrillic = any("а" <= letter <= "я" or letter in "әғқңөұүіһ" for letter in word.lower())
            assert not (latin and cyrillic), word
