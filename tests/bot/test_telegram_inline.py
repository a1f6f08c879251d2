"""Inline and guest mode, end to end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import SmallTalk
from bot.kazakh import telegram as say
from bot.telegram.deeplinks import code_of, deep_link
from tests.bot.samples import ANSWER, NOTICE, OLD_SENTENCE
from tests.bot.telegram_running import QUESTION, running, sample_core
from tests.bot_api import BotApiServer
from tests.bot_api_messages import BOT_USER
from tests.fakes import FakeCore
from tests.telegram_html import ParsedText, parse

NAME = BOT_USER["username"]
OLD, NEW = (citation.quote.passage for citation in (*ANSWER.citations, *ANSWER.now))


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


async def offered(server: BotApiServer, query: str) -> dict[str, object]:
    count = len(server.inline_answers)
    server.asks_inline(77, query)
    return (await server.wait_for_call("answerInlineQuery", count=count + 1)).params


def inserted(result: dict[str, object]) -> ParsedText:
    content = result["input_message_content"]
    assert isinstance(content, dict)
    return parse(content["message_text"])


async def test_each_quotation_is_an_article_with_citation_link_and_warning(core: FakeCore) -> None:
    async with running(core) as server:
        answer = await offered(server, QUESTION)
        old, new = answer["results"]  # type: ignore[misc]  # a list of two, else the test fails rightly
        assert (old["id"], old["title"]) == (code_of(OLD), "9-бап, 2-тармақ, Ассамблея туралы заң")
        assert old["description"] == OLD_SENTENCE
        assert OLD_SENTENCE in inserted(old).text
        assert NOTICE in inserted(old).text
        links = [entity.url for entity in inserted(old).entities if entity.type == "text_link"]
        assert links == ["https://zan.gov.kz/client/#!/doc/41901/kaz?a=1&b=2", deep_link(NAME, OLD)]
        assert NOTICE not in inserted(new).text
        assert answer["cache_time"] == 300


async def test_the_same_query_is_answered_from_the_cache(core: FakeCore) -> None:
    async with running(core) as server:
        first = await offered(server, QUESTION)
        second = await offered(server, f"  {QUESTION.upper()} ")
        assert first["results"] == second["results"]
        assert len(core.asked) == 1


@pytest.mark.parametrize("query", ["", "а"])
async def test_before_anything_is_typed_the_examples_are_offered(core: FakeCore, query: str) -> None:
    async with running(core) as server:
        [example] = (await offered(server, query))["results"]  # type: ignore[misc]
        assert (example["title"], example["description"]) == (QUESTION, ANSWER.lead)
        assert inserted(example).text.startswith(f"Сұрақ: {QUESTION}\n\n{ANSWER.lead}")


async def test_where_nothing_is_found_the_way_to_the_bot_is_offered(core: FakeCore) -> None:
    core.replies = {"Сәлем": SmallTalk("Сәлем", "Сәлеметсіз бе!")}
    async with running(core) as server:
        for query in ("Ауа райы қандай?", "Сәлем"):
            answer = await offered(server, query)
            assert not answer.get("results")
            assert answer["button"] == {"text": say.INLINE_NOTHING, "start_parameter": "inline"}


async def test_called_as_a_guest_the_bot_answers_with_one_message(core: FakeCore) -> None:
    core.replies = {QUESTION: replace(ANSWER)}
    async with running(core) as server:
        server.calls_guest(77, f"@{NAME} {QUESTION}")
        call = await server.wait_for_call("answerGuestQuery")
        assert inserted(call.params["result"]).text.startswith(ANSWER.lead)


async def test_a_guest_without_a_question_is_told_how_to_ask(core: FakeCore) -> None:
    async with running(core) as server:
        server.calls_guest(77, f"@{NAME}")
        call = await server.wait_for_call("answerGuestQuery")
        assert inserted(call.params["result"]).text == say.GUEST_USAGE
        assert core.asked == []
