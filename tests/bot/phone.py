"""A message as a narrow phone shows it, in plain text: quotations barred, buttons bracketed, links below."""

from __future__ import annotations

import textwrap

from tests.bot_api import SentMessage
from tests.telegram_html import Entity, ParsedText

WIDTH = 46
_BARRED = ("blockquote", "expandable_blockquote")


def on_phone(message: SentMessage) -> str:
    """Lines of at most ``WIDTH`` letters."""
    lines = [line for text, barred in _stretches(message.parsed) for line in _wrapped(text, barred)]
    rows = [" ".join(f"[{button.text}]" for button in row) for row in message.buttons]
    links = [f"{words}: {url}" for words, url in _links(message.parsed)]
    return "\n".join((*lines, *([""] if rows else []), *rows, *([""] if links else []), *links)) + "\n"


def _stretches(parsed: ParsedText) -> list[tuple[str, bool]]:
    """Pieces of the text in order, and whether each is a quotation."""
    quotes = [entity for entity in parsed.entities if entity.type in _BARRED]
    pieces, at = [], 0
    for quote in quotes:
        pieces += [(_cut(parsed, at, quote.offset), False), (_words(parsed, quote), True)]
        at = quote.offset + quote.length
    pieces.append((_cut(parsed, at, len(parsed.text.encode("utf-16-le")) // 2), False))
    return [
        (text.strip("\n") if barred else _trimmed(text), barred) for text, barred in pieces if text.strip()
    ]


def _trimmed(text: str) -> str:
    """Without the line breaks that only close or open the quotation beside it."""
    return text.removeprefix("\n").removesuffix("\n")


def _wrapped(text: str, barred: bool) -> list[str]:
    bar = "│ " if barred else ""
    lines = []
    for paragraph in text.split("\n"):
        lines += textwrap.wrap(paragraph, WIDTH - len(bar), break_on_hyphens=False) or [""]
    return [f"{bar}{line}".rstrip() for line in lines]


def _links(parsed: ParsedText) -> list[tuple[str, str]]:
    found = ((_words(parsed, entity), entity.url) for entity in parsed.entities if entity.url)
    return list(dict.fromkeys((words, url) for words, url in found if url))


def _words(parsed: ParsedText, entity: Entity) -> str:
    return _cut(parsed, entity.offset, entity.offset + entity.length)


def _cut(parsed: ParsedText, start: int, end: int) -> str:
    """By UTF-16 units."""
    return parsed.text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
