"""Updates as they arrive: claimed in the database before Telegram may forget them, worked on once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Coroutine
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import NetworkError
from telegram.ext import BaseUpdateProcessor

from bot.storage.errors import StorageError
from bot.storage.storage import Storage
from bot.telegram.backlog import Backlog
from bot.telegram.turns import ChatTurns
from bot.telegram.update_keys import key_of

MAX_AT_ONCE = 256

log = structlog.get_logger()


class Inbox(asyncio.Queue[Any]):
    """The update queue of the application.

    The library puts an update here before the next poll tells Telegram that it has arrived, and the
    webhook before it answers: so each is either kept in the database or still at Telegram, whenever the
    process dies. What comes a second time (to this process or another) is dropped. Inline queries and
    reactions are not claimed: to answer them twice does no harm, to answer them late no good.
    """

    def __init__(self, storage: Storage, backlog: Backlog | None = None) -> None:
        super().__init__()
        self._storage = storage
        self._backlog = backlog
        self._open: set[int] = set()
        self._torn: set[int] = set()
        self.torn = asyncio.Event()  # something is to be worked on anew that the database failed
        self.turns = ChatTurns(storage.updates)

    async def put(self, item: Any) -> None:
        """:raises NetworkError: the database could not claim it; Telegram then gives it again."""
        if isinstance(item, Update) and _is_work(item):
            key, chat_id = key_of(item), _chat_of(item)
            try:
                if self._backlog is not None and await self._backlog.skipped(item):
                    return
                claim = await self._storage.updates.claim(key, item.to_json(), chat_id=chat_id)
            except StorageError as exc:
                raise NetworkError(f"update {item.update_id} not claimed: {exc}") from exc
            if claim is None:
                log.info("update_repeated", update_id=item.update_id)
                return
            self._open.add(key)
            self.turns.came(key, chat_id, claim.earlier)
        await super().put(item)

    async def take_up(self, bot: Bot) -> int:
        """Queue the updates that a dead process left behind, and those that the database failed; how many.

        :raises StorageError: the database is away still.
        """
        taken = 0
        for key in tuple(self._torn):
            await self._storage.updates.give_back(key)
            self._torn.discard(key)
        if not self._torn:
            self.torn.clear()
        while left := await self._storage.updates.unfinished():
            for update in left:
                if update.id in self._open:  # this very process is slow with it, not dead
                    continue
                self._open.add(update.id)
                item = Update.de_json(json.loads(update.payload), bot)
                self.turns.came(update.id, _chat_of(item), None)
                await super().put(item)
                taken += 1
        return taken

    async def renew(self) -> None:
        """Say that this process is alive and at work on what it has claimed."""
        await self._storage.updates.renew(list(self._open))

    async def done(self, key: int) -> None:
        """Nothing is left to do for it. Safe to call twice, best in the transaction that owes the answer."""
        if key in self._open:
            await self._storage.updates.done(key)

    def finished(self, key: int) -> None:
        """The transaction in which it was ``done`` is kept."""
        self._open.discard(key)

    def tear(self, key: int) -> None:
        """The database failed while it was worked on: whoever takes up next works on it anew."""
        self._open.discard(key)
        self._torn.add(key)
        self.torn.set()


class OnceProcessor(BaseUpdateProcessor):
    """Works on updates side by side, each when its chat's turn comes, and marks each as done when its handler
    comes back.

    A handler that fails has apologised (errors.py): its update is done too. Where the database is away,
    so that nothing can be marked, the answer comes late: the update is taken up when it is back.
    """

    def __init__(self, inbox: Inbox, max_concurrent_updates: int = MAX_AT_ONCE) -> None:
        super().__init__(max_concurrent_updates)
        self._inbox = inbox

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        if not isinstance(update, Update):
            await coroutine
            return
        key = key_of(update)
        # each update has a task, so a context, of its own
        structlog.contextvars.bind_contextvars(update_id=update.update_id)
        try:
            if await self._inbox.turns.wait(key):
                await coroutine
                await self._inbox.done(key)
        except StorageError as error:
            log.error("update_torn", update_id=update.update_id, error=str(error))
            self._inbox.tear(key)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # of one that never had its turn
            self._inbox.finished(key)
            self._inbox.turns.over(key)

    async def initialize(self) -> None:
        """Nothing is to be prepared."""

    async def shutdown(self) -> None:
        """Nothing is to be closed."""


def _is_work(update: Update) -> bool:
    """Whether somebody waits for an answer that must not get lost, nor come twice."""
    return bool(update.message or update.edited_message or update.callback_query or update.guest_message)


def _chat_of(update: Update) -> int | None:
    return None if update.effective_chat is None else update.effective_chat.id
