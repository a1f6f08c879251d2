"""/derek: any article of any held edition, in pages."""

from __future__ import annotations

import re
from itertools import groupby

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ContextTypes

from bot import kazakh
from bot.kazakh import journalists as say
from bot.message_draft import blocks, escape
from bot.telegram.buttons import tapped
from bot.telegram.errors import ignoring_stale
from bot.telegram.journalists.articles import Articles, FoundArticle, NotFound
from bot.telegram.journalists.cards import CARDS_A_ROW, quote_button
from bot.telegram.journalists.documents import HeldDocuments
from bot.telegram.journalists.request import ArticleRequest, AskedTime, read_request
from bot.telegram.pages import pages_of
from bot.telegram.sending import reply_to
from knowledge.model import Quote

#: A page of an article: «j:p:1:law-assembly:9:2012». It carries all, so it survives a restart.
PAGE_DATA = re.compile(r"j:p:(?P<page>\d{1,9}):(?P<document>[^:]+):(?P<article>[^:]+):(?P<time>[\d-]*)\Z")


class Derek:
    def __init__(self, articles: Articles, documents: HeldDocuments) -> None:
        self._articles = articles
        self._documents = documents

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«/derek law-assembly 9», «/derek Конституция 58», «/derek law-assembly 9 2008 жылғы редакция»."""
        message = update.effective_message
        assert message is not None
        found = self._found(" ".join(context.args or ()))
        if isinstance(found, NotFound):
            await reply_to(context.bot, message, escape(found.text))
            return
        pages = pages_of(found.text)
        await reply_to(context.bot, message, pages[0], buttons_of(found, 0, len(pages)))

    async def turn(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show another page in place."""
        query, data = tapped(update, context)
        found = self._again(data["document"], data["article"], data["time"])
        with ignoring_stale():
            if found is None:
                await query.answer(say.ARTICLE_GONE, show_alert=True)
                return
            await query.answer()
        pages = pages_of(found.text)
        page = min(int(data["page"]), len(pages) - 1)
        with ignoring_stale():
            await query.edit_message_text(pages[page], reply_markup=buttons_of(found, page, len(pages)))

    def _found(self, asked: str) -> FoundArticle | NotFound:
        if not asked.strip():
            return NotFound(blocks(say.DEREK_USAGE, self._documents.list()))
        request = read_request(asked, self._documents)
        if request is None:
            return NotFound(blocks(say.NO_SUCH_DOCUMENT, self._documents.list()))
        return self._articles.find(request)

    def _again(self, document_id: str, article: str, code: str) -> FoundArticle | None:
        """What a page button was made for; None where it is held no more."""
        document = self._documents.of_id(document_id)
        try:
            time = AskedTime.of_code(code) if code else None
        except ValueError:
            return None
        found = self._articles.find(ArticleRequest(document, article, time)) if document else None
        return found if isinstance(found, FoundArticle) else None


def buttons_of(found: FoundArticle, page: int, pages: int) -> InlineKeyboardMarkup | None:
    """«Алдыңғы» and «Келесі» where there is such a page, then a card for each part that can be quoted."""
    place = f"{found.document.id}:{found.article}:{found.code}"
    turning = [
        InlineKeyboardButton(label, callback_data=f"j:p:{target}:{place}")
        for label, target in ((kazakh.PREVIOUS, page - 1), (kazakh.NEXT, page + 1))
        if 0 <= target < pages
    ]
    cards = _card_buttons(found)
    rows = [turning, *(cards[at : at + CARDS_A_ROW] for at in range(0, len(cards), CARDS_A_ROW))]
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def _card_buttons(found: FoundArticle) -> list[InlineKeyboardButton]:
    buttons = []
    for point, group in groupby(found.passages, key=lambda passage: passage.point):
        parts = list(group)
        number = point if found.passages[0].article else None  # a paragraph is all there is of its page
        for part, passage in enumerate(parts, start=1):
            label = say.card_of_point(number, part if len(parts) > 1 else 0)
            buttons.append(quote_button(Quote(passage, passage.text), label))
    return buttons
