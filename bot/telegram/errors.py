"""What happens when something goes wrong: an apology with an id, and that id in the log."""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from telegram import Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot import kazakh

log = structlog.get_logger()

# Telegram's words for a tap that came twice or too late (Bot API, "Making requests").
_STALE = ("message is not modified", "query is too old", "query id is invalid")


def new_error_id() -> str:
    """What a person is told and the log has: eight hexadecimal digits."""
    return secrets.token_hex(4)


@contextmanager
def ignoring_stale() -> Iterator[None]:
    """Swallow Telegram's refusal of an edit that changes nothing, or of an answer to an old tap."""
    try:
        yield
    except BadRequest as error:
        if not any(words in error.message.lower() for words in _STALE):
            raise


class Apologies:
    """The error handler of the application."""

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Apologise in the chat that the update came from, under an id that the log has too.

        The log gets the kind of error and the place in the code; messages of exceptions may hold a
        user's words and are written at DEBUG only.
        """
        error = context.error
        if not isinstance(update, Update):
            log.warning("telegram_unreachable", error=type(error).__name__)
            return
        if isinstance(error, Forbidden):
            log.info("blocked_by_user", update_id=update.update_id)
            return
        error_id = new_error_id()
        log.error(
            "update_failed",
            error_id=error_id,
            update_id=update.update_id,
            error=type(error).__name__,
            place=_place(error),
        )
        # as text: a renderer that shows local variables would show the token
        log.debug(
            "update_failed_because", error_id=error_id, trace="".join(traceback.format_exception(error))
        )
        await self._apologise(update, context, error_id)

    async def _apologise(self, update: Update, context: ContextTypes.DEFAULT_TYPE, error_id: str) -> None:
        if update.effective_chat is None:
            return
        try:
            await context.bot.send_message(update.effective_chat.id, kazakh.apology(error_id))
        except TelegramError as error:
            log.warning("apology_not_sent", error_id=error_id, error=type(error).__name__)


def _place(error: BaseException | None) -> str:
    """«core.py:41 in reply < questions.py:60 in on_text»: the innermost frames first."""
    frames = traceback.extract_tb(error.__traceback__ if error else None)
    last = reversed(frames[-4:])
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} in {frame.name}" for frame in last)
