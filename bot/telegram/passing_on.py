"""«Қызметкерге жіберу» under a refusal: with the asker's tap, and only his, staff see the question."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.kazakh import telegram as say
from bot.storage.values import QuestionStatus
from bot.telegram.buttons import PASS_ON_DATA, markup_of, tapped
from bot.telegram.dependencies import Dependencies
from bot.telegram.errors import ignoring_stale
from bot.telegram.staff.intake import pass_on


class PassingOn:
    """Hands a refused question to the staff."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps

    async def tap(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The tap is the agreement; the button goes, what is said stays until it is read."""
        query, data = tapped(update, context)
        line = await self._passed_on(update, context, int(data["question"]))
        with ignoring_stale():
            await query.answer(line, show_alert=True)
        message = query.message
        if line == say.PASS_ON_NOT_YOURS or not isinstance(message, Message) or message.reply_markup is None:
            return
        rows = [
            tuple(button for button in row if not PASS_ON_DATA.match(str(button.callback_data)))
            for row in message.reply_markup.inline_keyboard
        ]
        with ignoring_stale():
            await query.edit_message_reply_markup(markup_of(rows))

    async def _passed_on(self, update: Update, context: ContextTypes.DEFAULT_TYPE, question_id: int) -> str:
        """What the asker is told."""
        query = update.callback_query
        storage = self._deps.storage
        question = await storage.questions.get(question_id)
        if query is None or query.message is None or question is None or question.text is None:
            return say.PASS_ON_GONE
        if question.person != storage.keys.person(query.from_user.id):
            return say.PASS_ON_NOT_YOURS
        if question.status is QuestionStatus.PASSED_ON:
            return say.PASSED_ON_ALREADY
        taken = await pass_on(
            self._deps,
            context.bot,
            question_id=question_id,
            user_id=query.from_user.id,
            chat_id=query.message.chat.id,
            reply_to=question.asked_in or query.message.message_id,
        )
        return say.PASSED_ON if taken else say.PASS_ON_GONE
