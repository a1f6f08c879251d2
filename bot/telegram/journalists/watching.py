"""/bakylau: a chat is told when a sync changes a document that it watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import structlog
from telegram import Update
from telegram.ext import ContextTypes

from bot.kazakh import journalists as say
from bot.message_draft import blocks, escape
from bot.storage.storage import Storage
from bot.telegram.journalists.changes import DocumentChange, changes_between
from bot.telegram.journalists.documents import HeldDocuments
from bot.telegram.journalists.text_state import TextState
from bot.telegram.outgoing import Outgoing
from bot.telegram.sending import reply_to
from knowledge.catalog import Catalog
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import Document

#: In the data folder: the texts of which the watching chats know.
STATE_FILE = "announced-texts.json"

log = structlog.get_logger()


class Watching:
    """The command. The same words again end what they began."""

    def __init__(self, storage: Storage, documents: HeldDocuments) -> None:
        self._storage = storage
        self._documents = documents

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«/bakylau law-assembly», «/bakylau Конституция»; alone: what is watched, and what can be."""
        message = update.effective_message
        assert message is not None
        chat_id, request = message.chat.id, " ".join(context.args or ())
        text = await (self._toggled(chat_id, request) if request.strip() else self._listed(chat_id))
        await reply_to(context.bot, message, escape(text))

    async def _toggled(self, chat_id: int, request: str) -> str:
        document = self._documents.named(request)
        if document is None or not document.act_code:
            return blocks(say.NO_SUCH_DOCUMENT, self._targets())
        subscriptions = self._storage.subscriptions
        if await subscriptions.remove(chat_id, document.id):
            return say.watching_no_more(document.short_title)
        await subscriptions.add(chat_id, document.id)
        return say.watching(document.short_title, document.id)

    async def _listed(self, chat_id: int) -> str:
        watched = [self._documents.of_id(id) for id in await self._storage.subscriptions.of(chat_id)]
        lines = [f"• {document.short_title} ({document.id})" for document in watched if document]
        mine = "\n".join((say.WATCHED, *lines)) if lines else say.WATCHES_NOTHING
        return blocks(mine, self._targets(), say.WATCH_HEAD)

    def _targets(self) -> str:
        """The source article is none: it is part of the bot, and no sync changes it."""
        lines = [f"• {d.short_title} ({d.id})" for d in self._documents if d.act_code]
        return "\n".join((say.WATCH_TARGETS, *lines)) if lines else say.NOTHING_HELD


async def announce_new_texts(library: Library, storage: Storage, data_dir: Path, today: date) -> int:
    """Compare what is held with what was announced last, and owe the news; how many messages that is.

    To be called whenever texts may have changed: at every start after the sync, and after a sync while
    running. It sees what a sync of the command line brought, too, and after a crash it owes nobody twice.
    The first call only takes note of the texts. A note that cannot be written is logged.
    """
    file = data_dir / STATE_FILE
    before, after = TextState.load(file), TextState.of(library)
    owed = await announce_changes(before, after, library.catalog, storage, today) if before else 0
    if before != after:
        try:
            after.save(file)
        except OSError as error:
            log.error("texts_not_noted", file=STATE_FILE, error=error.strerror)
    return owed


async def announce_changes(
    before: TextState, after: TextState, catalog: Catalog, storage: Storage, today: date
) -> int:
    """Owe a message to each chat that watches a document which changed; how many were owed.

    The same change is owed to a chat once a day, however often this is called.
    """
    owed = 0
    for change in changes_between(before, after):
        try:
            document = catalog.document(change.document)
        except UnknownReference:
            continue
        payload = Outgoing(announcement(change, document)).to_json()
        step = f"{today}:{before.digest(change.document)[:16]}:{after.digest(change.document)[:16]}"
        async with storage.transaction():
            for chat_id in await storage.subscriptions.subscribers(change.document):
                key = f"watch:{change.document}:{step}:{storage.keys.chat(chat_id)}"
                await storage.deliveries.owe(chat_id, payload, dedupe_key=key, kind="watch")
                owed += 1
        log.info("change_announced", document=change.document, edition=change.after)
    return owed


def announcement(change: DocumentChange, document: Document) -> str:
    """Telegram HTML of one message."""
    if change.before is None:
        first = say.first_text(document.short_title, date.fromisoformat(change.after))
        what = ""
    else:
        first, what = say.changed(document.short_title), "\n".join(_what(change))
    shown = next(iter((*change.changed, *change.added)), None)
    ways = [say.official_text(document.url)] if document.url else []
    ways += [say.read_more(document.id, shown)] if shown else []
    ways.append(say.stop_watching(document.id))
    return blocks(f"<b>{escape(first)}</b>", escape(what), escape("\n".join(ways)))


def _what(change: DocumentChange) -> Iterator[str]:
    assert change.before is not None
    before, after = date.fromisoformat(change.before), date.fromisoformat(change.after)
    articles = change.changed or change.added or change.removed
    if before != after:
        yield say.new_edition(before, after)
        if not articles:
            yield say.SAME_WORDS
    elif articles:
        yield say.same_edition(after)
    told: tuple[tuple[Callable[[tuple[str, ...]], str], tuple[str, ...]], ...] = (
        (say.articles_changed, change.changed),
        (say.articles_added, change.added),
        (say.articles_removed, change.removed),
    )
    yield from (line(numbers) for line, numbers in told if numbers)
    yield from (say.older_edition(date.fromisoformat(name)) for name in change.older_changed)
    yield from (say.older_edition_came(date.fromisoformat(name)) for name in change.older_added)
