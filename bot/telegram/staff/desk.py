"""/kezek and the cards: staff answer a question, close it, or keep the answer for everyone."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity, Update
from telegram.ext import ContextTypes

from bot.fitting import MAX_MESSAGE_UNITS, shortened, utf16_length, visible_length
from bot.kazakh import staff as say
from bot.message_draft import blocks, escape
from bot.storage.values import Card, CardState, Waiting
from bot.telegram.buttons import tapped
from bot.telegram.dependencies import Dependencies
from bot.telegram.errors import ignoring_stale
from bot.telegram.outgoing import Outgoing
from bot.telegram.pages import packed
from bot.telegram.sending import reply_to
from bot.telegram.staff.cards import Cards
from bot.telegram.staff.drafts import Drafts
from bot.telegram.staff.room import about, keyboard

MAX_ANSWER_UNITS = 3000
_MAX_BUTTONS = 20
_MAX_LINE_UNITS = 200

CARD_REPLY = re.compile(re.escape(say.card_title(0)).replace("0", r"(?P<card>\d+)\b"))


class CardDesk:
    """The open questions. ``drafts`` takes over an answer that is to be kept."""

    def __init__(self, deps: Dependencies, cards: Cards, drafts: Drafts) -> None:
        self._deps = deps
        self._cards = cards
        self._drafts = drafts

    async def queue(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/kezek: the open cards, most asked first; a button brings a card down to the end of the chat."""
        message = update.effective_message
        assert message is not None
        cards = await self._deps.storage.queue.open_cards()
        if not cards:
            await reply_to(context.bot, message, escape(say.QUEUE_EMPTY))
            return
        lines = [f"<b>{escape(say.open_cards(len(cards)))}</b>", *map(_line, cards)]
        texts = packed(lines, MAX_MESSAGE_UNITS, visible_length)
        rows = [
            tuple((say.card_title(card.id), f"s:o:{card.id}") for card in cards[at : at + 2])
            for at in range(0, min(len(cards), _MAX_BUTTONS), 2)
        ]
        for text in texts[:-1]:
            await reply_to(context.bot, message, text)
        await reply_to(context.bot, message, texts[-1], keyboard(*rows))

    async def open(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show a card of the list, to be answered here."""
        query, data = tapped(update, context)
        card = await self._deps.storage.queue.get(int(data["card"]))
        with ignoring_stale():
            if card is None or card.state is not CardState.OPEN:
                await query.answer(say.ALREADY_ANSWERED, show_alert=True)
                return
            await query.answer()
        await self._cards.place(context.bot, card)

    async def replied(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A reply to a card is the answer; everybody who waits for it gets it."""
        message, user = update.effective_message, update.effective_user
        assert message is not None and user is not None
        found = about(message, CARD_REPLY)
        assert found is not None  # the handler's filter saw it
        card = await self._deps.storage.queue.get(int(found["card"]))
        text = (message.text or "").strip()
        refusal = _refusal(card, text)
        if refusal or card is None:
            await reply_to(context.bot, message, escape(refusal or say.CARD_GONE))
            return
        waiting = await self._answer(card, text, user.id)
        if waiting is None:
            said = say.ALREADY_ANSWERED
        else:
            said = say.answer_sent(card.id, len(waiting))
            await self._cards.redraw(context.bot, card.id)
        # the words stand in the message itself, so that «Сақтау» still knows them after a restart
        offer = blocks(escape(said), f"<blockquote>{escape(text)}</blockquote>", escape(say.KEEP_OFFER))
        buttons = ((say.SAVE, f"s:k:{card.id}"), (say.NOT_NOW, "s:n"))
        await reply_to(context.bot, message, offer, keyboard(buttons) if card.question else None)

    async def close(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Жауапсыз жабу»: those who wait are told that there will be no answer."""
        query, data = tapped(update, context)
        card_id = int(data["card"])
        async with self._deps.storage.transaction():
            waiting = await self._deps.storage.queue.close(card_id, query.from_user.id)
            await self._owe(card_id, waiting or (), Outgoing(escape(say.CARD_CLOSED_TO_ASKER)))
        with ignoring_stale():
            await query.answer(say.ALREADY_ANSWERED if waiting is None else say.CARD_CLOSED, show_alert=True)
        await self._cards.redraw(context.bot, card_id)

    async def keep(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Сақтау»: a draft for everyone, which still needs its citations."""
        query, data = tapped(update, context)
        card = await self._deps.storage.queue.get(int(data["card"]))
        text = _answer_in(query.message) if isinstance(query.message, Message) else None
        if card is None or card.question is None or text is None:
            with ignoring_stale():
                await query.answer(say.CARD_GONE, show_alert=True)
            return
        await self._drafts.begin(query, text, card.understood or card.question)

    async def dismiss(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Керек емес»: the buttons go."""
        query, _ = tapped(update, context)
        with ignoring_stale():
            await query.answer()
            await query.edit_message_reply_markup(None)

    async def _answer(self, card: Card, text: str, by: int) -> tuple[Waiting, ...] | None:
        """Settle the card and owe its answers, both or neither; None where another one was faster."""
        html = blocks(f"<b>{say.SIGNATURE}</b>", escape(text))
        async with self._deps.storage.transaction():
            waiting = await self._deps.storage.queue.answer(card.id, by)
            await self._owe(card.id, waiting or (), Outgoing(html))
        return waiting

    async def _owe(self, card_id: int, waiting: tuple[Waiting, ...], outgoing: Outgoing) -> None:
        for number, asker in enumerate(waiting):
            await self._deps.storage.deliveries.owe(
                asker.chat_id,
                outgoing.to_json(),
                dedupe_key=f"card:{card_id}:{number}",  # a card is settled only once
                kind="staff",
                reply_to=asker.reply_to,
                question_id=asker.question_id,
            )


def _refusal(card: Card | None, text: str) -> str | None:
    if card is None:
        return say.CARD_GONE
    if not text:
        return say.TEXT_ONLY
    units = utf16_length(text)
    return say.too_long(units, MAX_ANSWER_UNITS) if units > MAX_ANSWER_UNITS else None


def _answer_in(message: Message) -> str | None:
    """The staff member's words inside the offer to keep them."""
    found = message.parse_entities([MessageEntity.BLOCKQUOTE])
    return next(iter(found.values()), None)


def _line(card: Card) -> str:
    words = escape(shortened(" ".join((card.question or "").split()), _MAX_LINE_UNITS))
    return f"<b>{escape(say.card_title(card.id))}</b> · {escape(say.asked_by(card.asked))}\n{words}"
