"""Who is let in: the staff's commands, taps and replies, which answer nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.telegram.dependencies import StaffRoom

Handle = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
Row = tuple[tuple[str, str], ...]
"""Buttons of one line: label and callback data."""


def admitted(room: StaffRoom, update: Update) -> bool:
    """By the sender's own number and the chat's: what the data of a button says proves nothing."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or user.is_bot:
        return False
    return room.admits(user.id, chat.id if chat is not None else user.id)


class Admitted(filters.UpdateFilter):
    """Messages of the staff; those of others go on to whoever comes next, as if nobody listened here."""

    def __init__(self, room: StaffRoom) -> None:
        super().__init__()
        self._room = room

    def filter(self, update: Update) -> bool:
        return admitted(self._room, update)


class StaffTaps(CallbackQueryHandler[ContextTypes.DEFAULT_TYPE, None]):
    """Taps of the staff on buttons of one kind; a tap of anybody else is not taken."""

    def __init__(self, room: StaffRoom, pattern: str, callback: Handle) -> None:
        super().__init__(callback, re.compile(rf"s:{pattern}\Z"))
        self._room = room

    def check_update(self, update: object) -> bool | object | None:
        if not isinstance(update, Update) or not admitted(self._room, update):
            return None
        return super().check_update(update)


def staff_command(room: StaffRoom, name: str, callback: Handle) -> CommandHandler[Any, None]:
    return CommandHandler(name, callback, filters.UpdateType.MESSAGE & Admitted(room))


class RepliesTo(filters.MessageFilter):
    """Replies to a message of this bot whose text begins as ``pattern`` wants: the numbers in it say what
    the reply is about, after a restart too."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        super().__init__()
        self._pattern = pattern

    def filter(self, message: Message) -> bool:
        return about(message, self._pattern) is not None


def about(message: Message, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """What the message is a reply to, where that is a text of this bot's that begins so."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != message.get_bot().id:
        return None
    return pattern.match(replied.text or "")


def keyboard(*rows: Row) -> InlineKeyboardMarkup | None:
    """Rows of (label, data); empty ones are left out."""
    lines = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows if row]
    return InlineKeyboardMarkup(lines) if lines else None
