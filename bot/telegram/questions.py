"""Questions typed or tapped in a private chat, and the taps on suggestions anywhere."""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update
from telegram.ext import ContextTypes

from bot import kazakh
from bot.telegram.answers import Answers, Asked
from bot.telegram.buttons import Keys, label_of, tapped
from bot.telegram.core import AnsweringCore
from bot.telegram.errors import ignoring_stale
from bot.telegram.update_keys import key_of


class Questions:
    """Takes questions from messages and buttons."""

    def __init__(self, answers: Answers, core: AnsweringCore, keys: Keys) -> None:
        self._answers = answers
        self._core = core
        self._keys = keys

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the text of a message, as a reply to it."""
        message = update.effective_message
        assert message is not None and message.text is not None  # the handler's filter saw it
        await self._answers.answer(asked_in(update, message, message.text), context.bot)

    async def suggested(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the question on a suggestion button; a long one, once forgotten, is read off the button."""
        query, data = tapped(update, context)
        question = self._keys.expand(data["key"]) or label_of(query)
        await self._answer_tap(update, query, question, context)

    async def example(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer one of the example questions of /start."""
        query, data = tapped(update, context)
        examples = self._core.examples()
        index = int(data["index"])
        question = label_of(query) or (examples[index] if index < len(examples) else None)
        await self._answer_tap(update, query, question, context)

    async def outdated(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say so to a button that an earlier version of the bot left in the chat."""
        assert update.callback_query is not None
        await self._answer_tap(update, update.callback_query, None, context)

    async def _answer_tap(
        self,
        update: Update,
        query: CallbackQuery,
        question: str | None,
        context: ContextTypes.DEFAULT_TYPE,
    ) -> None:
        with ignoring_stale():
            if question is None:
                await query.answer(kazakh.QUESTION_GONE, show_alert=True)
            else:
                await query.answer()
        if question is None or query.message is None:
            return
        asked = Asked(
            update_key=key_of(update),
            text=question,
            user_id=query.from_user.id,
            chat_id=query.message.chat.id,
            reply_to=query.message.message_id,
            private=query.message.chat.type == query.message.chat.PRIVATE,
            echo=True,
        )
        await self._answers.answer(asked, context.bot)


def asked_in(update: Update, message: Message, text: str) -> Asked:
    """The question that a person's message holds: ``text``, or a part of the message's text."""
    sender = message.from_user
    replied = message.reply_to_message
    return Asked(
        update_key=key_of(update),
        text=text,
        user_id=sender.id if sender else message.chat.id,
        chat_id=message.chat.id,
        reply_to=message.message_id,
        private=message.chat.type == message.chat.PRIVATE,
        message_id=message.message_id,
        answered_message_id=replied.message_id if replied else None,
    )
