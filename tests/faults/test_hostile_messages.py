"""4,096 letters of anything, and mark-up in every place where somebody's words are shown again, end to end.

The Bot API server of the tests reads Telegram's HTML strictly and refuses what Telegram would refuse.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from structlog.testing import capture_logs

from bot.kazakh import staff as say
from bot.wiring import Bot
from retrieval.embedder import MAX_QUERY_CHARS, SentenceTransformerEmbedder
from tests.bot.staff_case import AIGUL, REFUSAL, STAFF, Room, staff_room
from tests.bot.telegram_running import CHAT, running
from tests.bot_api import BotApiServer
from tests.telegram_html import parse

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MOST = 4096  # UTF-16 units that one message of a person may have
HOSTILE = {
    "emoji": "👨‍👩‍👧‍👦",
    "flags": "🇰🇿",
    "right to left": "أين تقع الجمعية؟ ",
    "right-to-left marks": "\u202eаяелбмассА\u202c \u2067сұрақ\u2069 ",
    "combining marks": "А" + "\u0301\u0308\u0323" * 20 + " ",
    "nothing that is seen": "\u200b\u200c\u200d\u2060\ufeff\u00ad",
    "homoglyphs": "Accaмблeя дeгeн нe? ",
    "one letter": "а",
    "mark-up": "<b>*_`[x](tg://user?id=1)&amp;</b>\\",
    "ampersands": "&",
    "line breaks": "\n",
    "unassigned letters": "\U0003fffe\u0378\ue000",
    "control signs": "\x01\x07\x1b[31m\x7f",
    "quotation marks": "«“„\"'»",
    "numbers": "9999999999 ",
}
MARKUP = (
    '<b>x</b> & <a href="tg://user?id=1">y</a> <script>alert(1)</script> *z* _w_ [v](http://x.kz) &lt; \\'
)


def filled(unit: str) -> str:
    """As much of it as one message takes."""
    text = unit * MOST
    return text.encode("utf-16-le")[: 2 * MOST].decode("utf-16-le", "ignore")


@pytest.fixture
async def server(quick_bot: Bot) -> AsyncIterator[BotApiServer]:
    async with running(quick_bot.core, library=quick_bot.library, searcher=quick_bot.searcher) as at_work:
        yield at_work


async def test_messages_of_4096_hostile_letters_are_each_answered_with_valid_html(
    server: BotApiServer,
) -> None:
    with capture_logs() as logs:
        for chat, unit in enumerate(HOSTILE.values(), start=CHAT):
            server.user_says(chat, filled(unit))
        for chat in range(CHAT, CHAT + len(HOSTILE)):
            message = await server.wait_for_message(chat, timeout_s=60)
            assert not message.text.startswith("Кешіріңіз, жауап дайындағанда қате")
    assert [line for line in logs if line["event"] in ("update_failed", "delivery_failed")] == []


def test_messages_of_4096_letters_reach_the_model_by_their_start_only() -> None:
    class Model:
        asked: tuple[str, ...] = ()

        def get_embedding_dimension(self) -> int:
            return 2

        def encode_query(self, texts: list[str], **_: object) -> list[list[float]]:
            self.asked = tuple(texts)
            return [[1.0, 0.0]] * len(texts)

    model = Model()
    SentenceTransformerEmbedder(cast("SentenceTransformer", model), "stand-in").embed_queries(
        [filled("Ассамблея "), "Көпір?"]
    )
    assert model.asked == (filled("Ассамблея ")[:MAX_QUERY_CHARS], "Көпір?")


async def test_messages_of_4096_hostile_letters_are_read_in_inline_mode_and_as_claims(
    server: BotApiServer,
) -> None:
    with capture_logs() as logs:
        for user, unit in enumerate(HOSTILE.values(), start=CHAT):
            server.asks_inline(user, filled(unit)[:256])  # more than that, no client sends
        for user, unit in enumerate(HOSTILE.values(), start=CHAT):
            server.user_says(user, f"/tekser {filled(unit)[:4000]}")
        for chat in range(CHAT, CHAT + len(HOSTILE)):
            await server.wait_for_message(chat, timeout_s=60)
        await server.wait_for_call("answerInlineQuery", count=len(HOSTILE), timeout_s=60)
    assert [line for line in logs if line["event"] in ("update_failed", "delivery_failed")] == []


async def test_markup_in_a_question_that_is_shown_again_is_text(server: BotApiServer) -> None:
    server.user_says(CHAT, "Ассамблея қашан құрылды?")
    first = await server.wait_for_message(CHAT, timeout_s=60)
    server.user_says(CHAT, f"Ал оның мүшелері кімдер {MARKUP}?")
    second = await server.wait_for_message(CHAT, after=first, timeout_s=60)
    server.calls_guest(CHAT, f"@sample_bot {MARKUP}")
    await server.wait_for_call("answerGuestQuery", timeout_s=60)
    [guest] = [answer for answer in server.guest_answers if answer]
    for parsed in (second.parsed, parse(guest["result"]["input_message_content"]["message_text"])):
        assert not any(entity.url and entity.url.startswith("tg:") for entity in parsed.entities)
        assert not any(entity.url == "http://x.kz" for entity in parsed.entities)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with staff_room(tmp_path) as opened:
        yield opened


async def test_markup_in_a_question_stands_on_the_staffs_card_letter_for_letter(room: Room) -> None:
    await room.passes_on(AIGUL, f"{MARKUP} Көпір?")
    card = await room.shown("Сұрақ № 1")
    assert MARKUP in card.text
    assert not any(entity.url for entity in card.parsed.entities)


async def test_markup_in_an_answer_of_staff_reaches_the_asker_letter_for_letter(room: Room) -> None:
    await room.passes_on()
    refusal = room.server.messages(AIGUL)[-1]
    assert refusal.text == REFUSAL
    room.replies(await room.shown("Сұрақ № 1"), MARKUP, STAFF)
    answer = await room.server.wait_for_message(AIGUL, after=refusal)
    assert answer.text.endswith(MARKUP)
    assert [entity.type for entity in answer.parsed.entities] == ["bold"]  # the signature
    offer = await room.shown(say.answer_sent(1, 1))
    assert offer.parsed.of_type("blockquote") == (MARKUP,)
