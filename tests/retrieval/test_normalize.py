"""Letters of index and question: one spelling for both."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.normalize import fold, is_roman, normalize

NASTY = (
    "a" * 4096,
    "аa" * 2048,
    "Aа" * 2048,
    "i" * 4096,
    "іi" * 2048,
    "'" * 4096,
    "\u0301" * 4096,
    "a\u200d" * 2048,
    "ا" * 4096,
    "\ufdfa" * 4096,
    "ң" * 4096,
    "\ud800" * 4096,
    "x а" * 1365,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Қазақстан\u00a0Халық\t\nКеңесі ", "қазақстан халық кеңесі"),
        ("Ассам\u00adблея\u200b \ufeffдеген\u2060 не\ufe0f?", "ассамблея деген не?"),
        ("«Отан» – ел ‑ жер — су", "«отан» - ел - жер - су"),
        ("Ka’zirgi ken`es ʼtil", "ka'zirgi ken'es 'til"),
        ("и\u0306", "й"),
        ("Кто́ утверждает", "кто утверждает"),
        ("İSTANBUL", "istanbul"),
        ("٢٠٢٦ ۱۹۹۵", "2026 1995"),
        ("حـــالىق", "حالىق"),
    ],
)
def test_one_code_point_stands_for_each_letter_sign_and_space(typed: str, read: str) -> None:
    assert normalize(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Қaзaқcтaн", "қазақстан"),  # Latin a, c
        ("тәртiппен", "тәртіппен"),  # Latin i, as the laws have it
        ("Президентiнiң", "президентінің"),
        ("ӘKIM", "әкім"),  # Latin K, I, M
        ("HAУРЫЗ", "наурыз"),  # a capital Latin H is Н
        ("қahарман", "қаһарман"),  # a small one is һ
        ("PЕСПУБЛИКА", "республика"),
        ("əкімге", "әкімге"),  # U+0259
        ("Əділ", "әділ"),  # U+018F
        ("ɵзге", "өзге"),  # U+0275
        ("мiнез", "мінез"),
        ("Їс", "іс"),
        ("qалa", "қала"),
        ("Cot", "cot"),
        ("cот", "сот"),
    ],
)
def test_look_alike_letters_go_to_the_script_of_their_word(typed: str, read: str) -> None:
    assert normalize(typed) == read


def test_cyrillic_letters_in_a_latin_word_become_latin() -> None:
    assert normalize("Qаzаqstаn hаlqy") == "qazaqstan halqy"


def test_a_latin_name_keeps_its_letters_before_a_kazakh_ending() -> None:
    assert normalize("YouTubeте Telegram-ға") == "youtubeте telegram-ға"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("қашааан", "қашан"),
        ("Сәлеееем!!!", "сәлем!!!"),
        ("НЕГЕЕЕ", "неге"),
        ("ассамблея", "ассамблея"),
        ("қазақстанның", "қазақстанның"),
        ("1000 2000", "1000 2000"),
        ("XXX VIII III", "xxx viii iii"),
        ("СССР", "ссср"),
    ],
)
def test_a_stuck_key_is_one_letter_and_legal_doubles_stay(typed: str, read: str) -> None:
    assert normalize(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"), [("70-ІҮ", "70-iv"), ("ХХІ", "xxi"), ("ІІІ", "iii"), ("VІІ", "vii")]
)
def test_a_roman_numeral_typed_in_cyrillic_letters_is_latin(typed: str, read: str) -> None:
    assert normalize(typed) == read


def test_a_roman_numeral_is_told_from_a_word() -> None:
    assert [word for word in ("i", "iv", "xxxix", "iiii", "vx", "", "mi", "іх") if is_roman(word)] == [
        "i",
        "iv",
        "xxxix",
    ]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Қазақстан халықтары Ассамблеясы қашан құрылған", "казакстан халыктары ассамблеясы кашан курылган"),
        ("Халық Кеңесінің мақсаты", "халык кенесинин максаты"),
        ("әкім өңір үкім гауһар", "аким онир уким гаухар"),
        ("ұйым жүйе киім", "уиым жуие ким"),
        ("сайлау", "саилау"),
        ("объект ёлка эра", "обект елка ера"),
        ("қияды аю цифр", "киады аиу тсифр"),
        ("щётка шара", "щетка шара"),
    ],
)
def test_a_word_and_its_spelling_on_a_russian_keyboard_fold_to_one(written: str, typed: str) -> None:
    assert fold(normalize(written)) == fold(normalize(typed))


def test_folding_keeps_back_and_front_high_vowels_apart() -> None:
    assert (fold("тыс"), fold("тіс")) == ("тыс", "тис")


@given(st.text(max_size=300))
@example("ΑΣΣΣΣ")
@example("ІiIҮ 'z")
@example("аẞa АȽa")
@example("aaaAа")
@example("\ud800\u0301")
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.normalize("NFC", once) == once
    assert fold(fold(once)) == fold(once)


@given(st.text(alphabet="aаbвcсeехxiіIІvVүҮhHһнқqzжA' 3\u0301\u200d", max_size=40))
def test_mixed_scripts_settle_at_the_first_reading(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:4]))
def test_four_thousand_signs_of_anything_are_read(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert len(fold(normalize(text))) <= 2 * len(text)
