"""The time that a question names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.moment import LawLife, Moment, moment_of

TODAY = date(2026, 11, 22)
FIRST, REPEALED = date(2008, 10, 20), date(2026, 7, 1)
LAW = LawLife(FIRST, REPEALED, (FIRST, date(2022, 2, 7)))


def read(question: str, today: date = TODAY) -> Moment:
    return moment_of(question, today, law=LAW)


@pytest.mark.parametrize(
    ("question", "day", "text"),
    [
        ("2010 жылы Ассамблеяның мақсаты қандай еді?", "2010-12-31", "Ассамблеяның мақсаты қандай еді?"),
        ("2018 жылы Ассамблеяның мақсаты қандай болды?", "2018-12-31", "Ассамблеяның мақсаты қандай болды?"),
        ("2012 жылғы 5 мамырда құрылымы қандай еді?", "2012-05-05", "құрылымы қандай еді?"),
        ("01.05.2012 күні Кеңес құрамында кімдер болды", "2012-05-01", "Кеңес құрамында кімдер болды"),
        ("2010 жылғы жағдай бойынша Ассамблеяның мақсаты", "2010-12-31", "Ассамблеяның мақсаты"),
        ("Ассамблея 2018 жылғы 27 сәуірге дейін қандай еді?", "2018-04-26", "Ассамблея қандай еді?"),
        ("бастапқы редакцияда құрылымы қандай?", "2008-10-20", "құрылымы қандай?"),
        ("екінші редакция бойынша құрылымы қандай?", "2022-02-07", "бойынша құрылымы қандай?"),
        ("в 2012 году кто созывал сессию Ассамблеи?", "2012-12-31", "кто созывал сессию Ассамблеи?"),
        ("раньше кто созывал сессию Ассамблеи", "2026-06-30", "кто созывал сессию Ассамблеи"),
        ("Сол кезде мүшелері кім еді?", "2009-12-31", "мүшелері кім еді?"),
        ("Бұрын Ассамблея неше депутат сайлайтын?", "2026-06-30", "Ассамблея неше депутат сайлайтын?"),
        ("2026 жылғы 15 тамызда төрағасы кім еді?", "2026-08-15", "төрағасы кім еді?"),
    ],
)
def test_a_time_is_read_and_taken_out_of_the_words_to_look_for(question: str, day: str, text: str) -> None:
    moment = read(question)
    assert (moment.day, moment.named, moment.text) == (date.fromisoformat(day), True, text)


@pytest.mark.parametrize(
    "question",
    [
        "2007 жылғы 21 мамырда не болды?",
        "Ассамблея 1995 жылы құрылды ма?",
        "1995 жылы құрылды ма",
        "2002 жылы қандай стратегия қабылданды?",
        "2008 жылғы заң күшінде ме?",
        "1995 жылғы Конституция бойынша құрылған Парламент қашан жұмысын тоқтатты?",
        "2026 жылдың 1 шілдесінде қандай өзгеріс болды?",
        "2009 жылғы мақалада не делінген?",
        "Конституция 2026 жылғы 1 шілдеде күшіне енді ме?",
        "БҰҰ-ның бұрынғы басшысы Ассамблеяны қалай бағалады?",
        "Ескі Конституция қашанға дейін күшінде болды?",
        "сайлау екі ай бұрын өткізіле ме",
        "мерзімінен бұрын тоқтату негіздері",
        "Ассамблеяның мақсаты қандай?",
        "соңғы редакцияда мақсаты қалай?",
        "2030 жылы не болады",
        "2026 жылы Ассамблея бар ма?",
    ],
)
def test_a_time_that_is_itself_the_subject_changes_nothing(question: str) -> None:
    assert read(question) == Moment(TODAY, False, question)


@pytest.mark.parametrize(
    "question", ["қазір төраға кім?", "Бүгін сессияны кім шақырады?", "кто сейчас глава"]
)
def test_a_question_about_now_is_known_as_one(question: str) -> None:
    assert read(question) == Moment(TODAY, False, question, now=True)


def test_a_range_of_years_has_its_first_and_its_last_day() -> None:
    moment = read("2009-2015 жылдары Ассамблеяның құрылымы қандай болды?")
    assert (moment.day, moment.until) == (date(2009, 12, 31), date(2015, 12, 31))


def test_two_years_make_a_range() -> None:
    moment = read("2009 және 2020 жылдары Ассамблеяның құрылымы қандай болды?")
    assert (moment.day, moment.until) == (date(2009, 12, 31), date(2020, 12, 31))
    assert moment.text == "Ассамблеяның құрылымы қандай болды?"


def test_a_range_that_begins_before_the_law_begins_with_the_law() -> None:
    assert read("2001-2010 жылдары Ассамблеяның мақсаты қандай болды?").day == FIRST


def test_a_year_before_the_law_is_first_looked_for_as_it_stands() -> None:
    moment = read("2005 жылы Ассамблеяның мақсаты қандай еді?")
    assert (moment.named, moment.text) == (False, "2005 жылы Ассамблеяның мақсаты қандай еді?")
    instead = moment.instead
    assert instead is not None
    assert (instead.day, instead.asked, instead.named) == (FIRST, date(2005, 12, 31), True)


def test_before_the_repeal_the_past_of_the_law_ends_today() -> None:
    assert read("Бұрын мақсаты қандай еді?", date(2026, 6, 30)).day == date(2026, 6, 30)


def test_a_day_that_has_not_come_yet_is_cut_to_today() -> None:
    assert read("2025-2026 жылдары мақсаты қандай болды?", date(2026, 3, 1)).until == date(2026, 3, 1)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    moment = read(text)
    assert date.min <= moment.day <= TODAY
