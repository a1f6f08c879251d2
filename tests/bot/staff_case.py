"""The staff room over two small laws: real search, storage and application; only the model is a stand-in."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from telegram import Bot

from bot.answers import Reply
from bot.citing import Citer
from bot.faq_match import FaqMatcher
from bot.kazakh import telegram as citizens
from bot.staff_answers import Likeness, StaffAnswers
from bot.telegram.application import TelegramApplication
from bot.telegram.dependencies import Dependencies, StaffRoom
from knowledge.library import Library
from retrieval.embedder import Progress, Vectors
from retrieval.entries import passage_entry
from retrieval.search import Searcher
from retrieval.store import IndexStore
from retrieval.synonyms import load_synonyms
from tests.bot.journalists_case import CATALOG, TODAY, write_laws
from tests.bot.telegram_running import at_work, dependencies, storage_in
from tests.bot_api import BotApiServer, SentMessage
from tests.fakes import FakeCore

ROOM = -1001234
STAFF, COLLEAGUE, OUTSIDER = 901, 902, 903
STAFF_ROOM = StaffRoom(ROOM, frozenset({STAFF}))
AIGUL, BERIK = 501, 502

ASKED = "Көпір неше жағаны қосады?"
SAME = "көпір неше жағаны қосады екен"
OTHER = "Жол туралы заңды кім бекітті?"
REFUSAL = "Жауап таппадым."


class LetterEmbedder:
    """Letter groups as a vector: alike texts are close, and all crowd in a cone, as the real model's do."""

    name = "letters"
    dim = 513
    _shared = 0.7

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            padded = f"  {text.lower().strip(' ?!.')} "
            for at in range(len(padded) - 2):
                row[1 + zlib.crc32(padded[at : at + 3].encode()) % (self.dim - 1)] += 1
        norms = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        rows = rows / norms * np.sqrt(1 - self._shared)
        rows[:, 0] = np.sqrt(self._shared)
        return np.asarray(rows, dtype=np.float32)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self.embed_queries(texts)


@dataclass(slots=True)
class StaffedCore(FakeCore):
    """Answers what staff have answered, and refuses the rest."""

    by_staff: StaffAnswers | None = field(default=None)

    async def reply(self, chat: str, question: str, earlier: Sequence[str] | None = None) -> Reply:
        found = self.by_staff.reply(question) if self.by_staff else None
        return found or await FakeCore.reply(self, chat, question, earlier)


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that a test touches."""

    deps: Dependencies
    server: BotApiServer
    application: TelegramApplication

    @property
    def bot(self) -> Bot:
        return self.application.bot

    def says(self, text: str, user: int = STAFF) -> int:
        """Somebody writes into the staff chat."""
        return self.server.user_says(ROOM, text, chat_type="supergroup", user_id=user)

    def replies(self, message: SentMessage, text: str, user: int = STAFF) -> int:
        return self.server.user_replies(message, {"text": text}, user_id=user)

    async def shown(self, start: str, chat: int = ROOM, after: SentMessage | None = None) -> SentMessage:
        """The first message of the chat (after another one) that begins so."""
        after_id = after.message_id if after else 0
        return await self.server.wait_until(
            lambda: next(
                (
                    message
                    for message in self.server.messages(chat)
                    if message.message_id > after_id and message.text.startswith(start)
                ),
                None,
            )
        )

    async def becomes(self, message: SentMessage, part: str) -> SentMessage:
        """The same message once it holds ``part``."""

        def look() -> SentMessage | None:
            now = next(m for m in self.server.messages(message.chat_id) if m.message_id == message.message_id)
            return now if part in now.text else None

        return await self.server.wait_until(look)

    async def alert(self, taps: int) -> str:
        """What the ``taps``-th tap was answered with."""
        call = await self.server.wait_for_call("answerCallbackQuery", count=taps)
        return str(call.params.get("text", ""))

    async def passes_on(self, user: int = AIGUL, question: str = ASKED) -> SentMessage:
        """A person asks, is refused and agrees that staff see it; the refusal."""
        before = self.server.messages(user)
        self.server.user_says(user, question)
        refusal = await self.server.wait_for_message(user, after=before[-1] if before else None)
        self.server.taps(refusal, citizens.PASS_ON)
        return refusal


@dataclass(frozen=True, slots=True)
class SearchParts:
    """What is the same for the same texts, and takes a second to make."""

    searcher: Searcher
    likeness: Likeness
    matcher: FaqMatcher


_made: dict[tuple[str, ...], SearchParts] = {}


def _search(library: Library, folder: Path) -> SearchParts:
    key = tuple(passage.id + passage.digest for passage in library.passages)
    if key not in _made:
        embedder, synonyms = LetterEmbedder(), load_synonyms()
        entries = [passage_entry(passage, CATALOG.document(passage.document)) for passage in library.passages]
        index = IndexStore(folder / "index").open(entries, embedder).index
        rarity = index.lexical.rarity
        _made[key] = SearchParts(
            Searcher(entries, index, embedder, synonyms),
            Likeness(synonyms, rarity, embedder.embed_queries),
            FaqMatcher(library.faq, synonyms, rarity),
        )
    return _made[key]


def library_in(folder: Path) -> Library:
    return Library.load(CATALOG, folder)


def with_model(deps: Dependencies, library: Library, folder: Path) -> Dependencies:
    """The same with search over ``library`` and with staff answers."""
    parts = _search(library, folder)
    answers = StaffAnswers(library, Citer(CATALOG, library, {}, lambda: TODAY), parts.likeness, parts.matcher)
    return replace(
        deps,
        core=StaffedCore(refusal=REFUSAL, by_staff=answers),
        searcher=parts.searcher,
        library=library,
        catalog=CATALOG,
        today=lambda: TODAY,
        staff_answers=answers,
    )


@asynccontextmanager
async def dependencies_in(folder: Path) -> AsyncIterator[Dependencies]:
    """What the handlers are handed, over the laws in ``folder`` (written there, if it has none)."""
    if not (folder / "texts").exists():
        write_laws(folder)
    async with storage_in(folder) as storage:
        plain = dependencies(FakeCore(), storage, staff=STAFF_ROOM)
        yield with_model(plain, library_in(folder), folder)


@asynccontextmanager
async def life_on(server: BotApiServer, folder: Path) -> AsyncIterator[Room]:
    """The whole application at work, from one start to its stop."""
    async with dependencies_in(folder) as deps, at_work(deps, server) as application:
        yield Room(deps, server, application)


@asynccontextmanager
async def staff_room(folder: Path) -> AsyncIterator[Room]:
    """The application at work, and a staff chat that the bot is in."""
    async with BotApiServer() as server, life_on(server, folder) as room:
        await open_room(room)
        yield room


async def open_room(room: Room) -> None:
    """A chat is known to the server from its first message on."""
    room.says("/kezek")
    await room.shown("Жауап күткен сұрақ жоқ.")
