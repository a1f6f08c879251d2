"""The methods of the Bot API that the loopback server knows, over its state."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.bot_api_messages import (
    BOT_USER,
    MAX_CAPTION_UNITS,
    MAX_TEXT_UNITS,
    Chat,
    JsonObject,
    RefusalError,
    SentMessage,
    bad_request,
    checked_markup,
    checked_text,
)
from tests.telegram_html import ParsedText

_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot, with its parameters read from JSON; files are ``bytes``."""

    method: str
    params: JsonObject


class Methods:
    """State and behaviour; lives on the server's event loop and is touched nowhere else."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.calls: list[Call] = []
        self.commands: dict[str, list[JsonObject]] = {}
        self.callback_answers: dict[str, JsonObject | None] = {}  # None: not answered yet
        self.inline_answers: dict[str, JsonObject | None] = {}
        self.guest_answers: dict[str, JsonObject | None] = {}
        self.stopping = False
        self._updates: list[JsonObject] = []
        self._given: dict[int, JsonObject] = {}  # all there ever were
        self._next_update_id = 700_001
        self._allowed: tuple[str, ...] = ()
        self.webhook: JsonObject = {}
        self._poll = 0
        self._changed = asyncio.Event()
        self._known: dict[str, Callable[[JsonObject], Awaitable[object]]] = {
            "getupdates": self._get_updates,
            "getme": self._get_me,
            "deletewebhook": self._delete_webhook,
            "setwebhook": self._set_webhook,
            "setmycommands": self._set_my_commands,
            "sendmessage": self._send_message,
            "sendphoto": self._send_photo,
            "senddocument": self._send_document,
            "editmessagetext": self._edit_message_text,
            "editmessagereplymarkup": self._edit_message_reply_markup,
            "sendchataction": self._send_chat_action,
            "setmessagereaction": self._set_message_reaction,
            "answercallbackquery": self._answer_callback_query,
            "answerinlinequery": self._answer_inline_query,
            "answerguestquery": self._answer_guest_query,
        }

    async def call(self, method: str, params: JsonObject) -> object:
        """The ``result`` of a method; its name is case-insensitive, as at Telegram.

        :raises RefusalError: what Telegram would answer instead.
        """
        known = self._known.get(method.lower())
        if known is None:
            raise RefusalError(404, "Not Found")
        try:
            return await known(params)
        finally:
            self.changed()

    def record(self, method: str, params: JsonObject) -> None:
        """Note a request, whatever becomes of it."""
        self.calls.append(Call(method, params))
        self.changed()

    def stop(self) -> None:
        """Let the waiting polls go."""
        self.stopping = True
        self.changed()

    def changed(self) -> None:
        """Wake everybody who waits for something to happen."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def next_change(self, timeout_s: float) -> None:
        """:raises TimeoutError: nothing happened."""
        await asyncio.wait_for(self._changed.wait(), timeout_s)

    def push(self, kind: str, content: JsonObject) -> int:
        """Queue an update and return its id; a kind that the bot did not ask for is not queued."""
        update_id = self._next_update_id
        self._next_update_id += 1
        wanted = kind in self._allowed if self._allowed else kind not in _NOT_BY_DEFAULT
        if wanted:
            self._given[update_id] = {"update_id": update_id, kind: content}
            self._updates.append(self._given[update_id])
        self.changed()
        return update_id

    def push_raw(self, update: JsonObject) -> None:
        """Queue any update at all, under its own number."""
        self._next_update_id = max(self._next_update_id, update["update_id"] + 1)
        self._updates.append(update)
        self.changed()

    def push_again(self, update_id: int) -> None:
        """Queue an update that was confirmed as if it had not been."""
        self._updates.append(self._given[update_id])
        self._updates.sort(key=lambda update: int(update["update_id"]))
        self.changed()

    def forget_updates(self) -> None:
        """Nothing is waiting to be fetched."""
        self._updates.clear()

    @property
    def pending(self) -> tuple[JsonObject, ...]:
        return tuple(self._updates)

    @property
    def unconfirmed(self) -> tuple[int, ...]:
        return tuple(update["update_id"] for update in self._updates)

    async def _get_updates(self, params: JsonObject) -> object:
        if self.webhook:
            raise RefusalError(409, "Conflict: can't use getUpdates method while webhook is active")
        self._poll += 1
        mine = self._poll
        self.changed()  # an older poll learns that it was replaced
        if params.get("allowed_updates") is not None:
            self._allowed = tuple(params["allowed_updates"])
        offset, limit = int(params.get("offset", 0)), min(int(params.get("limit", 100)), 100)
        if offset < 0:
            self._updates = self._updates[offset:]
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        deadline = time.monotonic() + int(params.get("timeout", 0))
        while not self._updates and not self.stopping:
            try:
                await self.next_change(max(0.0, deadline - time.monotonic()))
            except TimeoutError:
                break
            if mine != self._poll:
                raise RefusalError(409, _CONFLICT)
        return self._updates[:limit]

    async def _get_me(self, params: JsonObject) -> object:
        return {
            **BOT_USER,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }

    async def _delete_webhook(self, params: JsonObject) -> object:
        if params.get("drop_pending_updates"):
            self._updates.clear()
        self.webhook = {}
        return True

    async def _set_webhook(self, params: JsonObject) -> object:
        if not str(params.get("url", "")).startswith(("https://", "http://127.0.0.1")):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", str(params.get("secret_token", ""))):
            raise bad_request("secret token contains unallowed characters")
        self._allowed = tuple(params.get("allowed_updates") or self._allowed)
        self.webhook = params
        return True

    def confirm(self, update_id: int) -> None:
        """The webhook took it."""
        self._updates = [update for update in self._updates if update["update_id"] != update_id]
        self.changed()

    async def _set_my_commands(self, params: JsonObject) -> object:
        commands = params.get("commands") or []
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[(params.get("scope") or {}).get("type", "default")] = commands
        return True

    async def _send_message(self, params: JsonObject) -> object:
        return self._send("sendMessage", params, checked_text(params, "text", MAX_TEXT_UNITS))

    async def _send_photo(self, params: JsonObject) -> object:
        return self._send_file("sendPhoto", "photo", params)

    async def _send_document(self, params: JsonObject) -> object:
        return self._send_file("sendDocument", "document", params)

    async def _edit_message_text(self, params: JsonObject) -> object:
        parsed = checked_text(params, "text", MAX_TEXT_UNITS)
        return self._edit(params, parsed)

    async def _edit_message_reply_markup(self, params: JsonObject) -> object:
        return self._edit(params, None)

    async def _send_chat_action(self, params: JsonObject) -> object:
        self._chat(params)
        if params.get("action") not in {"typing", "upload_photo", "upload_document"}:
            raise bad_request("wrong parameter action in request")
        return True

    async def _set_message_reaction(self, params: JsonObject) -> object:
        chat = self._chat(params)
        if not 0 < int(params.get("message_id", 0)) < chat.next_message_id:
            raise bad_request("message to react not found")
        return True

    async def _answer_callback_query(self, params: JsonObject) -> object:
        if len(str(params.get("text") or "")) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        return _answer_once(self.callback_answers, str(params.get("callback_query_id")), params)

    async def _answer_inline_query(self, params: JsonObject) -> object:
        results = params.get("results") or []
        ids = [str(result["id"]) for result in results]
        if len(results) > 50:
            raise bad_request("RESULTS_TOO_MUCH")
        if len(set(ids)) < len(ids):
            raise bad_request("RESULT_ID_DUPLICATE")
        if any(not 1 <= len(result_id.encode()) <= 64 for result_id in ids):
            raise bad_request("RESULT_ID_INVALID")
        for result in results:
            _check_result(result)
        return _answer_once(self.inline_answers, str(params.get("inline_query_id")), params)

    async def _answer_guest_query(self, params: JsonObject) -> object:
        _check_result(params.get("result") or {})
        _answer_once(self.guest_answers, str(params.get("guest_query_id")), params)
        return {"inline_message_id": f"inline-{params['guest_query_id']}"}

    def _chat(self, params: JsonObject) -> Chat:
        if params.get("chat_id") in (None, ""):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(params["chat_id"])
        if chat is None:
            raise bad_request("chat not found")
        if chat.moved_to is not None:
            raise RefusalError(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to=chat.moved_to
            )
        if chat.blocked:
            raise RefusalError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _send(
        self, method: str, params: JsonObject, parsed: ParsedText, file: bytes | None = None
    ) -> JsonObject:
        chat, markup = self._chat(params), checked_markup(params)
        reply = params.get("reply_parameters") or {}
        reply_to = reply.get("message_id")
        if reply_to is not None and not 0 < reply_to < chat.next_message_id:
            if not reply.get("allow_sending_without_reply"):
                raise bad_request("message to be replied not found")
            reply_to = None
        preview_disabled = bool((params.get("link_preview_options") or {}).get("is_disabled"))
        message = SentMessage(
            chat.id, chat.take_message_id(), method, parsed, markup, reply_to, preview_disabled, file=file
        )
        chat.messages[message.message_id] = message
        return chat.message_json(message)

    def _send_file(self, method: str, name: str, params: JsonObject) -> JsonObject:
        file = params.get(name)
        if isinstance(file, str) and file.startswith("attach://"):
            file = params.get(file.removeprefix("attach://"))
        if not file:
            raise bad_request(f"there is no {name} in the request")
        caption = checked_text(params, "caption", MAX_CAPTION_UNITS)
        return self._send(method, params, caption, file if isinstance(file, bytes) else None)

    def _edit(self, params: JsonObject, parsed: ParsedText | None) -> JsonObject:
        chat = self._chat(params)
        message = chat.edited(int(params.get("message_id", 0)), parsed, checked_markup(params))
        return chat.message_json(message)


def _check_result(result: JsonObject) -> None:
    """What can be inserted is checked as what is sent; this server knows articles only."""
    if result.get("type") != "article" or not str(result.get("title", "")).strip():
        raise bad_request("can't parse inline query result: an article with a title is wanted")
    content = result.get("input_message_content") or {}
    checked_text({**content, "text": content.get("message_text", "")}, "text", MAX_TEXT_UNITS)


def _answer_once(answers: dict[str, JsonObject | None], query_id: str, params: JsonObject) -> bool:
    if query_id not in answers or answers[query_id] is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answers[query_id] = params
    return True
