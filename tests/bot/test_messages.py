"""The ten main situations as people see them: docs/messages, compared with what the real bot says today.

``UPDATE_MESSAGES=1 pytest tests/bot/test_messages.py`` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from bot.telegram.deeplinks import code_of
from bot.telegram.dependencies import StaffRoom
from bot.wiring import Bot
from knowledge.model import Reference
from tests.bot.phone import on_phone
from tests.bot.telegram_running import CHAT, running
from tests.bot_api import BotApiServer, SentMessage

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "messages"
STAFF = -100900
IN_FORCE = "Халық Кеңесіне неше адам кіреді?"
REPEALED = "Ассамблеяның Төрағасы кім болған?"


async def test_the_ten_main_messages_are_those_in_the_documentation(real_bot: Bot) -> None:
    said = await messages(real_bot)
    if os.environ.get("UPDATE_MESSAGES"):
        FOLDER.mkdir(parents=True, exist_ok=True)  # a handful of small files
        for name, text in said.items():
            (FOLDER / f"{name}.txt").write_text(text, "utf-8")
    kept = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.txt")}
    assert said == kept


async def messages(bot: Bot) -> dict[str, str]:
    """By the name of the situation, as on a narrow phone."""
    shown: dict[str, str] = {}
    async with running(
        bot.core, staff=StaffRoom(STAFF), library=bot.library, searcher=bot.searcher
    ) as server:
        chat = Conversation(server)
        shown["01-start"] = on_phone(await chat.says("/start", "ru"))
        shown["02-in-force"] = on_phone(await chat.says(IN_FORCE))
        shown["03-follow-up"] = on_phone(await chat.says("ал олар қанша жылға сайланады?"))
        repealed = await chat.says(REPEALED)
        shown["04-repealed"] = on_phone(repealed)
        then_and_now = await chat.taps(repealed, "Ол кезде / қазір", messages=2)
        shown["05-then-and-now"] = "\n".join(map(on_phone, then_and_now))
        shown["06-past-day"] = on_phone(await chat.says("2012 жылы Ассамблея Кеңесінің құрамын кім бекітті?"))
        shown["07-russian"] = on_phone(await chat.says("Каковы основные задачи Ассамблеи?"))
        shown["08-refusal"] = on_phone(await chat.says("Мектепке баланы қалай тіркеймін?"))
        claim = "/tekser Ассамблея Парламент Мәжілісіне тоғыз депутат сайлайды."
        shown["09-claim"] = on_phone(await chat.says(claim))
        passage = bot.library.find(Reference("law-halyk-kenesi", "2", "1"))[0]
        shown["10-passage-by-link"] = on_phone(await chat.says(f"/start {code_of(passage)}"))
    return shown


class Conversation:
    """One person and the bot, one message after the other."""

    def __init__(self, server: BotApiServer) -> None:
        self._server = server
        self._last: SentMessage | None = None

    async def says(self, text: str, language: str = "kk") -> SentMessage:
        content: dict[str, object] = {
            "text": text,
            "from": {"id": CHAT, "is_bot": False, "first_name": "Айгүл", "language_code": language},
        }
        if text.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        self._server.user_sends(CHAT, content)
        return await self._next()

    async def taps(self, message: SentMessage, label: str, *, messages: int) -> list[SentMessage]:
        """:param messages: how many the bot is to say to it."""
        self._server.taps(message, label)
        return [await self._next() for _ in range(messages)]

    async def _next(self) -> SentMessage:
        self._last = await self._server.wait_for_message(CHAT, after=self._last, timeout_s=60)
        return self._last
