"""What the loopback Bot API server keeps of a chat, and the checks that Telegram makes before it does."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from typing import Any

from tests.telegram_html import MarkupError, ParsedText, parse, utf16_length

MAX_TEXT_UNITS = 4096
MAX_CAPTION_UNITS = 1024
BOT_USER = {"id": 4242, "is_bot": True, "first_name": "Ассамблея", "username": "assembly_test_bot"}

JsonObject = dict[str, Any]


class RefusalError(Exception):
    """An answer of the server that is not "ok"."""

    def __init__(
        self, code: int, description: str, retry_after: int | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.migrate_to = migrate_to
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(description: str) -> RefusalError:
    return RefusalError(400, f"Bad Request: {description}")


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button; ``data`` is None for one that opens a link, copies a text or the like."""

    text: str
    data: str | None


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message of the bot as it stands now; ``edits`` counts the changes since it was sent.

    ``parsed`` is the text (a caption for a photo or document) with its entities; ``file`` the upload.
    """

    chat_id: int
    message_id: int
    method: str
    parsed: ParsedText
    markup: JsonObject | None = None
    reply_to: int | None = None
    preview_disabled: bool = False
    edits: int = 0
    file: bytes | None = None

    @property
    def text(self) -> str:
        return self.parsed.text

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        rows = (self.markup or {}).get("inline_keyboard", [])
        return tuple(tuple(Button(b["text"], b.get("callback_data")) for b in row) for row in rows)

    def button(self, text: str) -> Button:
        """:raises LookupError: no button of that text; the message names those there are."""
        everyone = [button for row in self.buttons for button in row]
        for button in everyone:
            if button.text == text:
                return button
        raise LookupError(f"no button {text!r} among {[button.text for button in everyone]}")


@dataclass(slots=True)
class Chat:
    """One chat: who is in it, every message id given out, the messages that the bot sent."""

    id: int
    type: str = "private"
    next_message_id: int = 1
    messages: dict[int, SentMessage] = field(default_factory=dict)
    blocked: bool = False
    moved_to: int | None = None

    def as_json(self) -> JsonObject:
        name = {"first_name": "Айгүл"} if self.type == "private" else {"title": "Топ"}
        return {"id": self.id, "type": self.type, **name}

    def take_message_id(self) -> int:
        self.next_message_id += 1
        return self.next_message_id - 1

    def message_json(self, message: SentMessage) -> JsonObject:
        entities = [
            {"type": e.type, "offset": e.offset, "length": e.length, **({"url": e.url} if e.url else {})}
            for e in message.parsed.entities
        ]
        text: JsonObject = {"text": message.text, "entities": entities}
        if message.method == "sendPhoto":
            sizes = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
            text = {"caption": message.text, "caption_entities": entities, "photo": sizes}
        elif message.method == "sendDocument":
            document = {"file_id": "d", "file_unique_id": "d"}
            text = {"caption": message.text, "caption_entities": entities, "document": document}
        return {
            "message_id": message.message_id,
            "date": int(time.time()),
            "chat": self.as_json(),
            "from": BOT_USER,
            **text,
            **({"reply_markup": message.markup} if message.markup else {}),
        }

    def edited(self, message_id: int, parsed: ParsedText | None, markup: JsonObject | None) -> SentMessage:
        """Replace text (unless None) and buttons; Telegram refuses an edit that changes nothing."""
        message = self.messages.get(message_id)
        if message is None:
            known = 0 < message_id < self.next_message_id
            raise bad_request("message can't be edited" if known else "message to edit not found")
        after = replace(message, parsed=parsed or message.parsed, markup=markup)
        if after == message:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
        self.messages[message_id] = replace(after, edits=message.edits + 1)
        return self.messages[message_id]


def checked_text(params: JsonObject, name: str, max_units: int) -> ParsedText:
    """The parsed ``name`` of a call; the limit is over what remains after parsing, as at Telegram."""
    raw, mode = str(params.get(name, "")), params.get("parse_mode")
    if mode not in (None, "", "HTML"):
        raise bad_request(f"this server reads HTML only, not {mode}")
    try:
        parsed = parse(raw) if mode else ParsedText(raw.strip())
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    if utf16_length(parsed.text) > max_units:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    if not parsed.text and name == "text":
        raise bad_request("message text is empty")
    return parsed


def checked_markup(params: JsonObject) -> JsonObject | None:
    """The inline keyboard of a call, or None; every button has a text and exactly one action."""
    markup = params.get("reply_markup")
    if not markup:
        return None
    if not isinstance(markup, dict) or set(markup) != {"inline_keyboard"}:
        raise bad_request("this server knows inline keyboards only")
    for button in (button for row in markup["inline_keyboard"] for button in row):
        _check_button(button)
    rows = [row for row in markup["inline_keyboard"] if row]
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: JsonObject) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if len(actions) != 1:
        raise bad_request(f"inline button {json.dumps(button, ensure_ascii=False)} must have one action")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise bad_request("BUTTON_URL_INVALID")
    if "copy_text" in button and not 1 <= len(str(button["copy_text"].get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
