"""The Telegram application: its connection, its handlers and its menus, put together in one place."""

from __future__ import annotations

from typing import Any

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import (
    AIORateLimiter,
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

from bot.telegram import claims, comparison, journalists, staff
from bot.telegram.answers import Answers
from bot.telegram.backlog import Backlog
from bot.telegram.buttons import (
    EXAMPLE_DATA,
    FULL_TEXT_DATA,
    PAGE_DATA,
    PASS_ON_DATA,
    QUESTION_DATA,
    REASON_DATA,
    VOTE_DATA,
    Keys,
)
from bot.telegram.commands import Commands
from bot.telegram.composing import Composer
from bot.telegram.conversations import Conversations
from bot.telegram.deeplinks import DeepLinks
from bot.telegram.deliveries import Outbox
from bot.telegram.dependencies import Dependencies
from bot.telegram.desks import Desks
from bot.telegram.edits import Edits
from bot.telegram.errors import Apologies
from bot.telegram.feedback import Feedback
from bot.telegram.groups import Groups
from bot.telegram.housekeeping import Housekeeping
from bot.telegram.inbox import Inbox, OnceProcessor
from bot.telegram.inline import Inline
from bot.telegram.limits import Limits
from bot.telegram.menus import Menus
from bot.telegram.moves import Moves
from bot.telegram.other_messages import OtherMessages
from bot.telegram.pages import FullTexts
from bot.telegram.passages import Passages
from bot.telegram.passing_on import PassingOn
from bot.telegram.privacy import Forgetting
from bot.telegram.questions import Questions
from bot.telegram.requests import CarefulRequest, PollingRequest

TelegramApplication = Application[Any, Any, Any, Any, Any, Any]
Handler = BaseHandler[Any, Any, Any]

#: The kinds of update that have a handler here; for ``run_polling(allowed_updates=…)``.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "message_reaction",
    "guest_message",
)

_MESSAGE = filters.UpdateType.MESSAGE
_PRIVATE = _MESSAGE & filters.ChatType.PRIVATE
_GROUP = _MESSAGE & filters.ChatType.GROUPS


def build_application(
    deps: Dependencies,
    *,
    token: str,
    api_url: str,
    messages_per_second: float = 30,
    flood_retries: int = 3,
    typing_after_s: float = 0.3,
    patience_s: float = 5.0,
    timeout_s: float = 20.0,
) -> TelegramApplication:
    """An application ready for ``run_polling``.

    ``api_url`` is the Bot API server without path ("https://api.telegram.org", or one's own).
    ``messages_per_second`` is the pace over all chats (0: none); ``flood_retries`` is how often a call is
    repeated after Telegram said 429, each time after the pause that it asked for. ``patience_s``: how long
    a question may be in work when a newer one of its chat has come. ``timeout_s``: how long Telegram may
    take to answer a call.
    """
    server = api_url.rstrip("/")
    outbox, menus = Outbox(deps.storage, metrics=deps.metrics), Menus(deps.staff)
    inbox = Inbox(deps.storage, Backlog(deps, outbox))
    housekeeping = Housekeeping(deps, inbox, outbox)

    async def begin(application: TelegramApplication) -> None:
        await menus.show(application.bot)
        await housekeeping.start(application.bot)

    async def end(_: TelegramApplication) -> None:
        await housekeeping.stop()

    application: TelegramApplication = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
        .defaults(
            Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
        )
        .rate_limiter(AIORateLimiter(overall_max_rate=messages_per_second, max_retries=flood_retries))
        .update_queue(inbox)
        .concurrent_updates(OnceProcessor(inbox))
        .request(
            CarefulRequest(
                connection_pool_size=64,
                connect_timeout=10,
                read_timeout=timeout_s,
                write_timeout=timeout_s,
                pool_timeout=20,
            )
        )
        .get_updates_request(
            PollingRequest(connection_pool_size=1, connect_timeout=10, read_timeout=timeout_s)
        )
        .job_queue(None)
        .post_init(begin)
        .post_stop(end)
        .build()
    )
    limits, desks, keys = Limits(deps.questions_per_minute), Desks(patience_s), Keys()
    composer, conversations = Composer(deps, keys), Conversations(deps.storage)
    answers = Answers(deps, inbox, outbox, composer, desks, limits, conversations, typing_after_s)
    commands = Commands(deps.core, answers, Passages(deps.core, DeepLinks(deps.library), keys), menus)
    questions = Questions(answers, deps.core, keys)
    handlers = [
        # the others first: a forwarded message or a reply to a card is no question
        *staff.handlers(deps),
        *claims.handlers(deps),
        *journalists.handlers(deps),
        *comparison.handlers(deps),
        *_command_handlers(commands, Forgetting(deps, inbox, outbox, desks, conversations)),
        *_message_handlers(commands, questions, answers, Groups(answers, deps.storage, deps.staff)),
        MessageHandler(
            filters.UpdateType.EDITED_MESSAGE & filters.TEXT,
            Edits(answers, composer, desks, deps.storage, inbox).handle,
        ),
        MessageHandler(filters.StatusUpdate.MIGRATE, Moves(deps.storage, deps.staff).told),
        *_inline_handlers(Inline(deps.core, limits)),
        *_tap_handlers(questions, FullTexts(deps.core, keys), Feedback(deps.storage, desks), PassingOn(deps)),
    ]
    menus.learn(handlers)
    application.add_handlers(handlers)
    application.add_error_handler(Apologies().handle)
    return application


def _command_handlers(commands: Commands, forgetting: Forgetting) -> list[Handler]:
    return [
        CommandHandler("start", commands.start, _PRIVATE),
        CommandHandler("start", commands.start_in_group, _GROUP),
        CommandHandler("help", commands.help, _MESSAGE),
        CommandHandler("derekkoz", commands.documents, _MESSAGE),
        CommandHandler("umyt", forgetting.command, _MESSAGE),
    ]


def _message_handlers(
    commands: Commands, questions: Questions, answers: Answers, groups: Groups
) -> list[Handler]:
    return [
        CommandHandler("sura", groups.handle, _MESSAGE),
        MessageHandler(_PRIVATE & filters.COMMAND, commands.unknown),
        MessageHandler(_PRIVATE & filters.TEXT, questions.typed),
        MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, OtherMessages(answers).handle),
        MessageHandler(_GROUP & filters.TEXT, groups.handle),
    ]


def _inline_handlers(inline: Inline) -> list[Handler]:
    return [
        InlineQueryHandler(inline.query),
        MessageHandler(filters.UpdateType.GUEST_MESSAGE, inline.guest),
    ]


def _tap_handlers(
    questions: Questions, full_texts: FullTexts, feedback: Feedback, passing_on: PassingOn
) -> list[Handler]:
    return [
        MessageReactionHandler(feedback.reacted),
        CallbackQueryHandler(questions.example, EXAMPLE_DATA),
        CallbackQueryHandler(questions.suggested, QUESTION_DATA),
        CallbackQueryHandler(full_texts.open, FULL_TEXT_DATA),
        CallbackQueryHandler(full_texts.turn, PAGE_DATA),
        CallbackQueryHandler(feedback.vote, VOTE_DATA),
        CallbackQueryHandler(feedback.reason, REASON_DATA),
        CallbackQueryHandler(passing_on.tap, PASS_ON_DATA),
        CallbackQueryHandler(questions.outdated),  # whatever else a button says
    ]
