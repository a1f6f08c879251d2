"""A reply as a Telegram message: text, links, the Russian line, buttons."""

from __future__ import annotations

from dataclasses import replace

from telegram import InlineKeyboardMarkup

from bot.answers import Answer, Reply, SmallTalk
from bot.citing import Citer
from bot.comparison import Comparer
from bot.fitting import MAX_MESSAGE_UNITS, visible_length
from bot.kazakh import telegram as say
from bot.message_draft import blocks, escape
from bot.rendering import to_html
from bot.telegram.buttons import Keys, reply_buttons
from bot.telegram.comparison import time_buttons
from bot.telegram.deeplinks import with_links
from bot.telegram.dependencies import Dependencies
from bot.telegram.journalists.cards import card_rows
from bot.telegram.outgoing import Outgoing
from knowledge.article_text import load_article_notes
from knowledge.successors import load_successors
from retrieval.transliteration import read_question


class Composer:
    """Makes messages of replies; ``username`` is the bot's, without «@»."""

    def __init__(self, deps: Dependencies, keys: Keys) -> None:
        self._core = deps.core
        self._library = deps.library
        self._keys = keys
        self._staff_desk = deps.staff.chat_id is not None
        citer = Citer(deps.catalog, deps.library, load_article_notes(), deps.today)
        self._comparer = Comparer(deps.catalog, deps.library, citer, load_successors(), deps.today)

    def compose(
        self, reply: Reply, *, username: str, question_id: int | None = None, echo: bool = False
    ) -> Outgoing:
        """:param echo: show the question above, where the chat doesn't hold it as a message."""
        shown = _with_question_shown(reply) if echo else reply
        return Outgoing(text_of(shown, username), self._buttons(reply, question_id))

    def _buttons(self, reply: Reply, question_id: int | None) -> InlineKeyboardMarkup | None:
        return reply_buttons(
            reply,
            self._core,
            self._keys,
            beside=time_buttons(reply, self._comparer, self._keys),
            cards=card_rows(reply, self._library),
            question_id=question_id,
            staff_desk=self._staff_desk,
        )


def text_of(reply: Reply, username: str) -> str:
    """Telegram HTML of at most one message; a Russian question gets a Russian line on top.

    :raises bot.quoting.UnprovenQuote: as ``to_html``.
    """
    markup = to_html(reply)
    if read_question(reply.question).language == "ru":
        noted = blocks(f"<i>{escape(say.RUSSIAN_NOTE)}</i>", markup)
        if visible_length(noted) <= MAX_MESSAGE_UNITS:
            markup = noted
        elif isinstance(reply, Answer):  # as a notice, the quotations are made to fit around it
            markup = to_html(replace(reply, notices=(say.RUSSIAN_NOTE, *reply.notices)))
    return with_links(markup, reply, username) if isinstance(reply, Answer) else markup


def _with_question_shown(reply: Reply) -> Reply:
    if isinstance(reply, SmallTalk):
        return reply
    return replace(reply, understood=reply.understood or reply.question)
