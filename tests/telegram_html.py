"""A strict reader of Telegram's HTML ("Formatting options", Bot API 10.0): text and entities, or a refusal.

Stricter than Telegram in one thing: an ``&`` that opens none of the five known entities is refused,
where Telegram would show it as it is. Text that was escaped properly never holds one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(
    r"<(?P<tag>[^<>]*)>|&(?P<entity>#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);|(?P<stray>[<&])|(?P<text>[^<&]+)"
)
_ATTRIBUTE = re.compile(r'\s+(?P<name>[a-z-]+)(?:="(?P<value>[^"<>]*)")?')


class MarkupError(Exception):
    """What Telegram says after "Bad Request: can't parse entities: "."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of the parsed text; offset and length are UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedText:
    text: str
    entities: tuple[Entity, ...] = ()

    def of_type(self, entity_type: str) -> tuple[str, ...]:
        """The stretches of text under entities of one type, in order."""
        units = self.text.encode("utf-16-le")
        found = (entity for entity in self.entities if entity.type == entity_type)
        return tuple(units[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le") for e in found)


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    type: str
    offset: int
    url: str | None


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse(markup: str) -> ParsedText:
    """:raises MarkupError: the markup is not Telegram's HTML."""
    text = ""
    stack: list[_Open] = []
    entities: list[Entity] = []
    for token in _TOKEN.finditer(markup):
        at = len(markup[: token.start()].encode())
        if token["text"] is not None:
            text += token["text"]
        elif token["entity"] is not None:
            text += _character(token["entity"], at)
        elif token["stray"] is not None:
            raise MarkupError(f'Unescaped "{token["stray"]}" at byte offset {at}')
        elif token["tag"].startswith("/"):
            name = token["tag"][1:].strip()
            if not stack:
                raise MarkupError(f"Unexpected end tag at byte offset {at}")
            opened = stack.pop()
            if opened.tag != name:
                raise MarkupError(
                    f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"'
                )
            length = utf16_length(text) - opened.offset
            if length:
                entities.append(Entity(opened.type, opened.offset, length, opened.url))
        else:
            stack.append(_opened(token["tag"], utf16_length(text), stack, at))
    if stack:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    entities.sort(key=lambda entity: (entity.offset, -entity.length))
    return _trimmed(text, entities)


def _character(name: str, at: int) -> str:
    if name.startswith("#"):
        code = int(name[2:], 16) if name[1] in "x" else int(name[1:])
        if 0 < code < 0x110000:
            return chr(code)
    elif name in _NAMED:
        return _NAMED[name]
    raise MarkupError(f'Unsupported entity "&{name};" at byte offset {at}')


def _opened(tag: str, offset: int, stack: list[_Open], at: int) -> _Open:
    name = re.match(r"[a-z-]*", tag)[0]  # type: ignore[index]  # the pattern matches the empty string too
    rest = tag[len(name) :]
    attributes = {m["name"]: m["value"] for m in _ATTRIBUTE.finditer(rest)}
    if _ATTRIBUTE.sub("", rest).strip():
        raise MarkupError(f'Unexpected characters in the tag "{tag}" at byte offset {at}')
    if any(opened.type in {"code", "pre"} for opened in stack):
        raise MarkupError(f'Start tag "{name}" inside "{stack[-1].tag}" at byte offset {at}')
    entity_type, allowed, url = _meaning(name, attributes, at)
    if set(attributes) - allowed:
        raise MarkupError(f'Unsupported attribute in the tag "{tag}" at byte offset {at}')
    if "blockquote" in entity_type and any("blockquote" in opened.type for opened in stack):
        raise MarkupError(f"Nested blockquote at byte offset {at}")
    return _Open(name, entity_type, offset, url)


def _meaning(name: str, attributes: dict[str, str | None], at: int) -> tuple[str, set[str], str | None]:
    """Entity type, the attributes that the tag may have, and the address of a link."""
    if name in _SIMPLE:
        return _SIMPLE[name], set(), None
    if name == "blockquote":
        return ("expandable_blockquote" if "expandable" in attributes else "blockquote"), {"expandable"}, None
    if name == "span" and attributes.get("class") == "tg-spoiler":
        return "spoiler", {"class"}, None
    if name == "a" and attributes.get("href"):
        href = re.sub(r"&([a-z]+|#\w+);", lambda m: _character(m[1], at), str(attributes["href"]))
        return "text_link", {"href"}, href
    raise MarkupError(f'Unsupported start tag "{name}" at byte offset {at}')


def _trimmed(text: str, entities: list[Entity]) -> ParsedText:
    """Telegram drops white space around a message and the entities that covered only that."""
    stripped = text.strip()
    shift = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(stripped)
    kept = []
    for entity in entities:
        start = max(0, entity.offset - shift)
        stop = min(end, entity.offset - shift + entity.length)
        if start < stop:
            kept.append(Entity(entity.type, start, stop - start, entity.url))
    return ParsedText(stripped, tuple(kept))
