"""One fitting line to what is not a text."""

from __future__ import annotations

from collections import deque

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import kazakh
from bot.message_draft import escape
from bot.telegram.answers import Answers
from bot.telegram.outgoing import Outgoing
from bot.telegram.update_keys import key_of


class OtherMessages:
    """Stickers, voice, pictures, files; an album gets one line, not one a picture."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._albums: deque[str] = deque(maxlen=1000)

    async def handle(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        album = message.media_group_id
        if album is not None:
            if album in self._albums:
                return
            self._albums.append(album)
        line = Outgoing(escape(fitting_line(message)))
        await self._answers.say(
            key_of(update), message.chat.id, line, bot=context.bot, reply_to=message.message_id
        )


def fitting_line(message: Message) -> str:
    if message.voice or message.audio or message.video_note:
        return kazakh.VOICE_MESSAGE
    if message.sticker:
        return kazakh.STICKER_MESSAGE
    if message.photo or message.video or message.animation:
        return kazakh.PICTURE_MESSAGE
    if message.document:
        return kazakh.FILE_MESSAGE
    return kazakh.OTHER_MESSAGE
