"""The Telegram application: its connection, its handlers and its menu, put together in one place."""

from __future__ import annotations

from typing import Any

import structlog
from telegram import BotCommand, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    MessageHandler,
    filters,
)

from bot import kazakh
from bot.telegram.buttons import EXAMPLE_DATA, FULL_TEXT_DATA, PAGE_DATA, QUESTION_DATA, Keys
from bot.telegram.commands import Commands
from bot.telegram.core import AnsweringCore
from bot.telegram.errors import Apologies
from bot.telegram.pages import FullTexts
from bot.telegram.questions import OtherMessages, Questions

TelegramApplication = Application[Any, Any, Any, Any, Any, Any]

#: The kinds of update that have a handler here; for ``run_polling(allowed_updates=…)``.
ALLOWED_UPDATES = ("message", "callback_query")

_PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE

log = structlog.get_logger()


def build_application(
    core: AnsweringCore,
    *,
    token: str,
    api_url: str,
    messages_per_second: float = 30,
    flood_retries: int = 3,
    typing_after_s: float = 0.3,
) -> TelegramApplication:
    """An application ready for ``run_polling``.

    ``api_url`` is the Bot API server without path ("https://api.telegram.org", or one's own).
    ``messages_per_second`` is the pace over all chats (0: none); ``flood_retries`` is how often a call is
    repeated after Telegram said 429, each time after the pause that it asked for.
    """
    server = api_url.rstrip("/")
    application: TelegramApplication = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
        .defaults(
            Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
        )
        .rate_limiter(AIORateLimiter(overall_max_rate=messages_per_second, max_retries=flood_retries))
        .concurrent_updates(True)
        .connection_pool_size(64)
        .connect_timeout(10)
        .read_timeout(20)
        .write_timeout(20)
        .pool_timeout(20)
        .get_updates_connect_timeout(10)
        .get_updates_read_timeout(20)
        .job_queue(None)
        .post_init(_set_menu)
        .build()
    )
    _register(application, core, typing_after_s)
    return application


def _register(application: TelegramApplication, core: AnsweringCore, typing_after_s: float) -> None:
    """Every handler of the bot, in the order in which they are asked."""
    keys = Keys()
    commands = Commands(core)
    questions = Questions(core, keys, typing_after_s)
    full_texts = FullTexts(core, keys)

    application.add_handlers(
        [
            CommandHandler("start", commands.start, _PRIVATE),
            CommandHandler("help", commands.help, _PRIVATE),
            CommandHandler("derekkoz", commands.documents, _PRIVATE),
            MessageHandler(_PRIVATE & filters.COMMAND, commands.unknown),
            MessageHandler(_PRIVATE & filters.TEXT, questions.typed),
            MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, OtherMessages().handle),
            CallbackQueryHandler(questions.example, EXAMPLE_DATA),
            CallbackQueryHandler(questions.suggested, QUESTION_DATA),
            CallbackQueryHandler(full_texts.open, FULL_TEXT_DATA),
            CallbackQueryHandler(full_texts.turn, PAGE_DATA),
            CallbackQueryHandler(questions.outdated),
        ]
    )
    application.add_error_handler(Apologies().handle)


async def _set_menu(application: TelegramApplication) -> None:
    """The commands in the menu button; without them the bot works all the same."""
    try:
        await application.bot.set_my_commands([BotCommand(name, text) for name, text in kazakh.MENU])
    except TelegramError as error:
        log.warning("menu_not_set", error=type(error).__name__)
