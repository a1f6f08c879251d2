"""Deep links: every quotation has one, and it opens the passage as long as its text is held."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.answers import NoAnswer
from bot.kazakh import telegram as say
from bot.rendering import to_html
from bot.telegram.composing import text_of
from bot.telegram.deeplinks import CODE, DeepLinks, code_of, deep_link
from tests.bot.samples import ANSWER, NOT_LAW, OLD_SENTENCE, SOURCE, cite
from tests.bot.telegram_running import CHAT, OLD_ID, QUESTION, own_texts, running, sample_core
from tests.bot_api_messages import BOT_USER
from tests.fakes import FakeCore
from tests.telegram_html import parse, utf16_length

OLD = ANSWER.citations[0].quote.passage


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def test_the_place_of_each_quotation_is_its_link(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, QUESTION)
        answer = await server.wait_for_message(CHAT)
        links = {e.url for e in answer.parsed.entities if e.type == "text_link"}
        cited = (*ANSWER.citations, *ANSWER.now)
        assert {deep_link(BOT_USER["username"], c.quote.passage) for c in cited} <= links
        assert "9-бап, 2-тармақ" in answer.parsed.of_type("text_link")


async def test_a_link_opens_its_passage(core: FakeCore) -> None:
    passage = own_texts().passages[3]
    cited = replace(ANSWER.citations[0], quote=replace(ANSWER.citations[0].quote, passage=passage))
    quote = replace(cited.quote, text=passage.text, emphasis=())
    core.quotations = {passage.id: replace(ANSWER, lead="", citations=(replace(cited, quote=quote),), now=())}
    core.texts = {passage.id: core.texts[OLD_ID]}
    async with running(core) as server:
        server.user_says(CHAT, f"/start {code_of(passage)}")
        opened = await server.wait_for_message(CHAT)
        assert opened.parsed.of_type("expandable_blockquote") == (f"«{passage.text}»",)
        server.taps(opened, "Толық мәтін")
        assert (await server.wait_for_message(CHAT, after=opened)).text.startswith("Ассамблея <заңы>")


async def test_a_link_to_a_text_that_is_gone_is_told_so(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, f"/start {code_of(OLD)}")
        assert (await server.wait_for_message(CHAT)).text == say.PASSAGE_GONE


async def test_a_start_parameter_of_another_kind_is_a_start(core: FakeCore) -> None:
    async with running(core) as server:
        server.user_says(CHAT, "/start inline")
        assert (await server.wait_for_message(CHAT)).text.startswith("Сәлеметсіз бе!")


def test_a_code_is_short_and_comes_from_the_text_alone() -> None:
    moved = replace(OLD, id="law-assembly/2030-01-01/12/4", edition="2030-01-01", article="12", order=99)
    assert code_of(moved) == code_of(OLD)
    assert code_of(replace(OLD, text=OLD_SENTENCE + " ")) != code_of(OLD)
    assert CODE.match(code_of(OLD)) and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code_of(OLD))


def test_of_two_editions_with_one_text_the_newer_one_is_opened() -> None:
    class TwoEditions:
        passages = (
            replace(OLD, id="new"),
            replace(OLD, id="old", edition="2008-10-20"),
        )

    found = DeepLinks(TwoEditions()).passage(code_of(OLD))  # type: ignore[arg-type]  # reads nothing else
    assert found is not None and found.id == "new"


def test_no_two_passages_of_the_source_article_share_a_code() -> None:
    passages = own_texts().passages
    assert len({code_of(passage) for passage in passages}) == len(passages)


def test_each_place_of_a_source_line_is_a_link_of_its_own() -> None:
    answer = replace(ANSWER, citations=(cite("Бірінші."), cite("Екінші.", point="3")), now=())
    links = [e for e in parse(text_of(answer, "bot")).entities if e.type == "text_link"]
    assert [e.url for e in links[1:]] == [deep_link("bot", c.quote.passage) for c in answer.citations]
    assert parse(text_of(answer, "bot")).text == parse(to_html(answer)).text


def test_a_title_without_an_official_address_leads_to_the_passage() -> None:
    cited = cite(
        "Мақаланың сөзі.", document=replace(SOURCE, url=""), article=None, point=None, standing=NOT_LAW
    )
    answer = replace(ANSWER, citations=(cited,), now=(), notices=())
    [link] = [e for e in parse(text_of(answer, "bot")).entities if e.type == "text_link"]
    assert link.url == deep_link("bot", cited.quote.passage)


def test_a_russian_question_gets_a_russian_line_on_top_and_the_message_still_fits() -> None:
    short = replace(ANSWER, question="Кто утверждает состав Ассамблеи?")
    assert parse(text_of(short, "bot")).text.startswith(f"{say.RUSSIAN_NOTE}\n\n{ANSWER.lead}")
    full = replace(short, citations=tuple(cite("Сөйлем осында тұр. " * 50) for _ in range(4)))
    shown = parse(text_of(full, "bot")).text
    assert say.RUSSIAN_NOTE in shown
    assert utf16_length(shown) <= 4096
    refusal = NoAnswer("Кто утверждает состав Ассамблеи?", "Таппадым.")
    assert parse(text_of(refusal, "bot")).text == f"{say.RUSSIAN_NOTE}\n\nТаппадым."
