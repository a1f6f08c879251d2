"""Numbers and dates in words and figures, and the terms in which they meet."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.dates import DateMention
from retrieval.normalize import fold, normalize
from retrieval.numbers import canonical_numbers, date_terms, find_dates, find_numbers

CORPUS = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus"
UNITS = ["", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]
TENS = ["", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"]
MONTHS = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()
RUSSIAN_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


def in_words(number: int) -> str:
    """A number up to 999 999 as Kazakh says it."""
    thousands, rest = divmod(number, 1000)
    parts = [in_words(thousands), "мың"] if thousands > 1 else ["мың"] if thousands else []
    hundreds, rest = divmod(rest, 100)
    parts += [UNITS[hundreds], "жүз"] if hundreds > 1 else ["жүз"] if hundreds else []
    parts += [TENS[rest // 10], UNITS[rest % 10]]
    return " ".join(part for part in parts if part)


def said(text: str) -> list[tuple[Fraction, str, str]]:
    return [(found.value, found.kind, text[found.start : found.end]) for found in find_numbers(text)]


def dated(text: str) -> list[tuple[int, int | None, int | None, str]]:
    return [(found.year, found.month, found.day, text[found.start : found.end]) for found in find_dates(text)]


@given(st.integers(1, 999_999))
@example(1000)
@example(100_100)
def test_a_number_in_words_is_the_number_in_figures(number: int) -> None:
    spelled = in_words(number)
    assert said(spelled) == [(number, "cardinal", spelled)]
    assert [found.value for found in find_numbers(fold(normalize(spelled)))] == [number]
    assert canonical_numbers(f"кемінде {spelled} мүше") == f"кемінде {number if number > 1 else spelled} мүше"


@pytest.mark.parametrize(
    ("text", "value", "kind", "words"),
    [
        ("отыз күннен кешіктірмей", 30, "cardinal", "отыз"),
        ("Мәжілістің тоғыз депутатын", 9, "cardinal", "тоғыз"),
        ("кырк", 40, "cardinal", "кырк"),
        ("кырык еки", 42, "cardinal", "кырык еки"),
        ("42-ге толған", 42, "cardinal", "42-ге"),
        ("18 жасқа", 18, "cardinal", "18"),
        ("қырық бестен асқан", 45, "cardinal", "қырық бестен"),
        ("екеуінің келісімі", 2, "cardinal", "екеуінің"),
        ("1 000 000 теңге", 1_000_000, "cardinal", "1 000 000"),
        ("2,5 мың адам", 2500, "cardinal", "2,5 мың"),
        ("бір жарым жыл", Fraction(3, 2), "cardinal", "бір жарым"),
        ("он сегізінші сессия", 18, "ordinal", "он сегізінші"),
        ("18-ші сессия", 18, "ordinal", "18-ші"),
        ("қырқыншы бап", 40, "ordinal", "қырқыншы"),
        ("9-бап", 9, "ordinal", "9"),
        ("9 бап", 9, "ordinal", "9"),
        ("IV сессия", 4, "ordinal", "IV"),
        ("V сессия", 5, "ordinal", "V"),
        ("XXI ғасыр", 21, "ordinal", "XXI"),
        ("кемінде үштен екісі қатысса", Fraction(2, 3), "fraction", "үштен екісі"),
        ("төрттен үшінің дауысымен", Fraction(3, 4), "fraction", "төрттен үшінің"),
        ("бестен бірінің бастамасы", Fraction(1, 5), "fraction", "бестен бірінің"),
        ("ушинши емес, уштен еки", Fraction(2, 3), "fraction", "уштен еки"),
        ("жартысынан астамы", Fraction(1, 2), "fraction", "жартысынан"),
        ("2/3 дауыс", Fraction(2, 3), "fraction", "2/3"),
        ("50% астам", Fraction(1, 2), "percent", "50%"),
        ("елу пайызынан кем", Fraction(1, 2), "percent", "елу пайызынан"),
        ("12,5 процент", Fraction(1, 8), "percent", "12,5 процент"),
        ("2012 жылы", 2012, "year", "2012"),
        ("мың тоғыз жүз тоқсан бесінші жылы", 1995, "year", "мың тоғыз жүз тоқсан бесінші"),
    ],
)
def test_a_number_is_found_with_its_value_and_its_endings(
    text: str, value: Fraction | int, kind: str, words: str
) -> None:
    assert (Fraction(value), kind, words) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "осы үшін оны бірге онда алды",
        "оқиғалардың бірі",
        "алтын күрек",
        "оң жағы, ұшты, мінді",
        "іс жүзінде жүзеге асыру",
        "бірақ бірдей, бірлік",
        "может ли он быть отозван",
    ],
)
def test_words_that_only_look_like_numbers_are_none(text: str) -> None:
    assert said(text) == []


def test_the_number_of_an_act_is_no_ordinal() -> None:
    assert said("№ 70-IV Заңы") == [(70, "cardinal", "70")]


def test_the_day_of_a_date_is_no_number_of_its_own() -> None:
    assert said("2007 жылғы 21 мамырда 9 депутат") == [(2007, "year", "2007"), (9, "cardinal", "9")]


def test_neighbouring_numbers_stay_apart() -> None:
    assert [found.value for found in find_numbers("екі үш, он жиырма, жүз мың, бес он екі")] == [
        2, 3, 10, 20, 100_000, 5, 12,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Қырық екі мүше, он сегізінші сессия", "42 мүше, 18-ші сессия"),
        ("үштен екісінің дауысы, елу пайыз", "2/3 дауысы, 50%"),
        ("9-бап, 2-тармақ; 2012 жылы", "9-бап, 2-тармақ; 2012 жылы"),
        ("жылына бір рет", "жылына бір рет"),
        ("IV сессия отыз күнде", "4-ші сессия 30 күнде"),
    ],
)
def test_numbers_are_written_in_figures(text: str, canonical: str) -> None:
    assert canonical_numbers(text) == canonical
    assert canonical_numbers(canonical) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "1 наурыз 1995",
        "01.03.1995",
        "1.3.1995",
        "01/03/1995",
        "1995-03-01",
        "1995.03.01",
        "1995 жылғы 1 наурыз",
        "1995 жылғы 1 наурызда",
        "1995 жылғы 1 наурыздағы",
        "1995 жылғы 1 наурыздан",
        "1995 жылы 1 наурыз күні",
        "1995 ж. 1 наурыз",
        "1995ж 1-наурыз",
        "1995 жылдың наурыз айының 1-і",
        "1995 жылгы 1 наурызда",
        "1 марта 1995 года",
        "1 March 1995",
        "мың тоғыз жүз тоқсан бесінші жылғы бірінші наурыз",
        "1995 ЖЫЛҒЫ 1 НАУРЫЗ",
    ],
)
def test_every_writing_of_a_day_gives_the_same_terms(text: str) -> None:
    assert dated(text) == [(1995, 3, 1, text)]
    assert date_terms(text) == ("d:1995-03-01", "d:--03-01", "m:1995-03", "y:1995")


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_any_day_is_read_back_from_kazakh_russian_and_figures(day: date) -> None:
    month = MONTHS[day.month - 1]
    for text in (
        f"{day.year} жылғы {day.day} {month}",
        fold(f"{day.day} {month} {day.year} ж."),
        f"{day.day} {RUSSIAN_MONTHS[day.month - 1]} {day.year} года",
        f"{day:%d.%m.}{day.year}",
        day.isoformat(),
    ):
        assert [(found.year, found.month, found.day) for found in find_dates(text)] == [
            (day.year, day.month, day.day)
        ]


@pytest.mark.parametrize(
    ("text", "year", "month", "words"),
    [
        ("2012 жылы Ассамблея", 2012, None, "2012 жылы"),
        ("1995 ж.", 1995, None, "1995 ж"),
        ("ал 2009 жылы ше?", 2009, None, "2009 жылы"),
        ("в 2012 году", 2012, None, "2012 году"),
        ("2007 жылға дейін", 2007, None, "2007 жылға"),
        ("2022?", 2022, None, "2022"),
        ("2024-те қандай", 2024, None, "2024"),
        ("2002 жылы сәуір айында", 2002, 4, "2002 жылы сәуір айында"),
        ("в апреле 2002 года", 2002, 4, "апреле 2002 года"),
        ("2008 кыркуйек", 2008, 9, "2008 кыркуйек"),
    ],
)
def test_a_month_or_a_year_is_a_date_too(text: str, year: int, month: int | None, words: str) -> None:
    assert dated(text) == [(year, month, None, words)]


def test_a_range_of_years_names_each_of_them() -> None:
    assert find_dates("2009-2012 жылдары") == (DateMention(2009, None, None, 0, 17, 2012),)
    assert date_terms("2009 – 2012 жж.") == ("y:2009", "y:2010", "y:2011", "y:2012")


def test_a_day_without_a_year_meets_the_same_day_of_a_year() -> None:
    assert find_dates("1 шілдеден бастап") == ()
    assert date_terms("1 шілдеден бастап") == ("d:--07-01",)
    assert "d:--07-01" in date_terms("2026 жылғы 1 шілдеде")


@pytest.mark.parametrize(
    "text",
    [
        "2000 адам",
        "№ 2010 бұйрық",
        "қазан қаласы",
        "90-жылдары",
        "45.13.2001",
        "2001-02-30",
        "наурыз мерекесі",
        "98 депутат",
    ],
)
def test_other_figures_and_month_names_are_no_dates(text: str) -> None:
    assert find_dates(text) == ()


def test_a_day_that_the_calendar_lacks_leaves_its_month() -> None:
    assert dated("31 ақпан 2001") == [(2001, 2, None, "ақпан 2001")]


@pytest.mark.parametrize(
    ("one", "other", "term"),
    [
        ("қырық екі", "42-ге", "n:42"),
        ("үштен екісі", "2/3", "n:2/3"),
        ("жартысынан", "50%", "n:1/2"),
        ("он сегізінші", "18-ші", "o:18"),
        ("тоғызыншы бап", "9-бап", "o:9"),
        ("екі мың сегізінші жыл", "2008 ж.", "y:2008"),
        ("5 миллион", "5 000 000", "n:5000000"),
    ],
)
def test_two_writings_of_a_number_share_a_term(one: str, other: str, term: str) -> None:
    assert date_terms(one) == date_terms(other) == (term,)


def test_the_article_bir_is_no_term() -> None:
    assert date_terms("жылына бір рет") == ()


@given(st.text(max_size=200))
@example("1" * 5000)
@example("²³ ½ ٣")
@example("2009-2009 жылдары")
def test_any_text_is_searched_and_every_span_lies_in_it(text: str) -> None:
    for found in (*find_numbers(text), *find_dates(text)):
        assert 0 <= found.start < found.end <= len(text)
    assert len(set(date_terms(text))) == len(date_terms(text))
    assert canonical_numbers(canonical_numbers(text)) == canonical_numbers(text)


NUMBER_WORDS = "2009 жылы - бір мың үштен екі 1 наурыз айы ж. % ,5 /3".split()


@given(st.lists(st.sampled_from(NUMBER_WORDS)))
def test_any_order_of_number_words_is_read(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        for found in (*find_numbers(text), *find_dates(text)):
            assert 0 <= found.start < found.end <= len(text)
        assert date_terms(text) == date_terms(normalize(text))


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "1-", "1.", "1 000 ", "2009-", "бір ", "мың ", "үштен ", "1 наурыз ", "xi ", "1 %", "00 "],
)
def test_four_thousand_signs_of_number_words_are_read(unit: str) -> None:
    text = (unit * 4096)[:4096]
    assert all(found.end <= 4096 for found in (*find_numbers(text), *find_dates(text)))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the texts of the laws are not beside the checkout")
def test_the_real_texts_give_their_fractions_and_days() -> None:
    laws = sorted(CORPUS.rglob("kaz.md"))
    terms = {term for law in laws for term in date_terms(law.read_text(encoding="utf-8"))}
    article = date_terms((CORPUS / "assembly-article.txt").read_text(encoding="utf-8"))
    assert {
        "n:2/3",
        "n:1/3",
        "n:3/4",
        "n:1/5",
        "n:145",
        "d:2026-07-01",
        "d:2008-10-20",
        "d:2010-06-14",
    } <= terms
    assert {"d:1995-03-01", "d:2007-05-21", "m:2002-04", "y:1992", "n:98", "n:9"} <= set(article)
