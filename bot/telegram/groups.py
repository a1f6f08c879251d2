"""Groups: answers when mentioned, replied to or asked by /sura, never otherwise, and always as a reply."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.storage.storage import Storage
from bot.telegram.addressing import addressed
from bot.telegram.answers import Answers
from bot.telegram.dependencies import StaffRoom
from bot.telegram.outgoing import Outgoing
from bot.telegram.questions import asked_in
from bot.telegram.update_keys import key_of


class Groups:
    """Takes every message of a group that Telegram shows the bot."""

    def __init__(self, answers: Answers, storage: Storage, staff: StaffRoom) -> None:
        self._answers = answers
        self._storage = storage
        self._staff = staff

    async def handle(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        question = addressed(message, context.bot)
        if question is None or await self._is_staff_talk(message, question):
            return
        if not question:
            question = _question_replied_to(message)
        if question:
            await self._answers.answer(asked_in(update, message, question), context.bot)
            return
        usage = Outgoing(escape(say.GROUP_USAGE))
        await self._answers.say(
            key_of(update), message.chat.id, usage, bot=context.bot, reply_to=message.message_id
        )

    async def _is_staff_talk(self, message: Message, question: str) -> bool:
        """In the staff's room, replies to the bot's cards and reports are no questions to it."""
        if message.chat.id != self._staff.chat_id or message.reply_to_message is None:
            return False
        if question != (message.text or "").strip():
            return False  # it was called by name or by /sura
        replied = message.reply_to_message.message_id
        return await self._storage.questions.by_message(message.chat.id, replied) is None


def _question_replied_to(message: Message) -> str:
    """«/sura» or the bot's name alone, in reply to somebody's message: that one is the question."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.is_bot:
        return ""
    return (replied.text or "").strip()
