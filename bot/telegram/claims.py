"""Claims to check: /tekser, a reply with /tekser, a forwarded message."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.claims import Checker
from bot.kazakh import claims as say
from bot.message_draft import escape
from bot.telegram.dependencies import Dependencies
from bot.telegram.sending import reply_to, typing
from bot.verdict_rendering import to_html

_MESSAGE = filters.UpdateType.MESSAGE
_FORWARDED = filters.FORWARDED & (filters.TEXT | filters.CAPTION) & ~filters.COMMAND
_TYPING_AFTER_S = 0.3


def handlers(deps: Dependencies) -> list[BaseHandler[Any, Any, Any]]:
    """/tekser in private chats and groups; forwarded messages in private chats only."""
    claims = Claims(deps.checker)
    return [
        CommandHandler("tekser", claims.command, _MESSAGE),
        MessageHandler(_MESSAGE & filters.ChatType.PRIVATE & _FORWARDED, claims.forwarded),
    ]


class Claims:
    """Checks in a thread: comparing takes tenths of a second of pure work."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«/tekser мәлімдеме», or /tekser as a reply to the message that holds it."""
        message = update.effective_message
        assert message is not None
        typed = _behind_command(message.text or "")
        replied = message.reply_to_message
        if typed:
            await self._check(message, typed, context)
        elif message.quote is not None:  # a part of the message was picked to reply to
            await self._check(message, message.quote.text, context)
        elif replied is None:
            await reply_to(context.bot, message, escape(say.USAGE))
        elif text := replied.text or replied.caption:
            await self._check(message, text, context)
        else:
            await reply_to(context.bot, message, escape(say.NOT_A_TEXT))

    async def forwarded(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The text of a forwarded message, or the caption of a forwarded picture."""
        message = update.effective_message
        assert message is not None
        await self._check(message, message.text or message.caption or "", context)

    async def _check(self, message: Message, claim: str, context: ContextTypes.DEFAULT_TYPE) -> None:
        async with typing(context.bot, message.chat.id, _TYPING_AFTER_S):
            verdict = await asyncio.to_thread(self._checker.check, claim)
        await reply_to(context.bot, message, to_html(verdict))


def _behind_command(text: str) -> str:
    """What is typed behind the command, its line ends kept."""
    return text.split(maxsplit=1)[1].strip() if len(text.split(maxsplit=1)) > 1 else ""
