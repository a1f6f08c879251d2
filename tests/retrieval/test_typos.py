"""A misspelt word is led to the nearest word that the texts have, if one is near enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.stems import stem
from retrieval.terms import words_of
from retrieval.typos import Typos

KNOWN = "ассамблея хатшылық төраға сессия бюджет қаражат депутат президент конституция тағайындау"
TYPOS = Typos({stem(word) for word in words_of(KNOWN)})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("асамблеяның", "ассамблея"),  # a letter left out
        ("презедентті", "президент"),  # another letter
        ("депуттат", "депутат"),  # one too many
        ("конститцуияда", "конституция"),  # two swapped
    ],
)
def test_one_wrong_letter_does_not_hide_the_word(typed: str, meant: str) -> None:
    (word,), (right,) = words_of(typed), words_of(meant)
    assert TYPOS.near(word) == stem(right)


@pytest.mark.parametrize("word", ["ауа", "1995", "футбол", "пингвин", ""])
def test_a_word_that_is_near_to_nothing_stays_unknown(word: str) -> None:
    assert TYPOS.near(word) is None


def test_of_equally_near_words_the_first_in_the_alphabet_is_taken() -> None:
    assert Typos(["кабар", "кабак"]).near("кабаз") == "кабак"
    assert Typos(["кабак", "кабар"]).near("кабаз") == "кабак"


@given(st.text(max_size=40))
def test_nothing_that_is_typed_makes_it_fail(word: str) -> None:
    found = TYPOS.near(word)
    assert found is None or found in {stem(known) for known in words_of(KNOWN)}
