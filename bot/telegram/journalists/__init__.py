"""For journalists: citation cards, articles by number, news of changed documents."""

from __future__ import annotations

from typing import Any

from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.citing import Citer
from bot.telegram.dependencies import Dependencies
from bot.telegram.journalists.articles import Articles
from bot.telegram.journalists.cards import CARD_DATA, Cards
from bot.telegram.journalists.derek import PAGE_DATA, Derek
from bot.telegram.journalists.documents import HeldDocuments
from bot.telegram.journalists.watching import Watching
from knowledge.article_text import load_article_notes

Handler = BaseHandler[Any, Any, Any]

_MESSAGE = filters.UpdateType.MESSAGE


def handlers(deps: Dependencies) -> list[Handler]:
    """/derek, /bakylau and the taps of «j:…», in private chats and in groups."""
    citer = Citer(deps.catalog, deps.library, load_article_notes(), deps.today)
    documents = HeldDocuments(deps.catalog, deps.library)
    cards = Cards(deps.library, citer, deps.today)
    derek = Derek(Articles(deps.library, citer, documents), documents)
    watching = Watching(deps.storage, documents)
    return [
        CommandHandler("derek", derek.command, _MESSAGE),
        CommandHandler("bakylau", watching.command, _MESSAGE),
        CallbackQueryHandler(cards.send, CARD_DATA),
        CallbackQueryHandler(derek.turn, PAGE_DATA),
    ]
