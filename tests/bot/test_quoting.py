"""The last gate, and the choice of the words that are quoted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quoting import (
    WHOLE_CHARS,
    UnprovenQuote,
    answering_spans,
    in_the_words_asked,
    quote_from,
    verify,
)
from bot.sentences import pieces_of
from knowledge.model import Passage, Quote
from retrieval.question_type import QuestionType
from retrieval.terms import words_of


def passage(text: str) -> Passage:
    return Passage(
        id="law/2026-01-01/1/1", document="law", edition="2026-01-01", text=text, order=0, article="1"
    )


LONG_LIST = "Президент:\n" + "\n".join(
    [
        "1) Үкіметті құрады және оның мүшелерін қызметінен босатады;",
        "2) Бас Прокурорды тағайындайды;",
        *(
            f"{n}) заңда көзделген {n}-өкілеттікті өзінің құзыреті шегінде жүзеге асырады;"
            for n in range(3, 25)
        ),
    ]
)


def test_a_quotation_that_stands_in_its_passage_passes() -> None:
    quote = Quote(passage("Заң алдында жұрттың бәрі тең."), "жұрттың бәрі тең")
    assert verify(quote) == quote


@pytest.mark.parametrize("text", ["жұрттың бәрі Тең", "жұрттың  бәрі тең", "жұрттың бəрі тең", "", "  "])
def test_a_quotation_that_differs_by_one_sign_is_stopped(text: str) -> None:
    """Case, a second space, a look-alike letter: each would be somebody's words put into the law's mouth."""
    with pytest.raises(UnprovenQuote):
        verify(Quote(passage("Заң алдында жұрттың бәрі тең."), text))


def test_a_short_passage_is_quoted_whole() -> None:
    text = "Бірінші сөйлем. Екінші сөйлем."
    assert quote_from(passage(text), words_of("екінші"), QuestionType.WHAT).text == text


def test_of_a_long_list_the_item_that_answers_is_quoted() -> None:
    assert len(LONG_LIST) > WHOLE_CHARS
    quote = quote_from(passage(LONG_LIST), words_of("Бас прокурорды кім тағайындайды"), QuestionType.WHO)
    assert quote.text == "2) Бас Прокурорды тағайындайды;"


def test_a_list_question_gets_the_whole_list() -> None:
    assert quote_from(passage(LONG_LIST), words_of("өкілеттіктері"), QuestionType.LIST).text == LONG_LIST


def test_the_number_is_marked_together_with_what_it_counts() -> None:
    text = "Төраға төрт жыл мерзімге сайланады."
    spans = answering_spans(text, QuestionType.HOW_MANY)
    assert [text[start:end] for start, end in spans] == ["төрт жыл"]


def test_the_day_is_marked_for_a_question_of_when() -> None:
    text = "Ассамблея 1995 жылы 1 наурыз күні құрылды."
    spans = answering_spans(text, QuestionType.WHEN)
    assert [text[start:end] for start, end in spans] == ["1995 жылы 1 наурыз күні"]


def test_nothing_is_marked_where_no_number_is_wanted() -> None:
    assert answering_spans("Төраға төрт жыл мерзімге сайланады.", QuestionType.WHAT) == ()


def test_initials_and_abbreviations_do_not_end_a_sentence() -> None:
    text = "Н.Ә. Назарбаев идея ұсынды. К. Аннан т.б. қолдады. Үшінші сөйлем."
    assert [text[p.start : p.end] for p in pieces_of(text)] == [
        "Н.Ә. Назарбаев идея ұсынды.",
        "К. Аннан т.б. қолдады.",
        "Үшінші сөйлем.",
    ]


def test_list_items_know_their_sub_point() -> None:
    assert [p.sub_point for p in pieces_of("Мыналар:\n1) бірі;\n4-1) тағы бірі.")] == [None, "1", "4-1"]


@given(st.text(max_size=300))
def test_pieces_are_in_order_do_not_overlap_and_lose_only_space(text: str) -> None:
    pieces = pieces_of(text)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    kept = "".join(text[p.start : p.end] for p in pieces)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text(alphabet="абв .;\n1)ғ", min_size=1, max_size=3000).filter(lambda t: t.strip()))
def test_whatever_is_chosen_is_proven(text: str) -> None:
    for wanted in QuestionType:
        verify(quote_from(passage(text), words_of("абв ғ"), wanted))


def test_the_label_of_a_list_item_is_no_number_that_answers() -> None:
    text = "Сессияның ерекше құқығы:\n1) тоғыз депутатты сайлау;\n4-1) Регламентті бекіту;"
    spans = answering_spans(text, QuestionType.HOW_MANY)
    assert [text[start:end] for start, end in spans] == ["тоғыз депутатты"]


def test_of_several_numbers_those_of_the_thing_asked_are_marked() -> None:
    text = "Мәжілістің 98 депутатын халық, 9 депутатын Ассамблея 5 жылға сайлайды."
    quote = quote_from(passage(text), words_of("Неше жылға сайланады?"), QuestionType.HOW_MANY)
    assert [quote.text[start:end] for start, end in quote.emphasis] == ["5 жылға"]


@pytest.mark.parametrize(
    ("answer", "question", "told"),
    [
        ("тоғыз депутатын", "Ассамблея неше депутат сайлайды?", "тоғыз депутат"),
        ("төрт жыл", "Төраға қанша уақытқа сайланады?", "төрт жыл"),
        ("1995 жылғы 1 наурызда", "Қашан құрылды?", "1995 жылғы 1 наурызда"),
    ],
)
def test_what_is_counted_is_said_in_the_words_of_the_question(answer: str, question: str, told: str) -> None:
    assert in_the_words_asked(answer, question) == told


def test_a_number_that_answers_keeps_its_bound() -> None:
    text = (
        "Сессияны Төраға шақырады, бірақ жылына кемінде бір рет. Бір адам екі реттен артық сайлана алмайды."
    )
    spans = answering_spans(text, QuestionType.HOW_OFTEN)
    assert [text[start:end] for start, end in spans][0::2] == ["жылына кемінде бір рет", "екі реттен артық"]
