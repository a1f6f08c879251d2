"""A deep link opened: /start with the code of a passage."""

from __future__ import annotations

from telegram import InlineKeyboardButton

from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.telegram.buttons import Keys, markup_of
from bot.telegram.composing import text_of
from bot.telegram.core import AnsweringCore
from bot.telegram.deeplinks import CODE, DeepLinks
from bot.telegram.outgoing import Outgoing


class Passages:
    """Shows the passage behind a code: quotation, source, whether it is in force, and «Толық мәтін»."""

    def __init__(self, core: AnsweringCore, links: DeepLinks, keys: Keys) -> None:
        self._core = core
        self._links = links
        self._keys = keys

    def shown(self, code: str, username: str) -> Outgoing | None:
        """What a code opens, or the word that its text is gone; None: it is no code of a passage.

        :param username: the bot's, without «@».
        """
        if not CODE.match(code):
            return None
        passage = self._links.passage(code)
        quoted = self._core.quoted(passage.id) if passage else None
        if passage is None or quoted is None:
            return Outgoing(escape(say.PASSAGE_GONE))
        data = f"f:{self._keys.shorten(passage.id)}"
        buttons = markup_of([(InlineKeyboardButton(say.FULL_TEXT, callback_data=data),)])
        return Outgoing(text_of(quoted, username), buttons)
