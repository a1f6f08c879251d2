"""The button «Дәйексөз»: a quotation as a picture to share and as text to copy."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import date

import structlog
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    ReplyParameters,
    Update,
)
from telegram.ext import ContextTypes

from bot.answers import Answer, Citation, Reply
from bot.card_image import CardNotDrawable, CardTooLong, draw
from bot.citation_card import CitationCard, short_hash
from bot.citing import Citer
from bot.fitting import MAX_MESSAGE_UNITS, utf16_length, whole_sentences, whole_words
from bot.kazakh import journalists as say
from bot.message_draft import escape
from bot.telegram.buttons import tapped
from bot.telegram.deeplinks import deep_link
from bot.telegram.errors import ignoring_stale
from bot.telegram.sending import reply_to
from knowledge.library import Library
from knowledge.model import Passage, Quote

#: A quotation: «j:c:law-assembly/2022-02-07/9/2:0:304:7413d0a4», its passage, place there and short hash.
CARD_DATA = re.compile(
    r"j:c:(?P<passage>[^:]+):(?P<start>\d{1,9}):(?P<length>\d{1,9}):(?P<hash>[0-9a-f]{8})\Z"
)

CARDS_A_ROW = 3  # a narrow screen shows their labels whole
MAX_COPY_UNITS = 256  # of a copy button (Bot API, CopyTextButton)
_MAX_DATA_BYTES = 64
_DIGEST_MARK, _DIGEST_DIGITS = "#", 16

log = structlog.get_logger()


def card_button(citation: Citation, label: str = say.CARD) -> InlineKeyboardButton:
    """See ``quote_button``."""
    return quote_button(citation.quote, label)


def card_rows(reply: Reply, library: Library) -> list[tuple[InlineKeyboardButton, ...]]:
    """One button a quotation, numbered in the order of the message where there are several.

    A quotation that a curated answer carries while its text is not held has none.
    """
    every = (*reply.citations, *reply.now) if isinstance(reply, Answer) else ()
    cited = [citation for citation in every if library.passage(citation.quote.passage.id) is not None]
    labels = (
        [say.numbered_card(number) for number in range(1, len(cited) + 1)] if len(cited) > 1 else [say.CARD]
    )
    buttons = [card_button(citation, label) for citation, label in zip(cited, labels, strict=False)]
    return [tuple(buttons[at : at + CARDS_A_ROW]) for at in range(0, len(buttons), CARDS_A_ROW)]


def quote_button(quote: Quote, label: str) -> InlineKeyboardButton:
    """Carries all that finds the quotation again: it survives a restart, and ends when the text changes.

    :raises ValueError: the quotation is not in its passage.
    """
    passage, start = quote.passage, quote.passage.text.index(quote.text)
    place = f"{start}:{len(quote.text)}:{short_hash(quote.text)}"
    data = f"j:c:{passage.id}:{place}"
    if len(data.encode()) > _MAX_DATA_BYTES:
        data = f"j:c:{_DIGEST_MARK}{passage.digest[:_DIGEST_DIGITS]}:{place}"
    return InlineKeyboardButton(label, callback_data=data)


class Cards:
    """Answers the taps. ``today`` is the day of the check; one picture is drawn at a time."""

    def __init__(self, library: Library, citer: Citer, today: Callable[[], date]) -> None:
        self._library = library
        self._citer = citer
        self._today = today
        self._drawing = asyncio.Lock()

    async def send(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The picture, then the text, as replies to the message whose button was tapped."""
        query, data = tapped(update, context)
        quote = self._quote(data["passage"], int(data["start"]), int(data["length"]), data["hash"])
        with ignoring_stale():
            if quote is None:
                await query.answer(say.CARD_GONE, show_alert=True)
            else:
                await query.answer()
        if quote is None or query.message is None:
            return
        card = self.card(quote, context.bot.username)
        await self._send_picture(context.bot, query.message, card)
        *first, last = copy_texts(card)
        for text in first:
            await reply_to(context.bot, query.message, text)
        await reply_to(context.bot, query.message, last, copy_button(card))

    def card(self, quote: Quote, username: str) -> CitationCard:
        """The card of today; ``username`` is the bot's. :raises bot.quoting.UnprovenQuote: see there."""
        citation = self._citer.cite(quote)
        return CitationCard.of(
            citation,
            checked=self._today(),
            link=deep_link(username, quote.passage),
            notes=self._citer.notices([citation]),
        )

    async def _send_picture(self, bot: Bot, message: MaybeInaccessibleMessage, card: CitationCard) -> None:
        try:
            async with self._drawing:
                picture = await asyncio.to_thread(draw, card)
        except CardNotDrawable as reason:
            log.info("card_not_drawn", hash=card.digest, reason=str(reason))
            said = say.CARD_TOO_LONG if isinstance(reason, CardTooLong) else say.CARD_NOT_DRAWN
            await reply_to(bot, message, escape(said))
            return
        await bot.send_photo(
            message.chat.id,
            picture,
            caption=caption_of(card),
            filename=f"{card.digest}.png",
            reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
        )

    def _quote(self, key: str, start: int, length: int, digest: str) -> Quote | None:
        """The quotation behind a button; None where those words don't stand there any more."""
        passage = self._passage(key)
        text = passage.text[start : start + length] if passage else ""
        return Quote(passage, text) if passage and text.strip() and short_hash(text) == digest else None

    def _passage(self, key: str) -> Passage | None:
        if not key.startswith(_DIGEST_MARK):
            return self._library.passage(key)
        wanted = key.removeprefix(_DIGEST_MARK)
        alike = (passage for passage in self._library.passages if passage.digest.startswith(wanted))
        return max(alike, key=lambda passage: passage.edition, default=None)


def caption_of(card: CitationCard) -> str:
    """What goes with the picture wherever it is forwarded: the source, its standing, the link."""
    link = escape(card.link)
    return f'{escape(card.source)} · {escape(card.status)}\n<a href="{link}">{link}</a>'


def copy_texts(card: CitationCard) -> tuple[str, ...]:
    """All of the card's text as code blocks, which a tap copies; one where it fits a message."""
    texts, rest = [], card.text()
    while rest:
        text = rest
        if utf16_length(rest) > MAX_MESSAGE_UNITS:
            text = whole_sentences(rest, MAX_MESSAGE_UNITS) or whole_words(rest, MAX_MESSAGE_UNITS)
        texts.append(f"<pre>{escape(text)}</pre>")
        rest = rest[len(text) :].lstrip()
    return tuple(texts)


def copy_button(card: CitationCard) -> InlineKeyboardMarkup | None:
    """Copies the whole text, else the words with their place, as far as a button can hold either."""
    for label, text in ((say.COPY, card.text()), (say.COPY_QUOTE, card.short_text())):
        if utf16_length(text) <= MAX_COPY_UNITS:
            return InlineKeyboardMarkup([[InlineKeyboardButton(label, copy_text=CopyTextButton(text))]])
    return None
