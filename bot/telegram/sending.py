"""Sending a reply, and the typing action while one is being made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from telegram import Bot, InlineKeyboardMarkup, MaybeInaccessibleMessage, Message, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import TelegramError

_TYPING_LASTS_S = 4.5  # clients show the action for five seconds

log = structlog.get_logger()


async def reply_to(
    bot: Bot, message: MaybeInaccessibleMessage, markup: str, buttons: InlineKeyboardMarkup | None = None
) -> Message:
    """Send HTML as a reply to ``message``, or plainly where that was deleted meanwhile."""
    return await reply_with(bot, message.chat.id, message.message_id, markup, buttons)


async def reply_with(
    bot: Bot, chat_id: int, message_id: int, markup: str, buttons: InlineKeyboardMarkup | None = None
) -> Message:
    """As ``reply_to``, where only the message's number is known."""
    return await bot.send_message(
        chat_id,
        markup,
        reply_markup=buttons,
        reply_parameters=ReplyParameters(message_id, allow_sending_without_reply=True),
    )


@asynccontextmanager
async def typing(bot: Bot, chat_id: int, after_s: float) -> AsyncIterator[None]:
    """Show «typing» while the block runs, from ``after_s`` on: a quick answer needs none.

    Leaving the block never waits for Telegram; an action that can't be sent is no error.
    """
    shown = asyncio.create_task(_keep_typing(bot, chat_id, after_s))
    try:
        yield
    finally:
        shown.cancel()


async def _keep_typing(bot: Bot, chat_id: int, after_s: float) -> None:
    await asyncio.sleep(after_s)
    while True:
        try:
            await bot.send_chat_action(chat_id, ChatAction.TYPING)
        except TelegramError as error:
            log.debug("typing_not_shown", error=type(error).__name__)
        await asyncio.sleep(_TYPING_LASTS_S)
