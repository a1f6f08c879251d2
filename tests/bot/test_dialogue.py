"""Follow-ups made whole, new topics left alone, chats that forget."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import Dialogue
from bot.followup import completed

QUESTIONS = Path(__file__).resolve().parents[1] / "data" / "questions.jsonl"

_WHOLE = """
    Халық Кеңесінің Хатшылығы деген не? | Оны кім басқарады? | Халық Кеңесінің Хатшылығын кім басқарады?
    Халық Кеңесінің Төралқасы деген не? | Ол қанша уақытта бір жиналады? \
        | Халық Кеңесінің Төралқасы қанша уақытта бір жиналады?
    Құрылтай қандай орган? | Онда неше депутат бар? | Құрылтайда неше депутат бар?
    Конституциялық Сот деген не? | Оның шешіміне шағымдануға бола ма? \
        | Конституциялық Соттың шешіміне шағымдануға бола ма?
    Ассамблея қашан құрылды? | Оны құру идеясын кім ұсынды? | Ассамблеяны құру идеясын кім ұсынды?
    Ассамблея мүшесінің міндеттері қандай? | Оның өкілеттігі қашан тоқтатылады? \
        | Ассамблея мүшесінің өкілеттігі қашан тоқтатылады?
    Ассамблея Сессиясы қанша рет шақырылады? | Оған кім қатыса алады? \
        | Ассамблея Сессиясына кім қатыса алады?
    Халық Кеңесінің мүшесі болу үшін неше жаста болу керек? | Олардың құқықтары қандай? \
        | Халық Кеңесінің мүшелерінің құқықтары қандай?
    Құрылтайда неше депутат бар? | Олар неше жылға сайланады? | Құрылтайдың депутаттары неше жылға сайланады?
    Ассамблея туралы заң қашан қабылданды? | Оны қай заң жойды? | Ассамблея туралы заңды қай заң жойды?
    Ассамблеяның құрылымы қандай? | Ал 2009 жылы қандай еді? | Ассамблеяның құрылымы 2009 жылы қандай еді?
    Ассамблеяның мақсаты қандай? | 2010 жылы ше? | 2010 жылы Ассамблеяның мақсаты қандай еді?
    2010 жылы Ассамблеяның мақсаты қандай еді? | Ал қазір ше? | Қазір Ассамблеяның мақсаты қандай?
    2012 жылы Ассамблеяның құрылымы қандай болды? | Ал мақсаты ше? \
        | 2012 жылы Ассамблеяның мақсаты қандай болды?
    2012 жылы Ассамблеяның құрылымы қандай болды? | Сол кезде төрағасы кім еді? \
        | 2012 жылы Ассамблеяның төрағасы кім еді?
    2012 жылы Ассамблеяның құрылымы қандай болды? | Сол кезде Сессияны кім шақырды? \
        | 2012 жылы Сессияны кім шақырды?
    Ассамблеяның мақсаты не? | Ал міндеттері ше? | Ассамблеяның міндеттері не?
    Ассамблея Кеңесінің мүшелеріне қандай құқықтар берілген? | Міндеттері ше? \
        | Ассамблея Кеңесінің мүшелерінің міндеттері қандай?
    Халық Кеңесінің мүшесін шығаруға бола ма? | Ал төрағасын ше? \
        | Халық Кеңесінің төрағасын шығаруға бола ма?
    Халық Кеңесі деген не? | мүшелері ше? | Халық Кеңесінің мүшелері кімдер?
    Халық Кеңесінің төрағасын кім сайлайды? | мүшелері ше? | Халық Кеңесінің мүшелері кімдер?
    Ассамблеяда неше мүше бар? | ал Халық Кеңесінде ше? | Халық Кеңесінде неше мүше бар?
    Халық Кеңесінің төрағасын кім сайлайды? | Ал Ассамблеяда ше? | Ассамблеяның төрағасын кім сайлайды?
    Халық Кеңесінің мақсаты қандай? | Ал Ассамблеянікі ше? | Ассамблеяның мақсаты қандай?
    Құрылтай депутаты болу үшін қанша жаста болу керек? | Ал Президент болу үшін ше? \
        | Президент болу үшін қанша жаста болу керек?
    Бас Прокурорды кім тағайындайды? | Қанша жылға? | Бас Прокурорды қанша жылға тағайындайды?
    Халық Кеңесі қашан құрылды? | Қай заңмен? | Халық Кеңесі қай заңмен құрылды?
    Халық Кеңесі деген не? | Кім басқарады? | Халық Кеңесін кім басқарады?
    Халық Кеңесі деген не? | Неше адам кіреді? | Халық Кеңесіне неше адам кіреді?
    Халық Кеңесінің мақсаты қандай? | Құқықтары қандай? | Халық Кеңесінің құқықтары қандай?
    Halyq Kenesi degen ne? | ony kim basqarady? | Халық кеңесін кім басқарады?
    Что такое Ассамблея? | Кто ее возглавляет? | Ассамблея: кто ее возглавляет?
"""


def _rows() -> list[tuple[str, str, str]]:
    lines = _WHOLE.replace("\\\n", " ").strip().splitlines()
    rows = [tuple(" ".join(part.split()) for part in line.split(" | ")) for line in lines]
    return [(row[0], row[1], row[2]) for row in rows]


@pytest.mark.parametrize(("previous", "question", "whole"), _rows())
def test_a_follow_up_becomes_a_sentence_of_its_own(previous: str, question: str, whole: str) -> None:
    assert completed(question, previous) == whole


@pytest.mark.parametrize("previous", ["Халық Кеңесі деген не?", "Ассамблеяның мақсаты қандай?"])
@pytest.mark.parametrize(
    "question",
    [
        "Цензураға рұқсат етіле ме?",
        "Елорда қай қала?",
        "Рақмет!",
        "Сен кімсің?",
        "Өлең жазып бер",
        "2007 жылғы 21 мамырда не болды?",
        "Президент қайтыс болса, оның орнына кім болады?",
        "",
        "???",
    ],
)
def test_a_question_of_its_own_is_left_alone(question: str, previous: str) -> None:
    assert completed(question, previous) is None


def test_of_all_single_questions_hardly_one_is_taken_for_a_follow_up() -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    singles = [row["q"] for row in rows if "q" in row]
    chosen = random.Random(7)
    changed = [question for question in singles if completed(question, chosen.choice(singles)) is not None]
    assert len(changed) <= 0.01 * len(singles)


def test_every_follow_up_of_the_question_set_is_taken_for_one() -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    turns = [row["turns"] for row in rows if row["kind"] == "followup"]
    missed = [asked for before, asked in turns if completed(asked, before) is None]
    assert len(missed) <= 0.1 * len(turns), missed


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_texts_break_the_completion(question: str, previous: str) -> None:
    completed(question, previous)


class Seconds:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_follow_up_hangs_on_the_last_question_that_has_a_topic() -> None:
    dialogue = Dialogue(Seconds())
    dialogue.remember("a", "Халық Кеңесінің Хатшылығы деген не?")
    dialogue.remember("a", "Рақмет!")
    assert dialogue.understood("a", "Оны кім басқарады?") == "Халық Кеңесінің Хатшылығын кім басқарады?"


def test_a_completed_question_carries_its_subject_on() -> None:
    dialogue = Dialogue(Seconds())
    dialogue.remember("a", "Құрылтай қандай орган?")
    whole = dialogue.understood("a", "Ол неше жылға сайланады?")
    assert whole == "Құрылтай неше жылға сайланады?"
    dialogue.remember("a", whole)
    assert dialogue.understood("a", "Оның депутаттары қанша?") == "Құрылтайдың депутаттары қанша?"


def test_chats_do_not_hear_each_other() -> None:
    dialogue = Dialogue(Seconds())
    dialogue.remember("a", "Құрылтай қандай орган?")
    assert dialogue.understood("b", "Ол неше жылға сайланады?") is None


def test_after_half_an_hour_a_chat_begins_anew() -> None:
    clock = Seconds()
    dialogue = Dialogue(clock, ttl_s=1800)
    dialogue.remember("a", "Құрылтай қандай орган?")
    clock.now = 1801
    assert dialogue.understood("a", "Ол неше жылға сайланады?") is None


def test_the_oldest_chat_is_forgotten_beyond_the_bound() -> None:
    dialogue = Dialogue(Seconds(), chats=1)
    dialogue.remember("a", "Құрылтай қандай орган?")
    dialogue.remember("b", "Мәслихат деген не?")
    assert dialogue.understood("a", "Ол неше жылға сайланады?") is None
    assert dialogue.understood("b", "Ол неше жылға сайланады?") == "Мәслихат неше жылға сайланады?"


def test_what_a_chat_asked_can_be_forgotten_on_request() -> None:
    dialogue = Dialogue(Seconds())
    dialogue.remember("a", "Құрылтай қандай орган?")
    assert dialogue.forget("a")
    assert not dialogue.forget("a")
    assert dialogue.understood("a", "Ол неше жылға сайланады?") is None
