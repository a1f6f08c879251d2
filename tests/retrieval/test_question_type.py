"""What kind of answer a question wants, by its asking words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question_type import QuestionType, question_type
from retrieval.terms import words_of


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Ассамблея қашан құрылды?", QuestionType.WHEN),
        ("Заң қай күні қабылданды?", QuestionType.WHEN),
        ("Когда создана Ассамблея?", QuestionType.WHEN),
        ("Халық Кеңесінде неше мүше бар?", QuestionType.HOW_MANY),
        ("Сессия жылына неше рет өтеді?", QuestionType.HOW_OFTEN),
        ("Отырыс қанша уақытта бір өтеді?", QuestionType.HOW_OFTEN),
        ("Төрағаны кім тағайындайды?", QuestionType.WHO),
        ("Сессия қайда өтеді?", QuestionType.WHERE),
        ("Форум қай қалада өтті?", QuestionType.WHERE),
        ("Мүшенің құқықтары қандай?", QuestionType.LIST),
        ("Мүше депутат бола ала ма?", QuestionType.YES_NO),
        ("Ассамблея деген не?", QuestionType.WHAT),
        ("", QuestionType.WHAT),
    ],
)
def test_the_asking_words_tell_what_is_wanted(question: str, wanted: QuestionType) -> None:
    assert question_type(words_of(question)) is wanted


@given(st.lists(st.text(max_size=8), max_size=12))
def test_any_words_have_some_type(words: list[str]) -> None:
    assert question_type(words) in QuestionType
