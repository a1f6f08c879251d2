"""/salystyru and the buttons about time: «Ол кезде / қазір», «Тарихы», «Дәлелі»."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from telegram import CallbackQuery, InlineKeyboardButton, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot import kazakh
from bot.answers import Answer, Citation, Reply
from bot.citing import Citer
from bot.comparison import ArticleComparison, Comparer
from bot.comparison_rendering import to_messages
from bot.fitting import MAX_MESSAGE_UNITS, visible_length
from bot.history import Histories
from bot.kazakh import time as say
from bot.message_draft import escape
from bot.quoting import verify
from bot.source_lines import source_status
from bot.telegram.buttons import Keys, tapped
from bot.telegram.errors import ignoring_stale
from bot.telegram.pages import packed
from bot.telegram.sending import reply_to
from knowledge.article_text import load_article_notes
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import DocumentKind, Reference
from knowledge.successors import load_successors

# callback data: the place that a button is about, «document article», as Keys shortens it
COMPARE_DATA = re.compile(r"c:(?P<key>.+)\Z", re.DOTALL)
HISTORY_DATA = re.compile(r"h:(?P<key>.+)\Z", re.DOTALL)
PROOF_DATA = re.compile(r"d:(?P<key>.+)\Z", re.DOTALL)

_LAWS = (DocumentKind.LAW, DocumentKind.CONSTITUTION)


class Needs(Protocol):
    """What these handlers use of ``Dependencies``."""

    @property
    def library(self) -> Library: ...
    @property
    def catalog(self) -> Catalog: ...
    @property
    def today(self) -> Callable[[], date]: ...


def handlers(deps: Needs) -> list[BaseHandler[Any, Any, Any]]:
    """/salystyru and the taps of the buttons that ``time_buttons`` makes, in private chats and in groups."""
    citer = Citer(deps.catalog, deps.library, load_article_notes(), deps.today)
    comparer = Comparer(deps.catalog, deps.library, citer, load_successors(), deps.today)
    # keys of one's own: «document article» is so short that it stands for itself
    shown = Comparisons(comparer, Histories(deps.catalog, deps.library, deps.today), citer, Keys())
    return [
        CommandHandler("salystyru", shown.command, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(shown.compare, COMPARE_DATA),
        CallbackQueryHandler(shown.history, HISTORY_DATA),
        CallbackQueryHandler(shown.proof, PROOF_DATA),
    ]


class Comparisons:
    """Answers the command and the taps; what it shows is found and proven by ``comparer`` and ``citer``."""

    def __init__(self, comparer: Comparer, histories: Histories, citer: Citer, keys: Keys) -> None:
        self._comparer = comparer
        self._histories = histories
        self._citer = citer
        self._keys = keys

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«/salystyru law-assembly 8», «/salystyru 8-бап»."""
        message = update.effective_message
        assert message is not None
        place = self._comparer.place(" ".join(context.args or ()))
        texts = self._said_of(place) if place else (html.escape(say.COMPARE_USAGE),)
        for text in texts:
            await reply_to(context.bot, message, text)

    async def compare(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Ол кезде / қазір» under an answer."""
        query, data = tapped(update, context)
        place = self._place(data["key"])
        texts = self._said_of(place) if place else ()
        await self._show(query, context, texts, say.COMPARISON_GONE)

    async def history(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Тарихы» under an answer."""
        query, data = tapped(update, context)
        place = self._place(data["key"])
        history = self._histories.of(place.document, place.article) if place else None
        texts: tuple[str, ...] = ()
        if history is not None:
            title, *lines = map(escape, history.lines())
            texts = tuple(packed([f"<b>{title}</b>", *lines], MAX_MESSAGE_UNITS, visible_length))
        await self._show(query, context, texts, say.HISTORY_GONE)

    async def proof(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Дәлелі» under an answer: the words that ended the act."""
        query, data = tapped(update, context)
        place = self._place(data["key"])
        ended = self._citer.repeal_citation(self._comparer.document(place.document)) if place else None
        texts = (proof_html(ended),) if ended else ()
        await self._show(query, context, texts, kazakh.FULL_TEXT_GONE)

    def _said_of(self, place: Reference) -> tuple[str, ...]:
        comparison = self._comparer.article(place.document, place.article)
        title = self._comparer.document(place.document).short_title
        if comparison is None:
            return (escape(say.no_such_article(title, place.article)),)
        if not comparison:
            return (escape(say.nothing_to_compare(title, kazakh.locator(place.article))),)
        return to_messages(comparison)

    def _place(self, key: str) -> Reference | None:
        text = self._keys.expand(key)
        return self._comparer.place(text) if text is not None else None

    async def _show(
        self, query: CallbackQuery, context: ContextTypes.DEFAULT_TYPE, texts: tuple[str, ...], gone: str
    ) -> None:
        """The texts as replies to the answer that was tapped; an alert where there are none."""
        with ignoring_stale():
            if not texts:
                await query.answer(gone, show_alert=True)
            else:
                await query.answer()
        if query.message is not None:
            for text in texts:
                await reply_to(context.bot, query.message, text)


def time_buttons(reply: Reply, comparer: Comparer, keys: Keys) -> tuple[InlineKeyboardButton, ...]:
    """One row for an answer: of its first cited article of law, as far as there is something to show."""
    cited = reply.citations if isinstance(reply, Answer) else ()
    first = next((c for c in cited if c.document.kind in _LAWS and c.quote.passage.article), None)
    if first is None:
        return ()
    article = first.quote.passage.article
    assert article is not None
    key = keys.shorten(f"{first.document.id} {article}")
    comparison: ArticleComparison | None = comparer.article(first.document.id, article)
    buttons = [InlineKeyboardButton(say.COMPARE, callback_data=f"c:{key}")] if comparison else []
    buttons.append(InlineKeyboardButton(say.HISTORY, callback_data=f"h:{key}"))
    if first.standing.repeal is not None:
        buttons.append(InlineKeyboardButton(say.PROOF, callback_data=f"d:{key}"))
    return tuple(buttons)


def proof_html(ended: Citation) -> str:
    """The repealing provision as one message. :raises bot.quoting.UnprovenQuote: it isn't in its passage."""
    link = f'<a href="{escape(ended.url)}">{escape(ended.document.short_title)}</a>'
    return (
        f"<b>{escape(say.PROOF_LEAD)}</b>\n\n<blockquote>«{escape(verify(ended.quote).text)}»</blockquote>\n"
        f"— {link}, {escape(ended.locator)}\n<i>{escape(source_status(ended))}</i>"
    )
