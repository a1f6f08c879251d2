"""The loopback Bot API server: it must refuse what Telegram refuses, or the other tests prove little."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.bot_api import BotApiServer
from tests.telegram_html import Entity

CHAT = 77


class Bot:
    """A bare client: a method and its parameters in, the server's JSON out."""

    def __init__(self, server: BotApiServer, client: httpx.AsyncClient) -> None:
        self.server = server
        self._client = client

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        url = f"{self.server.url}/bot{self.server.token}/{method}"
        data = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()
        }
        return dict((await self._client.post(url, data=data)).json())

    async def refusal(self, method: str, **params: Any) -> tuple[int, str]:
        answer = await self(method, **params)
        assert answer["ok"] is False
        return answer["error_code"], answer["description"]


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with BotApiServer() as server, httpx.AsyncClient(timeout=20) as client:
        server.user_says(CHAT, "сәлем")
        yield Bot(server, client)


def one_button(data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Басыңыз", "callback_data": data}]]}


async def test_updates_come_again_until_an_offset_confirms_them(bot: Bot) -> None:
    second = bot.server.user_says(CHAT, "екінші")
    first_batch = (await bot("getUpdates"))["result"]
    again = (await bot("getUpdates"))["result"]
    assert [update["message"]["text"] for update in first_batch] == ["сәлем", "екінші"]
    assert again == first_batch
    assert [u["update_id"] for u in (await bot("getUpdates", offset=second))["result"]] == [second]
    assert (await bot("getUpdates", offset=second + 1))["result"] == []
    assert bot.server.unconfirmed == ()


async def test_a_limit_hands_out_the_oldest_updates_and_a_negative_offset_the_newest(bot: Bot) -> None:
    for text in ("екі", "үш"):
        bot.server.user_says(CHAT, text)
    assert [u["message"]["text"] for u in (await bot("getUpdates", limit=2))["result"]] == ["сәлем", "екі"]
    assert [u["message"]["text"] for u in (await bot("getUpdates", offset=-1))["result"]] == ["үш"]
    assert len(bot.server.unconfirmed) == 1


async def test_a_long_poll_returns_as_soon_as_something_is_said(bot: Bot) -> None:
    await bot("getUpdates", offset=-1)
    [confirmed] = bot.server.unconfirmed
    poll = asyncio.create_task(bot("getUpdates", offset=confirmed + 1, timeout=15))
    await bot.server.wait_for_call("getUpdates", count=2)
    said = bot.server.user_says(CHAT, "жаңа")
    assert [update["update_id"] for update in (await poll)["result"]] == [said]


async def test_a_second_poll_ends_the_first_with_a_conflict(bot: Bot) -> None:
    [waiting] = bot.server.unconfirmed
    first = asyncio.create_task(bot("getUpdates", offset=waiting + 1, timeout=15))
    await bot.server.wait_for_call("getUpdates")
    await bot("getUpdates")
    assert (await first)["error_code"] == 409


async def test_kinds_of_update_that_were_not_asked_for_are_not_queued(bot: Bot) -> None:
    await bot("getUpdates", offset=-1, allowed_updates=["callback_query"])
    bot.server.user_says(CHAT, "бұл келмейді")
    assert [u["message"]["text"] for u in (await bot("getUpdates"))["result"]] == ["сәлем"]


async def test_a_wrong_token_and_an_unknown_method_are_refused(bot: Bot) -> None:
    assert await bot.refusal("sendPigeon") == (404, "Not Found")
    bot.server.token = "4242:another"
    assert await bot.refusal("getMe") == (401, "Unauthorized")


async def test_a_message_is_recorded_with_its_text_entities_and_buttons(bot: Bot) -> None:
    html = "<b>Қ &amp; Ұ</b> <a href='no'>"
    assert (await bot.refusal("sendMessage", chat_id=CHAT, text=html, parse_mode="HTML"))[0] == 400
    html = '😀<b>Қ &amp; Ұ</b>\n<blockquote expandable>«т»</blockquote><a href="https://a.kz/?x&amp;y">с</a>'
    await bot("sendMessage", chat_id=CHAT, text=html, parse_mode="HTML", reply_markup=one_button("x:1"))
    [message] = bot.server.messages(CHAT)
    assert message.text == "😀Қ & Ұ\n«т»с"
    assert message.parsed.entities == (
        Entity("bold", 2, 5),
        Entity("expandable_blockquote", 8, 3),
        Entity("text_link", 11, 1, "https://a.kz/?x&y"),
    )
    assert message.button("Басыңыз").data == "x:1"


async def test_the_limit_of_a_text_is_measured_after_its_entities_are_parsed(bot: Bot) -> None:
    exact = f"<b>{'&lt;' * 4096}</b>"
    assert (await bot("sendMessage", chat_id=CHAT, text=exact, parse_mode="HTML"))["ok"] is True
    refusal = await bot.refusal("sendMessage", chat_id=CHAT, text="ә" * 4097)
    assert refusal == (400, "Bad Request: message is too long")


@pytest.mark.parametrize("text", ["", "  \n", "<b> </b>"])
async def test_an_empty_text_is_refused(bot: Bot, text: str) -> None:
    refusal = await bot.refusal("sendMessage", chat_id=CHAT, text=text, parse_mode="HTML")
    assert refusal == (400, "Bad Request: message text is empty")


async def test_broken_html_is_refused_in_the_words_of_its_reader(bot: Bot) -> None:
    refusal = await bot.refusal("sendMessage", chat_id=CHAT, text="А & <b>Б", parse_mode="HTML")
    assert refusal == (400, 'Bad Request: can\'t parse entities: Unescaped "&" at byte offset 3')


@pytest.mark.parametrize(
    ("button", "complaint"),
    [
        ({"text": "т", "callback_data": "ә" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "т", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "т", "url": "javascript:1"}, "BUTTON_URL_INVALID"),
        ({"text": "т", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_buttons_that_telegram_would_not_take_are_refused(
    bot: Bot, button: dict[str, Any], complaint: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    refusal = await bot.refusal("sendMessage", chat_id=CHAT, text="т", reply_markup=markup)
    assert refusal == (400, f"Bad Request: {complaint}")
    assert bot.server.messages(CHAT) == ()


async def test_callback_data_of_64_bytes_is_taken(bot: Bot) -> None:
    answer = await bot("sendMessage", chat_id=CHAT, text="т", reply_markup=one_button("ә" * 32))
    assert answer["ok"] is True


async def test_an_unknown_chat_and_a_chat_that_blocked_the_bot_are_refused(bot: Bot) -> None:
    assert await bot.refusal("sendMessage", chat_id=1, text="т") == (400, "Bad Request: chat not found")
    bot.server.blocks_bot(CHAT)
    refusal = await bot.refusal("sendMessage", chat_id=CHAT, text="т")
    assert refusal == (403, "Forbidden: bot was blocked by the user")


async def test_a_reply_to_a_message_that_is_not_there_is_refused_unless_allowed(bot: Bot) -> None:
    missing = {"message_id": 999}
    refusal = await bot.refusal("sendMessage", chat_id=CHAT, text="т", reply_parameters=missing)
    assert refusal == (400, "Bad Request: message to be replied not found")
    allowed = {**missing, "allow_sending_without_reply": True}
    assert (await bot("sendMessage", chat_id=CHAT, text="т", reply_parameters=allowed))["ok"] is True


async def test_an_edit_that_changes_nothing_is_refused_and_a_real_one_is_kept(bot: Bot) -> None:
    sent = (await bot("sendMessage", chat_id=CHAT, text="<b>бір</b>", parse_mode="HTML"))["result"]
    place = {"chat_id": CHAT, "message_id": sent["message_id"]}
    code, said = await bot.refusal("editMessageText", text="<b>бір</b>", parse_mode="HTML", **place)
    assert (code, said.startswith("Bad Request: message is not modified")) == (400, True)
    assert (await bot("editMessageText", text="бір", **place))["ok"] is True  # other entities: a change
    assert (await bot("editMessageReplyMarkup", reply_markup=one_button("1"), **place))["ok"] is True
    [message] = bot.server.messages(CHAT)
    assert (message.text, message.edits, message.button("Басыңыз").data) == ("бір", 2, "1")


async def test_a_tap_is_answered_once_and_an_unknown_one_never(bot: Bot) -> None:
    await bot("sendMessage", chat_id=CHAT, text="т", reply_markup=one_button("x"))
    [message] = bot.server.messages(CHAT)
    bot.server.taps(message, "Басыңыз")
    query = (await bot("getUpdates"))["result"][-1]["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("x", message.message_id)
    assert bot.server.callback_answers == (None,)
    assert (await bot("answerCallbackQuery", callback_query_id=query["id"], text="иә"))["ok"] is True
    again = await bot.refusal("answerCallbackQuery", callback_query_id=query["id"])
    unknown = await bot.refusal("answerCallbackQuery", callback_query_id="tap-9")
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert again == unknown == (400, too_old)


async def test_an_inline_query_is_answered_once_with_distinct_results(bot: Bot) -> None:
    bot.server.asks_inline(5, "ассамблея")
    query = (await bot("getUpdates"))["result"][-1]["inline_query"]
    article = {
        "type": "article",
        "id": "1",
        "title": "9-бап",
        "input_message_content": {"message_text": "Мәтін"},
    }
    results = [article, article]
    refusal = await bot.refusal("answerInlineQuery", inline_query_id=query["id"], results=results)
    assert refusal == (400, "Bad Request: RESULT_ID_DUPLICATE")
    assert (await bot("answerInlineQuery", inline_query_id=query["id"], results=results[:1]))["ok"] is True
    assert (await bot("answerInlineQuery", inline_query_id=query["id"], results=[]))["ok"] is False


async def test_failures_on_demand_happen_once_and_change_nothing(bot: Bot) -> None:
    bot.server.fail_next("sendMessage", 429, retry_after=3)
    bot.server.fail_next("sendMessage", 500)
    flooded = await bot("sendMessage", chat_id=CHAT, text="т")
    assert flooded == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert await bot.refusal("sendMessage", chat_id=CHAT, text="т") == (500, "Internal Server Error")
    assert bot.server.messages(CHAT) == ()
    assert (await bot("sendMessage", chat_id=CHAT, text="т"))["ok"] is True
    assert len(bot.server.calls_of("sendMessage")) == 3


@pytest.mark.parametrize(("after_handling", "sent"), [(False, 0), (True, 1)])
async def test_a_connection_drops_before_or_after_the_work_is_done(
    bot: Bot, after_handling: bool, sent: int
) -> None:
    bot.server.drop_next("sendMessage", after_handling=after_handling)
    with pytest.raises(httpx.RemoteProtocolError):
        await bot("sendMessage", chat_id=CHAT, text="т")
    assert len(bot.server.messages(CHAT)) == sent


async def test_files_and_reactions_and_actions_are_taken(bot: Bot) -> None:
    url = f"{bot.server.url}/bot{bot.server.token}/sendPhoto"
    async with httpx.AsyncClient() as client:
        await client.post(url, data={"chat_id": str(CHAT), "caption": "сурет"}, files={"photo": b"png"})
    [photo] = bot.server.messages(CHAT)
    assert (photo.method, photo.text, photo.file) == ("sendPhoto", "сурет", b"png")
    reaction = {
        "chat_id": CHAT,
        "message_id": photo.message_id,
        "reaction": [{"type": "emoji", "emoji": "👍"}],
    }
    assert (await bot("setMessageReaction", **reaction))["ok"] is True
    assert (await bot("sendChatAction", chat_id=CHAT, action="typing"))["ok"] is True
    assert (await bot("sendChatAction", chat_id=CHAT, action="dancing"))["ok"] is False
    over_long = await bot.refusal("sendDocument", chat_id=CHAT, document="id", caption="ә" * 1025)
    assert over_long == (400, "Bad Request: message caption is too long")


async def test_waiting_for_what_never_comes_ends_in_a_timeout(bot: Bot) -> None:
    with pytest.raises(TimeoutError):
        await bot.server.wait_for_message(CHAT, timeout_s=0.05)
