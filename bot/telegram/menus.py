"""The commands in the menu button, by where it is opened: a private chat, a group, the staff's room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler

from bot.kazakh import telegram as say
from bot.telegram.dependencies import StaffRoom

Menu = tuple[tuple[str, str], ...]

log = structlog.get_logger()


class Menus:
    """Shows only what has a handler."""

    def __init__(self, staff: StaffRoom) -> None:
        self._staff = staff
        self._known: frozenset[str] = frozenset()

    def learn(self, handlers: Iterable[BaseHandler[Any, Any, Any]]) -> None:
        """Which commands the application has."""
        commands = (handler.commands for handler in handlers if isinstance(handler, CommandHandler))
        self._known = frozenset(name for names in commands for name in names)

    @property
    def private(self) -> Menu:
        return self._of(say.PRIVATE_MENU)

    @property
    def group(self) -> Menu:
        return self._of(say.GROUP_MENU)

    @property
    def staff(self) -> Menu:
        return self._of(say.STAFF_MENU)

    async def show(self, bot: Bot) -> None:
        """Set all menus; without them the bot works all the same."""
        menus: list[tuple[BotCommandScope, Menu]] = [
            (BotCommandScopeAllPrivateChats(), self.private),
            (BotCommandScopeAllGroupChats(), self.group),
        ]
        if self._staff.chat_id is not None:
            menus.append((BotCommandScopeChat(self._staff.chat_id), self.staff))
        for scope, menu in menus:
            try:
                await bot.set_my_commands([BotCommand(name, text) for name, text in menu], scope)
            except TelegramError as error:
                log.warning("menu_not_set", scope=scope.type, error=type(error).__name__)

    def _of(self, menu: Menu) -> Menu:
        return tuple((name, text) for name, text in menu if name in self._known)
