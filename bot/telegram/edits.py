"""An edited question: its answer is edited, not given a second time."""

from __future__ import annotations

import time

from telegram import Bot, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.storage.storage import Storage
from bot.storage.values import KeptQuestion
from bot.telegram.addressing import addressed
from bot.telegram.answers import Answers, Asked, new_question
from bot.telegram.composing import Composer
from bot.telegram.desks import Desks, Replaced, Seat
from bot.telegram.inbox import Inbox
from bot.telegram.questions import asked_in


class Edits:
    """Takes edited messages; what was no question before the edit may be one after it."""

    def __init__(
        self, answers: Answers, composer: Composer, desks: Desks, storage: Storage, inbox: Inbox
    ) -> None:
        self._answers = answers
        self._composer = composer
        self._desks = desks
        self._storage = storage
        self._inbox = inbox

    async def handle(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.edited_message
        assert message is not None
        text = _question_in(message, context.bot)
        if not text:
            return
        asked = asked_in(update, message, text)
        try:
            async with self._desks.seat(asked.chat_id) as seat:  # the answer may be in work yet
                kept = await self._storage.questions.by_message(asked.chat_id, message.message_id)
                if kept is not None and kept.text == text:
                    return  # Telegram also tells of a link that got its preview
                if kept is not None and await self._answered_anew(asked, kept, seat, context.bot):
                    return
        except Replaced:
            return
        await self._answers.answer(asked, context.bot)

    async def _answered_anew(self, asked: Asked, kept: KeptQuestion, seat: Seat, bot: Bot) -> bool:
        """Whether there was an answer that could be edited."""
        if not kept.answered_in:
            return False
        started = time.perf_counter()
        reply = await seat.work(self._answers.reply(asked, replaces=kept))
        elapsed_ms = (time.perf_counter() - started) * 1000
        outgoing = self._composer.compose(reply, username=bot.username, question_id=kept.id)
        try:
            await bot.edit_message_text(
                outgoing.html,
                chat_id=asked.chat_id,
                message_id=kept.answered_in[-1],
                reply_markup=outgoing.buttons,
            )
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                return False  # its answer was deleted
        question = new_question(asked, reply, elapsed_ms)
        async with self._storage.transaction():
            await self._storage.questions.revise(kept.id, question)
            await self._answers.remember(asked, question)
            await self._inbox.done(asked.update_key)
        self._inbox.finished(asked.update_key)
        return True


def _question_in(message: Message, bot: Bot) -> str | None:
    if message.chat.type == message.chat.PRIVATE:
        return None if (message.text or "").startswith("/") else message.text
    return addressed(message, bot)
