"""A question in the staff chat: how its card looks, and how it is kept up to date."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError

from bot import kazakh
from bot.fitting import shortened
from bot.kazakh import staff as say
from bot.message_draft import blocks, escape
from bot.storage.values import Card, CardState
from bot.telegram.dependencies import Dependencies
from bot.telegram.staff.room import keyboard
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import Passage

_MAX_QUESTION_UNITS = 1500
_MAX_UNDERSTOOD_UNITS = 600
_MAX_EXCERPT_UNITS = 160

log = structlog.get_logger()


def place_of(catalog: Catalog, passage: Passage) -> str:
    """«Ассамблея туралы заң, 9-бап, 2-тармақ»"""
    title = catalog.document(passage.document).short_title
    place = kazakh.locator(passage.article, passage.point)
    return f"{title}, {place}" if place else title


def card_html(card: Card, library: Library, catalog: Catalog) -> str:
    """The card; the excerpts only remind of the passages, they are no quotations."""
    head = f"<b>{escape(say.card_title(card.id))}</b> · {escape(say.asked_by(card.asked))}"
    if card.question is None:
        return blocks(head, escape(say.CARD_WITHOUT_WORDS))
    question = f"<blockquote>{escape(shortened(card.question, _MAX_QUESTION_UNITS))}</blockquote>"
    understood = ""
    if card.understood and card.understood != card.question:
        understood = escape(say.understood_as(shortened(card.understood, _MAX_UNDERSTOOD_UNITS)))
    found = [passage for passage in map(library.passage, card.passages) if passage is not None]
    lines = [
        f"{number}. <i>{escape(place_of(catalog, passage))}</i>\n"
        f"{escape(shortened(' '.join(passage.text.split()), _MAX_EXCERPT_UNITS))}"
        for number, passage in enumerate(found, start=1)
    ]
    nearest = "\n".join((f"<b>{say.NEAREST}</b>", *lines)) if lines else ""
    state = say.CARD_HELP if card.state is CardState.OPEN else say.CARD_STATES[card.state.value]
    return blocks(head, question, understood, nearest, f"<i>{escape(state)}</i>")


def card_buttons(card: Card) -> InlineKeyboardMarkup | None:
    """«Жауапсыз жабу» while it is open."""
    return keyboard(((say.CLOSE_CARD, f"s:x:{card.id}"),)) if card.state is CardState.OPEN else None


class Cards:
    """Puts cards into the staff chat and redraws them; a chat that can't be reached loses nothing."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps

    async def place(self, bot: Bot, card: Card) -> bool:
        """Send the card to the staff chat; where that fails now, ``place_missing`` does it later."""
        chat_id = self._deps.staff.chat_id
        if chat_id is None:
            return False
        try:
            sent = await bot.send_message(chat_id, self._html(card), reply_markup=card_buttons(card))
        except TelegramError as error:
            log.warning("card_not_placed", card=card.id, error=type(error).__name__)
            return False
        await self._deps.storage.queue.placed(card.id, sent.message_id)
        return True

    async def place_missing(self, bot: Bot) -> None:
        """Send the open cards that never got into the staff chat, oldest first."""
        waiting = [c for c in await self._deps.storage.queue.open_cards() if c.staff_message_id is None]
        for card in sorted(waiting, key=lambda card: card.id):
            if not await self.place(bot, card):
                return

    async def redraw(self, bot: Bot, card_id: int) -> None:
        """Show the card as it is now; one that was deleted in the chat is sent anew while it is open."""
        card = await self._deps.storage.queue.get(card_id)
        chat_id = self._deps.staff.chat_id
        if card is None or chat_id is None:
            return
        if card.staff_message_id is None:
            await self.place(bot, card)
            return
        try:
            await bot.edit_message_text(
                self._html(card),
                chat_id=chat_id,
                message_id=card.staff_message_id,
                reply_markup=card_buttons(card),
            )
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return
            if card.state is CardState.OPEN:
                await self.place(bot, card)
        except TelegramError as error:
            log.warning("card_not_redrawn", card=card.id, error=type(error).__name__)

    async def tidy(self, bot: Bot, staff_messages: tuple[int, ...]) -> None:
        """Redraw the cards behind these messages: words were deleted (``Forgotten``, ``Swept``)."""
        cards = await asyncio.gather(*map(self._deps.storage.queue.by_staff_message, staff_messages))
        for card in cards:
            if card is not None:
                await self.redraw(bot, card.id)

    def _html(self, card: Card) -> str:
        return card_html(card, self._deps.library, self._deps.catalog)
