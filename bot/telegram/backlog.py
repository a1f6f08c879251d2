"""Questions that waited too long while the bot was down: skipped, with one line to each chat.

Nobody waits any more for an answer of hours ago, and answering thousands of them would keep waiting those
who ask now. Commands are obeyed however old they are: /umyt above all.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from telegram import Message, Update
from telegram.ext import filters

from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.storage.clock import Clock, utc_now
from bot.telegram.addressing import addressed
from bot.telegram.deliveries import Outbox
from bot.telegram.dependencies import Dependencies
from bot.telegram.outgoing import Outgoing

_MAX_CHATS = 100_000

log = structlog.get_logger()


class Backlog:
    """Asked before an update is claimed: to skip thousands costs the database a line a chat, no more."""

    def __init__(self, deps: Dependencies, outbox: Outbox, clock: Clock = utc_now) -> None:
        self._deps = deps
        self._outbox = outbox
        self._clock = clock
        self._told: dict[int, datetime] = {}

    async def skipped(self, update: Update) -> bool:
        """Whether it is dealt with, being too old. :raises StorageError: its chat cannot be told."""
        message = update.message or update.edited_message
        if message is None or not self._too_old(message) or not self._is_question(update, message):
            return False
        await self._tell(message.chat.id)
        self._deps.metrics.skipped()
        log.debug("question_skipped", update_id=update.update_id)
        return True

    def _too_old(self, message: Message) -> bool:
        age = self._deps.max_question_age
        return bool(age) and self._clock() - (message.edit_date or message.date) > age

    def _is_question(self, update: Update, message: Message) -> bool:
        sender = message.from_user.id if message.from_user else message.chat.id
        if self._deps.staff.admits(sender, message.chat.id) or filters.StatusUpdate.ALL.check_update(update):
            return False
        if message.chat.type != message.chat.PRIVATE:
            return addressed(message, message.get_bot()) is not None
        return not (message.text or "").startswith("/")

    async def _tell(self, chat_id: int) -> None:
        """Once a chat and downtime; the key sees to it where several replicas go through the backlog."""
        now, age = self._clock(), self._deps.max_question_age
        told_at = self._told.get(chat_id)
        if told_at is not None and now - told_at <= age:
            return
        storage = self._deps.storage
        period = int(now.timestamp() // age.total_seconds())
        await storage.deliveries.owe(
            chat_id,
            Outgoing(escape(say.SKIPPED_QUESTIONS)).to_json(),
            dedupe_key=f"late:{storage.keys.chat(chat_id)}:{period}",
            kind="late",
        )
        log.info("chat_told_of_skipped_questions", key=str(storage.keys.chat(chat_id))[:8])
        if len(self._told) >= _MAX_CHATS:
            self._told.clear()
        self._told[chat_id] = now
        self._outbox.wake()
