"""A strict loopback Bot API server: an unmodified bot talks to it by long polling, tests play the people.

It runs on a thread and an event loop of its own, so that a bot in this process, in another process, or
blocked for a while is served alike. It refuses what Telegram refuses, in Telegram's words.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TypeVar

from tests.bot_api_http import Failure, Wire
from tests.bot_api_messages import BOT_USER, Button, Chat, JsonObject, SentMessage
from tests.bot_api_methods import Call

__all__ = ["BotApiServer", "Button", "Call", "SentMessage"]

T = TypeVar("T")


class BotApiServer:
    """``async with BotApiServer() as server``: ``server.url`` and ``server.token`` are for the bot.

    Methods without ``async`` are what a person does, or look at the record; those with it wait.
    """

    def __init__(self, token: str = "4242:loopback-token") -> None:
        self.token = token
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bot-api", daemon=True)
        self._message_ids: dict[int, int] = {}

    async def __aenter__(self) -> BotApiServer:
        self._thread.start()
        self._wire = self._on_loop(lambda: Wire(self.token))
        self.url = await self._run(self._wire.start())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._run(self._wire.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)
        self._loop.close()

    # ------------------------------------------------------------ what people do

    def user_says(
        self, chat_id: int, text: str, *, chat_type: str = "private", user_id: int | None = None
    ) -> int:
        """A person writes ``text``, a leading /command is marked as such; returns the update's id."""
        content: JsonObject = {"text": text}
        if text.startswith("/"):
            length = len(text.split()[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.user_sends(chat_id, content, chat_type=chat_type, user_id=user_id)

    def user_sends(
        self,
        chat_id: int,
        content: JsonObject,
        *,
        chat_type: str = "private",
        user_id: int | None = None,
        kind: str = "message",
    ) -> int:
        """A person sends any message: ``content`` is what makes it one (a sticker, a voice, a photo …)."""

        def send() -> int:
            chat = self._wire.methods.chats.setdefault(chat_id, Chat(chat_id, chat_type))
            message_id = chat.take_message_id()
            sender = _person(user_id or abs(chat_id))
            about = {
                "message_id": message_id,
                "date": int(time.time()),
                "chat": chat.as_json(),
                "from": sender,
            }
            update_id = self._wire.methods.push(kind, {**about, **content})
            self._message_ids[update_id] = message_id
            return update_id

        return self._on_loop(send)

    def user_replies(self, message: SentMessage, content: JsonObject, *, user_id: int | None = None) -> int:
        """A person sends a message in reply to one of the bot's; returns the update's id."""
        chat = self._on_loop(lambda: self._wire.methods.chats[message.chat_id])
        replied = self._on_loop(lambda: chat.message_json(chat.messages[message.message_id]))
        return self.user_sends(
            message.chat_id, {**content, "reply_to_message": replied}, chat_type=chat.type, user_id=user_id
        )

    def user_edits(self, update_id: int, chat_id: int, content: JsonObject) -> int:
        """A person edits what he sent as ``update_id``; returns the new update's id."""
        edited = {"message_id": self._message_ids[update_id], "edit_date": int(time.time())}
        return self.user_sends(chat_id, {**content, **edited}, kind="edited_message")

    def user_reacts(
        self, message: SentMessage, emoji: str, *, before: str | None = None, user_id: int | None = None
    ) -> int:
        """A person puts a reaction on a message, or (``emoji`` empty) takes it away."""

        def react() -> int:
            chat = self._wire.methods.chats[message.chat_id]
            content = {
                "chat": chat.as_json(),
                "message_id": message.message_id,
                "user": _person(user_id or abs(chat.id)),
                "date": int(time.time()),
                "old_reaction": _reactions(before),
                "new_reaction": _reactions(emoji),
            }
            return self._wire.methods.push("message_reaction", content)

        return self._on_loop(react)

    def taps(self, message: SentMessage, button_text: str, *, user_id: int | None = None) -> int:
        """A person taps an inline button of a message; returns the update's id."""
        data = message.button(button_text).data
        if data is None:
            raise LookupError(f"the button {button_text!r} sends nothing to the bot")

        def tap() -> int:
            chat = self._wire.methods.chats[message.chat_id]
            query_id = f"tap-{len(self._wire.methods.callback_answers) + 1}"
            self._wire.methods.callback_answers[query_id] = None
            shown = chat.message_json(chat.messages[message.message_id])
            query = {
                "id": query_id,
                "from": _person(user_id or abs(chat.id)),
                "message": shown,
                "chat_instance": "1",
                "data": data,
            }
            return self._wire.methods.push("callback_query", query)

        return self._on_loop(tap)

    def asks_inline(self, user_id: int, query: str) -> int:
        """A person types ``@bot query`` in some other chat; returns the update's id."""

        def ask() -> int:
            query_id = f"inline-{len(self._wire.methods.inline_answers) + 1}"
            self._wire.methods.inline_answers[query_id] = None
            content = {"id": query_id, "from": _person(user_id), "query": query, "offset": ""}
            return self._wire.methods.push("inline_query", content)

        return self._on_loop(ask)

    def calls_guest(self, user_id: int, text: str, chat_id: int = -900) -> int:
        """A person names the bot in a chat that it is no member of; returns the update's id."""

        def call() -> int:
            query_id = f"guest-{len(self._wire.methods.guest_answers) + 1}"
            self._wire.methods.guest_answers[query_id] = None
            name = text.split()[0]
            content = {
                "message_id": 1,
                "date": int(time.time()),
                "chat": {"id": chat_id, "type": "group", "title": "Бөтен топ"},
                "from": _person(user_id),
                "text": text,
                "entities": [{"type": "mention", "offset": 0, "length": len(name)}],
                "guest_query_id": query_id,
            }
            return self._wire.methods.push("guest_message", content)

        return self._on_loop(call)

    def blocks_bot(self, chat_id: int) -> None:
        """From now on every message to that chat is refused with 403."""

        def block() -> None:
            self._wire.methods.chats.setdefault(chat_id, Chat(chat_id)).blocked = True

        self._on_loop(block)

    def repeats(self, update_id: int) -> int:
        """Telegram gives an update once more, as it does when the confirmation got lost."""

        def repeat() -> int:
            self._wire.methods.push_again(update_id)
            return update_id

        return self._on_loop(repeat)

    def forget_updates(self) -> None:
        """All updates count as received."""
        self._on_loop(self._wire.methods.forget_updates)

    async def bot_call(self, method: str, params: JsonObject) -> object:
        """What an earlier run of the bot did, carried out as if it had come over the wire."""
        return await self._run(self._wire.methods.call(method, params))

    # ------------------------------------------------------------ what goes wrong

    def fail_next(self, method: str, code: int, retry_after: int | None = None) -> None:
        """The next call of ``method`` is answered with 429, 500 or any other code, and not carried out."""
        self._on_loop(lambda: self._wire.failures.setdefault(method, []).append(Failure(code, retry_after)))

    def drop_next(self, method: str, *, after_handling: bool = False) -> None:
        """The next call of ``method`` ends in a closed connection, before or after it was carried out."""
        failure = Failure(None, after_handling=after_handling)
        self._on_loop(lambda: self._wire.failures.setdefault(method, []).append(failure))

    def spoil_next(self, method: str, answer: str, delay_s: float = 0.0) -> None:
        """The next call of ``method`` is carried out; its answer is «slow», «cut» or «garbled»."""
        failure = Failure(None, answer=answer, delay_s=delay_s)
        self._on_loop(lambda: self._wire.failures.setdefault(method, []).append(failure))

    def gives(self, *updates: JsonObject) -> None:
        """Telegram gives updates that this server knows nothing of, in one batch, under their own numbers."""
        self._on_loop(lambda: [self._wire.methods.push_raw(update) for update in updates])

    def upgrades(self, chat_id: int, new_chat_id: int, *, silently: bool = False) -> None:
        """A group becomes a supergroup; ``silently``: no update tells the bot of it."""

        def upgrade() -> None:
            old = self._wire.methods.chats[chat_id]
            old.moved_to = new_chat_id
            new = self._wire.methods.chats[new_chat_id] = Chat(new_chat_id, "supergroup")
            if not silently:
                for chat, told in (
                    (old, {"migrate_to_chat_id": new_chat_id}),
                    (new, {"migrate_from_chat_id": chat_id}),
                ):
                    about = {"message_id": chat.take_message_id(), "date": int(time.time())}
                    self._wire.methods.push(
                        "message", {**about, "chat": chat.as_json(), "from": _person(7), **told}
                    )

        self._on_loop(upgrade)

    # ------------------------------------------------------------ the record

    @property
    def calls(self) -> tuple[Call, ...]:
        return self._on_loop(lambda: tuple(self._wire.methods.calls))

    def calls_of(self, method: str) -> tuple[Call, ...]:
        return tuple(call for call in self.calls if call.method == method)

    def messages(self, chat_id: int) -> tuple[SentMessage, ...]:
        """What the bot has sent to a chat, in order, as it stands now."""
        return self._on_loop(lambda: self._messages(chat_id))

    @property
    def commands(self) -> dict[str, list[JsonObject]]:
        """The menus by scope type, as last set."""
        return self._on_loop(lambda: dict(self._wire.methods.commands))

    @property
    def callback_answers(self) -> tuple[JsonObject | None, ...]:
        """The answers to the taps, in order of tapping; None for one not answered yet."""
        return self._on_loop(lambda: tuple(self._wire.methods.callback_answers.values()))

    @property
    def inline_answers(self) -> tuple[JsonObject | None, ...]:
        return self._on_loop(lambda: tuple(self._wire.methods.inline_answers.values()))

    @property
    def guest_answers(self) -> tuple[JsonObject | None, ...]:
        return self._on_loop(lambda: tuple(self._wire.methods.guest_answers.values()))

    @property
    def unconfirmed(self) -> tuple[int, ...]:
        """Ids of the updates that the bot has not confirmed by an offset."""
        return self._on_loop(lambda: self._wire.methods.unconfirmed)

    @property
    def pending(self) -> tuple[JsonObject, ...]:
        """The updates that the bot has not confirmed."""
        return self._on_loop(lambda: self._wire.methods.pending)

    def message_id_of(self, update_id: int) -> int:
        """The message id of what a person sent."""
        return self._message_ids[update_id]

    async def wait_for_message(
        self, chat_id: int, after: SentMessage | int | None = None, timeout_s: float = 10
    ) -> SentMessage:
        """The first message of the bot in that chat, after a message (of the bot, or a message id).

        :raises TimeoutError: none came.
        """
        after_id = after.message_id if isinstance(after, SentMessage) else after or 0
        return await self.wait_until(
            lambda: next((m for m in self._messages(chat_id) if m.message_id > after_id), None), timeout_s
        )

    async def wait_for_edit(self, message: SentMessage, timeout_s: float = 10) -> SentMessage:
        """The same message once it was edited after the state given."""

        def find() -> SentMessage | None:
            now = self._wire.methods.chats[message.chat_id].messages[message.message_id]
            return now if now.edits > message.edits else None

        return await self.wait_until(find, timeout_s)

    async def wait_for_call(self, method: str, count: int = 1, timeout_s: float = 10) -> Call:
        """The ``count``-th call of a method."""

        def find() -> Call | None:
            calls = [call for call in self._wire.methods.calls if call.method == method]
            return calls[count - 1] if len(calls) >= count else None

        return await self.wait_until(find, timeout_s)

    async def wait_until(self, find: Callable[[], T | None], timeout_s: float = 10) -> T:
        """What ``find`` returns as soon as it is not None; it runs on the server's loop."""

        async def search() -> T:
            deadline = time.monotonic() + timeout_s
            while (found := find()) is None:
                await self._wire.methods.next_change(max(0.0, deadline - time.monotonic()))
            return found

        return await self._run(search())

    # ------------------------------------------------------------ the server itself

    async def _run(self, coroutine: Coroutine[object, object, T]) -> T:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coroutine, self._loop))

    def _on_loop(self, act: Callable[[], T]) -> T:
        if threading.current_thread() is self._thread:
            return act()
        done: Future[T] = Future()

        def run() -> None:
            try:
                done.set_result(act())
            except BaseException as error:
                done.set_exception(error)

        self._loop.call_soon_threadsafe(run)
        return done.result(timeout=10)

    def _messages(self, chat_id: int) -> tuple[SentMessage, ...]:
        chat = self._wire.methods.chats.get(chat_id)
        return tuple(chat.messages.values()) if chat else ()


def _reactions(emoji: str | None) -> list[JsonObject]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def _person(user_id: int) -> JsonObject:
    assert user_id != BOT_USER["id"]
    return {"id": user_id, "is_bot": False, "first_name": "Айгүл", "language_code": "kk"}
