"""A deep link opened: /start with the code of a passage."""

from __future__ import annotations

from telegram import Bot, InlineKeyboardButton, Message

from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.telegram.buttons import Keys, markup_of
from bot.telegram.composing import text_of
from bot.telegram.core import AnsweringCore
from bot.telegram.deeplinks import CODE, DeepLinks
from bot.telegram.sending import reply_to


class Passages:
    """Shows the passage behind a code: quotation, source, whether it is in force, and «Толық мәтін»."""

    def __init__(self, core: AnsweringCore, links: DeepLinks, keys: Keys) -> None:
        self._core = core
        self._links = links
        self._keys = keys

    async def open(self, message: Message, code: str, bot: Bot) -> bool:
        """Whether ``code`` is one of a passage at all; one whose text is gone is told so."""
        if not CODE.match(code):
            return False
        passage = self._links.passage(code)
        quoted = self._core.quoted(passage.id) if passage else None
        if passage is None or quoted is None:
            await reply_to(bot, message, escape(say.PASSAGE_GONE))
            return True
        data = f"f:{self._keys.shorten(passage.id)}"
        buttons = markup_of([(InlineKeyboardButton(say.FULL_TEXT, callback_data=data),)])
        await reply_to(bot, message, text_of(quoted, bot.username), buttons)
        return True
