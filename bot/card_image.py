"""The citation card as a picture to share: PNG by Pillow, letters of DejaVu (which has all Kazakh ones).

A quotation is drawn whole or not at all: first the letters get smaller, then the picture higher.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import matplotlib
from matplotlib.ft2font import FT2Font
from PIL import Image, ImageDraw, ImageFont

from bot.citation_card import CitationCard, Force
from bot.kazakh import journalists as say

WIDTH = 1200
MIN_HEIGHT = 630  # with the width, the shape in which links and pictures are previewed
EASY_HEIGHT = 1200  # a square: up to here the letters of a quotation may stay large
MAX_HEIGHT = 2400
QUOTE_SIZES = (46, 42, 38, 34, 30, 27)

_MARGIN = 80
_INDENT = 40  # of the quotation, right of its bar
_GAP = 44
_SERIF, _SANS, _BOLD = "DejaVuSerif", "DejaVuSans", "DejaVuSans-Bold"
_PAPER, _INK, _GREY, _RULE = "#ffffff", "#1b2430", "#5a6675", "#d5dbe3"
_ACCENT = {Force.IN_FORCE: "#1d7a46", Force.NOT_IN_FORCE: "#b3261e", Force.NOT_LAW: "#5a6675"}


class CardNotDrawable(Exception):
    """The quotation cannot be drawn whole; it is to be given as text."""


class CardTooLong(CardNotDrawable):
    """It does not fit the highest picture in the smallest letters."""


class LetterMissing(CardNotDrawable):
    """The font has no shape for one of its letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of letters; ``size`` and ``space`` (below it) are in pixels."""

    text: str
    face: str
    size: int
    colour: str
    space: int = 0

    @property
    def height(self) -> int:
        return round(self.size * 1.4) + self.space


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands on the picture, from top to bottom; ``height`` is the picture's, in pixels."""

    quote: tuple[Line, ...]
    about: tuple[Line, ...]
    foot: tuple[Line, ...]
    height: int


def draw(card: CitationCard) -> bytes:
    """The PNG. Some tenths of a second of CPU: not for the event loop.

    :raises CardNotDrawable: too long, or a letter is missing; the message says which.
    """
    layout = layout_of(card)
    accent = _ACCENT[card.force]
    image = Image.new("RGB", (WIDTH, layout.height), _PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, 11), fill=accent)
    below = _put(canvas, layout.quote, _MARGIN + _INDENT, _MARGIN)
    canvas.rectangle((_MARGIN, _MARGIN, _MARGIN + 7, below), fill=accent)
    _put(canvas, layout.about, _MARGIN, below + _GAP)
    top = layout.height - _MARGIN // 2 - _height(layout.foot)
    canvas.rectangle((_MARGIN, top - 20, WIDTH - _MARGIN, top - 19), fill=_RULE)
    _put(canvas, layout.foot, _MARGIN, top)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def layout_of(card: CitationCard) -> Layout:
    """The card in the largest letters that its picture takes.

    :raises CardNotDrawable: as ``draw``.
    """
    about, foot = _about(card), _foot(card)
    drawn = "".join((card.quote, *(line.text for line in (*about, *foot))))
    missing = sorted({sign for sign in drawn if not sign.isspace() and ord(sign) not in _letters()})
    if missing:
        raise LetterMissing(f"DejaVu has no {', '.join(map(ascii, missing))}")
    frame = _MARGIN + _GAP + _height(about) + _GAP + _height(foot) + _MARGIN // 2
    for most in (EASY_HEIGHT, MAX_HEIGHT):
        for size in QUOTE_SIZES if most == EASY_HEIGHT else QUOTE_SIZES[-1:]:
            quote = tuple(_wrapped(f"«{card.quote}»", _SERIF, size, _INK, WIDTH - 2 * _MARGIN - _INDENT))
            height = frame + _height(quote)
            if height <= most:
                return Layout(quote, about, foot, max(height, MIN_HEIGHT))
    raise CardTooLong(f"{len(card.quote)} characters need {height} pixels; at most {MAX_HEIGHT}")


def _about(card: CitationCard) -> tuple[Line, ...]:
    room = WIDTH - 2 * _MARGIN
    return (
        *_wrapped(card.act, _BOLD, 30, _INK, room),
        *_wrapped(card.locator, _BOLD, 30, _INK, room, space=12),
        *_wrapped(card.requisites, _SANS, 24, _GREY, room, space=6),
        *_wrapped(card.edition, _SANS, 24, _GREY, room, space=14),
        *_wrapped(f"● {card.status}", _BOLD, 26, _ACCENT[card.force], room, space=10),
        *(line for note in card.notes for line in _wrapped(note, _SANS, 23, _INK, room, space=6)),
    )


def _foot(card: CitationCard) -> tuple[Line, ...]:
    room = WIDTH - 2 * _MARGIN
    checked = f"{say.checked_on(card.checked)}   ·   SHA-256: {card.digest}"
    return (
        *_wrapped(checked, _SANS, 22, _GREY, room, space=4),
        *_wrapped(card.link.removeprefix("https://"), _SANS, 22, _GREY, room),
    )


def _wrapped(text: str, face: str, size: int, colour: str, room: int, *, space: int = 0) -> Iterator[Line]:
    """Lines of at most ``room`` pixels, broken between words, or inside one that is wider than that.

    Line breaks of the text stay; ``space`` comes below the last line.
    """
    texts = [line for block in text.split("\n") for line in _broken(block.split(), face, size, room)]
    for at, line in enumerate(texts, start=1):
        yield Line(line, face, size, colour, space if at == len(texts) else 0)


def _broken(words: list[str], face: str, size: int, room: int) -> Iterator[str]:
    space = _width(" ", face, size)
    line, width = "", 0.0
    for word in words:
        wanted = width + space + _width(word, face, size) if line else _width(word, face, size)
        if wanted <= room:
            line, width = f"{line} {word}" if line else word, wanted
            continue
        if line:
            yield line
        while _width(word, face, size) > room:
            fits = next(n for n in range(len(word) - 1, 0, -1) if _width(word[:n], face, size) <= room)
            yield word[:fits]
            word = word[fits:]
        line, width = word, _width(word, face, size)
    if line:
        yield line


@lru_cache(maxsize=20_000)  # the words of the laws, each in a few sizes: measuring is what takes time
def _width(text: str, face: str, size: int) -> float:
    return _font(face, size).getlength(text)


def _put(canvas: ImageDraw.ImageDraw, lines: tuple[Line, ...], left: int, top: int) -> int:
    """Draw the lines; returns where they end."""
    for line in lines:
        canvas.text((left, top), line.text, font=_font(line.face, line.size), fill=line.colour)
        top += line.height
    return top


def _height(lines: tuple[Line, ...]) -> int:
    return sum(line.height for line in lines)


def _file(face: str) -> Path:
    """matplotlib carries DejaVu; no other font has to be installed."""
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{face}.ttf"


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    # the basic engine needs no further library, so that every machine breaks the lines alike
    return ImageFont.truetype(_file(face), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _letters() -> frozenset[int]:
    """Code points that each of the three faces has."""
    return frozenset.intersection(
        *(frozenset(FT2Font(str(_file(face))).get_charmap()) for face in (_SERIF, _SANS, _BOLD))
    )
