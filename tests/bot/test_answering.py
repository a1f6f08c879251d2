"""Questions to answers, on the real texts with the real model."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers import Answer, NoAnswer, SmallTalk
from bot.quoting import verify
from bot.wiring import Bot
from tests.real import bot_on


def answer(bot: Bot, question: str) -> Answer:
    reply = bot.answerer.answer(question)
    assert isinstance(reply, Answer), reply
    return reply


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("Ассамблеяның негізгі міндеттері қандай?", "law-assembly", "негізгі міндеттері"),
        ("Ассамблея туралы заң қазір күшінде ме?", "law-halyk-kenesi", "күші жойылды"),
        ("Халық Кеңесіне неше адам кіреді?", "law-halyk-kenesi", "қырық екі адам"),
    ],
)
def test_before_any_sync_the_curated_answers_answer(
    carried_bot: Bot, question: str, document: str, words: str
) -> None:
    """They are what makes the bot useful on a machine that reached no source yet."""
    reply = answer(carried_bot, question)
    assert reply.curated
    assert reply.citations[0].document.id == document
    assert words in reply.citations[0].quote.text


def test_before_any_sync_the_source_article_answers(carried_bot: Bot) -> None:
    reply = answer(carried_bot, "Көптеген шетелдік БАҚ өкілдері қандай модель туралы әңгіме қозғап жүр?")
    assert reply.citations[0].document.id == "assembly-article"
    assert "қазақстандық даму моделі" in reply.citations[0].quote.text


def test_a_repealed_law_is_quoted_with_the_day_it_ended_and_what_rules_now(real_bot: Bot) -> None:
    reply = answer(real_bot, "Ассамблеяның мақсаты қандай?")
    assert reply.citations[0].document.id == "law-assembly"
    assert reply.citations[0].quote.passage.article == "3"
    assert not reply.citations[0].standing.in_force
    assert any("күші 2026 жылғы 1 шілдеде жойылды" in notice for notice in reply.notices)
    assert [(c.document.id, c.quote.passage.article) for c in reply.now] == [("law-halyk-kenesi", "2")]


@pytest.mark.parametrize(("today", "in_force"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_the_notice_of_repeal_begins_on_the_day_of_repeal(
    real_folder: Path, today: date, in_force: bool
) -> None:
    reply = answer(bot_on(real_folder, today), "Ассамблеяның құқықтық мәртебесі қандай?")
    assert reply.citations[0].document.id == "law-assembly"
    assert reply.citations[0].standing.in_force is in_force
    assert any("жойылды" in notice for notice in reply.notices) is not in_force


def test_a_year_gets_the_text_of_that_year(real_bot: Bot) -> None:
    then = answer(real_bot, "2012 жылы Ассамблеяның құрылымы қандай болды?").citations[0]
    later = answer(real_bot, "2021 жылы Ассамблеяның құрылымы қандай болды?").citations[0]
    assert (then.quote.passage.edition, then.quote.passage.article) == ("2008-10-20", "8")
    assert (later.quote.passage.edition, later.quote.passage.article) == ("2022-02-07", "8")


def test_a_question_that_names_an_article_gets_it_from_its_first_point(real_bot: Bot) -> None:
    reply = answer(real_bot, "Халық Кеңесі туралы заңның 12-бабында не жазылған?")
    assert [c.locator for c in reply.citations] == [
        "12-бап, 1-тармақ",
        "12-бап, 2-тармақ",
        "12-бап, 3-тармақ",
    ]


def test_a_point_that_is_named_is_given_alone(real_bot: Bot) -> None:
    reply = answer(real_bot, "Конституцияның 58-бабы 5-тармағы")
    assert [c.locator for c in reply.citations] == ["58-бап, 5-тармақ"]
    assert "үштен екісі" in reply.citations[0].quote.text


def test_the_counted_thing_leads_the_answer(real_bot: Bot) -> None:
    reply = answer(real_bot, "Мәслихат неше жылға сайланады?")
    assert reply.lead.startswith("Бес жыл. ")
    start, end = reply.citations[0].quote.emphasis[0]
    assert reply.citations[0].quote.text[start:end] == "бес жыл"


@pytest.mark.parametrize(
    "question",
    [
        "Шымкентте нан қанша тұрады?",
        "Халық Кеңесі төрағасының телефон нөмірі қандай?",
        "Ресейдің президентінің туған күні қашан?",
        "Биткоин бағамы қанша?",
    ],
)
def test_what_no_text_tells_is_refused_with_two_things_to_ask(real_bot: Bot, question: str) -> None:
    reply = real_bot.answerer.answer(question)
    assert isinstance(reply, NoAnswer)
    assert len(reply.suggestions) == 2


def test_thanks_are_answered_in_one_line_and_not_searched_for(real_bot: Bot) -> None:
    reply = real_bot.answerer.answer("Рахмет!")
    assert isinstance(reply, SmallTalk)
    assert "\n" not in reply.text


def test_the_same_question_always_gets_the_same_answer(real_bot: Bot) -> None:
    question = "Халық Кеңесінің Сессиясын кім шақырады?"
    assert real_bot.answerer.answer(question) == real_bot.answerer.answer(question)


def test_a_passage_cut_before_its_list_never_answers(real_bot: Bot) -> None:
    """The source article lost its lists; a lead-in with nothing behind it is no answer."""
    for question in (
        "Ассамблеяның негізгі міндеттері мыналар",
        "Ассамблея мүшелері қызметін жүзеге асыру кезінде",
    ):
        reply = real_bot.answerer.answer(question)
        for citation in reply.citations if isinstance(reply, Answer) else ():
            if citation.document.id == "assembly-article":
                assert not citation.quote.text.rstrip().endswith(":")


def test_every_quotation_stands_in_its_passage_and_its_passage_in_the_library(real_bot: Bot) -> None:
    for question in (
        "Судьяларды кім тағайындайды?",
        "Құрылтай неше депутаттан тұрады?",
        "Цензураға рұқсат па?",
    ):
        reply = answer(real_bot, question)
        for citation in (*reply.citations, *reply.now):
            verify(citation.quote)
            assert real_bot.library.passage(citation.quote.passage.id) == citation.quote.passage
