"""The commands of a private chat: /start, /help, /derekkoz."""

from __future__ import annotations

import html

from telegram import Update
from telegram.ext import ContextTypes

from bot import kazakh
from bot.fitting import MAX_MESSAGE_UNITS, visible_length
from bot.telegram.buttons import example_buttons
from bot.telegram.core import AnsweringCore, DocumentLine
from bot.telegram.pages import packed
from bot.telegram.sending import reply_to


class Commands:
    """Answers the commands; what they say about the texts comes from ``core``."""

    def __init__(self, core: AnsweringCore) -> None:
        self._core = core

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What the bot is, and three examples to tap."""
        await self._say(update, context, html.escape(kazakh.START), examples=True)

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._say(update, context, html.escape(kazakh.HELP))

    async def unknown(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._say(update, context, html.escape(kazakh.UNKNOWN_COMMAND))

    async def documents(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The documents with their editions and status, in as many messages as they need."""
        lines = self._core.documents()
        if not lines:
            await self._say(update, context, html.escape(kazakh.NO_DOCUMENTS))
            return
        blocks = [f"<b>{html.escape(kazakh.DOCUMENTS)}</b>", *(_document_html(line) for line in lines)]
        for text in packed(blocks, MAX_MESSAGE_UNITS, visible_length):
            await self._say(update, context, text)

    async def _say(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, markup: str, *, examples: bool = False
    ) -> None:
        message = update.effective_message
        assert message is not None
        buttons = example_buttons(self._core.examples()) if examples else None
        await reply_to(context.bot, message, markup, buttons)


def _document_html(line: DocumentLine) -> str:
    parts = [f'<a href="{html.escape(line.url)}">{html.escape(line.title)}</a>']
    if line.requisites:
        parts.append(html.escape(line.requisites))
    if line.editions:
        parts.append(html.escape(kazakh.editions(line.editions)))
    parts.append(f"<i>{html.escape(line.status)}</i>")
    return "\n".join(parts)
