"""A word in any of its forms, with any of its spellings, shares terms with itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.stems import stem
from retrieval.terms import (
    ASKING_WEIGHT,
    NUMBER_WEIGHT,
    PREFIX_WEIGHT,
    STEM_WEIGHT,
    index_terms,
    is_asking,
    merged,
    names_something,
    query_terms,
    stem_terms,
    terms_of,
    words_of,
)

WORDS = st.text(alphabet="абвгдежзиклмнопрстуфхчшыьэюя0123456789", min_size=1, max_size=14)


def test_words_are_folded_and_stand_in_their_order() -> None:
    assert words_of("Қазақстан Халық Кеңесінің 2-сессиясы!") == [
        "казакстан",
        "халык",
        "кенесинин",
        "2",
        "сессиасы",
    ]


def test_a_word_gives_its_beginning_its_letter_groups_and_its_figures() -> None:
    assert terms_of(["сессиа"]) == ["^сесси", "_сес", "сесс", "есси", "ссиа", "сиа_"]
    assert terms_of(["ол"]) == ["^ол", "_ол_"]
    assert terms_of(["42"]) == ["^42", "_42_", "#42"]


@given(st.lists(WORDS, max_size=6))
def test_the_terms_of_words_are_those_of_each_word_in_turn(words: list[str]) -> None:
    assert terms_of(words) == [term for word in words for term in terms_of([word])]


@given(WORDS)
def test_a_stem_begins_its_word_and_is_never_shorter_than_three_letters_of_it(word: str) -> None:
    found = stem(word)
    assert word.startswith(found)
    assert len(found) >= min(3, len(word))


@pytest.mark.parametrize(
    "forms",
    [
        "сессия сессияның сессияда сессиялар сессиядан",
        "төраға төрағаны төрағаның төрағалар",
        "кеңес кеңестің кеңесте кеңестер",
        "бюджет бюджеттің бюджеттен бюджетке",
        "қазақстан қазақстанда қазақстанның",
    ],
)
def test_common_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in words_of(forms)}) == 1


def test_years_are_no_words_to_be_shortened() -> None:
    assert stem_terms(["1995", "2026"]) == ["$1995", "$2026"]


def test_a_text_is_indexed_under_its_stems_and_its_dates_too() -> None:
    terms = index_terms("1995 жылғы 1 наурызда, қырық екі")
    assert {"$1995", "d:1995-03-01", "y:1995", "n:42", "^науры", "#1995"} <= set(terms)


def test_figures_and_words_for_a_number_meet() -> None:
    assert set(index_terms("қырық екі мүше")) & set(index_terms("42")) == {"n:42"}
    assert "d:1995-03-01" in set(index_terms("01.03.1995")) & set(index_terms("1995 жылдың 1 наурызы"))


def test_a_question_weighs_numbers_more_and_asking_words_less() -> None:
    weights = query_terms(["каи", "1995"], stems=True)
    assert weights["$каи"] == STEM_WEIGHT * ASKING_WEIGHT
    assert weights["_каи"] == ASKING_WEIGHT
    assert weights["#1995"] == NUMBER_WEIGHT
    assert not any(term[0] == "^" for term in weights)


def test_texts_that_are_compared_without_an_index_go_by_beginnings() -> None:
    weights = query_terms(["сессиа"])
    assert weights["^сесси"] == PREFIX_WEIGHT
    assert not any(term[0] == "$" for term in weights)


def test_repeated_words_add_up_and_added_words_count_for_their_share() -> None:
    assert query_terms(["кенес", "кенес"])["^кенес"] == 2 * PREFIX_WEIGHT
    assert query_terms(["кенес"], share=0.25)["^кенес"] == 0.25 * PREFIX_WEIGHT


def test_a_term_of_several_bags_keeps_its_greatest_weight() -> None:
    assert merged({"а": 1.0, "б": 0.5}, {"б": 2.0}, {"а": 0.1, "в": 0.3}) == {"а": 1.0, "б": 2.0, "в": 0.3}


def test_asking_words_name_nothing() -> None:
    assert is_asking("каи")
    assert not is_asking("сессиа")
    assert not names_something("каи")
    assert not names_something("а")
    assert names_something("сессиа")
