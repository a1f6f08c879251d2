"""A group becomes a supergroup: Telegram says so in both, and what is kept of the one follows."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.ext import ContextTypes

from bot.storage.storage import Storage
from bot.telegram.dependencies import StaffRoom

log = structlog.get_logger()


class Moves:
    def __init__(self, storage: Storage, staff: StaffRoom) -> None:
        self._storage = storage
        self._staff = staff

    async def told(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Whichever of the two messages comes first is acted upon."""
        message = update.effective_message
        assert message is not None
        old, new = message.chat.id, message.migrate_to_chat_id
        if message.migrate_from_chat_id is not None:
            old, new = message.migrate_from_chat_id, message.chat.id
        assert new is not None  # the handler's filter saw one of the two
        if await self._storage.moving.move(old, new):
            log.info("chat_moved")
        if old == self._staff.chat_id:
            log.error("staff_chat_moved", wanted=f"STAFF_CHAT_ID={new}, and a restart")
