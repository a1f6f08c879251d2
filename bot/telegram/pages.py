"""Texts longer than a message: cut into pages, and turned with two buttons."""

from __future__ import annotations

import html
from collections.abc import Callable

from telegram import CallbackQuery, Update
from telegram.ext import ContextTypes

from bot import kazakh
from bot.fitting import MAX_MESSAGE_UNITS, utf16_length, visible_length, whole_sentences, whole_words
from bot.telegram.buttons import Keys, page_buttons, tapped
from bot.telegram.core import AnsweringCore, FullText
from bot.telegram.errors import ignoring_stale
from bot.telegram.sending import reply_to

_BETWEEN = "\n\n"


def pages_of(text: FullText, max_units: int = MAX_MESSAGE_UNITS) -> tuple[str, ...]:
    """HTML pages, each at most ``max_units`` after parsing, with title, source and notice on each.

    Paragraphs stay whole where a page takes them, else break between sentences, at worst between words.

    :raises ValueError: title, source and notice leave no room for the text.
    """
    head = f"<b>{html.escape(text.title)}</b>\n<i>{html.escape(text.citation_line)}</i>"
    if text.notice:
        head += f"{_BETWEEN}⚠️ {html.escape(text.notice)}"
    foot_units = 2 * len(_BETWEEN) + utf16_length(kazakh.page_of(9999, 9999))
    room = max_units - visible_length(head) - foot_units
    if room < max_units // 8:
        raise ValueError(f"the head of {text.title!r} leaves {room} of {max_units} units; wanted: an eighth")
    pieces = [piece for paragraph in text.paragraphs for piece in _pieces(paragraph, room)]
    bodies = packed(pieces, room, utf16_length) or [""]
    pages = []
    for number, body in enumerate(bodies, start=1):
        foot = f"{_BETWEEN}<i>{kazakh.page_of(number, len(bodies))}</i>" if len(bodies) > 1 else ""
        pages.append(f"{head}{_BETWEEN}{html.escape(body)}{foot}".rstrip())
    return tuple(pages)


def packed(blocks: list[str], room: int, measure: Callable[[str], int]) -> list[str]:
    """Blocks joined by blank lines into as few texts of at most ``room`` as their order allows."""
    texts: list[str] = []
    for block in blocks:
        together = f"{texts[-1]}{_BETWEEN}{block}" if texts else block
        if texts and measure(together) <= room:
            texts[-1] = together
        else:
            texts.append(block)
    return texts


def _pieces(paragraph: str, room: int) -> list[str]:
    pieces = []
    rest = paragraph.strip()
    while rest:
        piece = whole_sentences(rest, room) or whole_words(rest, room)
        pieces.append(piece)
        rest = rest[len(piece) :].strip()
    return pieces


class FullTexts:
    """The button «Толық мәтін» and the turning of its pages."""

    def __init__(self, core: AnsweringCore, keys: Keys) -> None:
        self._core = core
        self._keys = keys

    async def open(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Send the first page, as a reply to the answer whose button was tapped."""
        query, data = tapped(update, context)
        pages = await self._pages(query, data["key"])
        if pages and query.message:
            await reply_to(context.bot, query.message, pages[0], page_buttons(0, len(pages), data["key"]))

    async def turn(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show another page in place; a second tap on the same button changes nothing."""
        query, data = tapped(update, context)
        pages = await self._pages(query, data["key"])
        if pages:
            page = min(int(data["page"]), len(pages) - 1)  # the text may have become shorter since
            with ignoring_stale():
                await query.edit_message_text(
                    pages[page], reply_markup=page_buttons(page, len(pages), data["key"])
                )

    async def _pages(self, query: CallbackQuery, key: str) -> tuple[str, ...]:
        """The pages behind a key; answers the tap, with an alert where there are none."""
        passage_id = self._keys.expand(key)
        text = self._core.full_text(passage_id) if passage_id is not None else None
        with ignoring_stale():
            if text is None:
                await query.answer(kazakh.FULL_TEXT_GONE, show_alert=True)
            else:
                await query.answer()
        return pages_of(text) if text is not None else ()
