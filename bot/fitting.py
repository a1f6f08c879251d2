"""How long a text is for Telegram, and where it may be cut: at the end of a sentence or a line."""

from __future__ import annotations

import html
import re

from bot.sentences import pieces_of

MAX_MESSAGE_UNITS = 4096  # of the text that remains when tags and entities are parsed
ELLIPSIS = "…"

_TAG = re.compile(r"<[^>]*>")


def utf16_length(text: str) -> int:
    """Telegram's measure: UTF-16 code units, an emoji counts two."""
    return len(text.encode("utf-16-le")) // 2


def visible_length(markup: str) -> int:
    """UTF-16 length of HTML after parsing; every ``<`` of ``markup`` must open a tag."""
    return utf16_length(html.unescape(_TAG.sub("", markup)))


def whole_sentences(text: str, max_units: int) -> str:
    """The longest start of ``text`` that is whole sentences or list items and fits; empty where none does."""
    best = 0
    for piece in pieces_of(text):
        if utf16_length(text[: piece.end]) > max_units:
            break
        best = piece.end
    return text[:best]


def whole_words(text: str, max_units: int) -> str:
    """The longest start that is whole words and fits; a word longer than that is broken."""
    if utf16_length(text) <= max_units:
        return text
    start = text.encode("utf-16-le")[: 2 * max_units].decode("utf-16-le", "ignore")
    if text[len(start)].isspace():
        return start.rstrip() or start
    space = re.search(r"\s+\S*$", start)
    return start[: space.start()] if space and space.start() > 0 else start


def shortened(text: str, max_units: int) -> str:
    """``text``, or its start with a visible «…»: for our own words, never for a quotation."""
    if utf16_length(text) <= max_units:
        return text
    room = max_units - 2
    return f"{whole_sentences(text, room) or whole_words(text, room)} {ELLIPSIS}"
