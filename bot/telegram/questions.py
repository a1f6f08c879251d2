"""Questions, typed or tapped, and everything else that people send to a private chat."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.ext import ContextTypes

from bot import kazakh
from bot.answers import Reply, SmallTalk
from bot.rendering import to_html
from bot.telegram.buttons import Keys, reply_buttons, tapped
from bot.telegram.core import AnsweringCore
from bot.telegram.errors import ignoring_stale
from bot.telegram.sending import reply_to, typing


class Questions:
    """Answers questions; ``typing_after_s`` is how long a reply may take before «typing» is shown."""

    def __init__(self, core: AnsweringCore, keys: Keys, typing_after_s: float) -> None:
        self._core = core
        self._keys = keys
        self._typing_after_s = typing_after_s

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the text of a message, as a reply to it."""
        message = update.effective_message
        assert message is not None and message.text is not None  # the handler's filter saw it
        await self._answer(message, message.text, context)

    async def suggested(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the question on a suggestion button."""
        query, data = tapped(update, context)
        await self._answer_tap(query, self._keys.expand(data["key"]), context)

    async def example(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer one of the example questions of /start."""
        query, data = tapped(update, context)
        examples = self._core.examples()
        index = int(data["index"])
        await self._answer_tap(query, examples[index] if index < len(examples) else None, context)

    async def outdated(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say so to a button that an earlier version of the bot left in the chat."""
        assert update.callback_query is not None
        await self._answer_tap(update.callback_query, None, context)

    async def _answer_tap(
        self, query: CallbackQuery, question: str | None, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        with ignoring_stale():
            if question is None:
                await query.answer(kazakh.QUESTION_GONE, show_alert=True)
            else:
                await query.answer()
        if question is not None and query.message is not None:
            await self._answer(query.message, question, context, echo=True)

    async def _answer(
        self,
        message: MaybeInaccessibleMessage,
        question: str,
        context: ContextTypes.DEFAULT_TYPE,
        *,
        echo: bool = False,
    ) -> None:
        """Reply to ``message``; ``echo`` shows the question above, where the chat doesn't hold it."""
        async with typing(context.bot, message.chat.id, self._typing_after_s):
            reply = await self._core.reply(str(message.chat.id), question)
        shown = _with_question_shown(reply) if echo else reply
        buttons = reply_buttons(reply, self._core, self._keys)
        await reply_to(context.bot, message, to_html(shown), buttons)


class OtherMessages:
    """One fitting line to what is not a text; an album gets one line, not one a picture."""

    def __init__(self) -> None:
        self._albums: deque[str] = deque(maxlen=1000)

    async def handle(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        album = message.media_group_id
        if album is not None:
            if album in self._albums:
                return
            self._albums.append(album)
        await reply_to(context.bot, message, _fitting_line(message))


def _fitting_line(message: Message) -> str:
    if message.voice or message.audio or message.video_note:
        return kazakh.VOICE_MESSAGE
    if message.sticker:
        return kazakh.STICKER_MESSAGE
    if message.photo or message.video or message.animation:
        return kazakh.PICTURE_MESSAGE
    if message.document:
        return kazakh.FILE_MESSAGE
    return kazakh.OTHER_MESSAGE


def _with_question_shown(reply: Reply) -> Reply:
    if isinstance(reply, SmallTalk):
        return reply
    return replace(reply, understood=reply.understood or reply.question)
