"""/eskertu: a correction to everyone who was shown a text: previewed and counted, then sent by the outbox."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import InlineKeyboardMarkup, Message, MessageEntity, Update
from telegram.ext import ContextTypes

from bot import kazakh
from bot.fitting import utf16_length
from bot.kazakh import staff as say
from bot.message_draft import blocks, escape
from bot.storage.clock import Clock, utc_now
from bot.storage.values import Campaign, CampaignState, Cited
from bot.telegram.buttons import tapped
from bot.telegram.dependencies import Dependencies
from bot.telegram.errors import ignoring_stale
from bot.telegram.outgoing import Outgoing
from bot.telegram.sending import reply_to
from bot.telegram.staff.places import Place, passages_at, read_place
from bot.telegram.staff.room import Row, keyboard
from knowledge.errors import KnowledgeError
from knowledge.model import Reference

MAX_TEXT_UNITS = 2500
DAYS = 30
MAX_DAYS = 366
TWICE_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Target:
    """Everybody who was shown this place within ``days``."""

    place: Reference
    days: int

    @property
    def data(self) -> str:
        return f"{self.place.document}:{self.place.article}:{self.place.point or ''}:{self.days}"

    @classmethod
    def of(cls, data: dict[str, str]) -> Target:
        return cls(Reference(data["document"], data["article"], data["point"] or None), int(data["days"]))


class Corrections:
    """The correction's words stand in the preview itself: it can be confirmed after a restart too."""

    def __init__(self, deps: Dependencies, clock: Clock = utc_now) -> None:
        self._deps = deps
        self._clock = clock
        self._starting = asyncio.Lock()

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«/eskertu law-assembly 9-бап 30», the text from the next line on."""
        message = update.effective_message
        assert message is not None and message.text is not None
        first, _, text = message.text.partition("\n")
        place, text = read_place(first.partition(" ")[2]), text.strip()
        target = self._target(place) if place else None
        if target is None or not text:
            await reply_to(context.bot, message, escape(say.CORRECTION_USAGE))
            return
        if utf16_length(text) > MAX_TEXT_UNITS:
            refusal = say.too_long(utf16_length(text), MAX_TEXT_UNITS)
            await reply_to(context.bot, message, escape(refusal))
            return
        chats = await self._deps.storage.sent_passages.count(self._cited(target), self._since(target))
        if not chats:
            await reply_to(context.bot, message, escape(say.CORRECTION_NOBODY))
            return
        title = escape(say.correction_preview(chats, self._named(target.place), target.days))
        html = blocks(title, f"<blockquote>{escape(text)}</blockquote>")
        buttons: Row = ((say.send_to(chats), f"s:w:{target.data}"), (say.CANCEL, "s:y"))
        await reply_to(context.bot, message, html, keyboard(buttons))

    async def send(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Жіберу»: owed to every recipient at once, in one transaction; a second tap starts nothing."""
        query, data = tapped(update, context)
        target = Target.of(data)
        text = _text_in(query.message) if isinstance(query.message, Message) else None
        if text is None:
            with ignoring_stale():
                await query.answer(say.CORRECTION_CANCELLED, show_alert=True)
            return
        outgoing = Outgoing(self._html(text, target))
        async with self._starting, self._deps.storage.transaction():
            campaign = await self._sent_before(text)
            started = campaign is None
            if campaign is None:
                campaign = await self._deps.storage.campaigns.start(
                    text,
                    outgoing.to_json(),
                    self._cited(target),
                    self._since(target),
                    by=query.from_user.id,
                )
        with ignoring_stale():
            await query.answer(None if started else say.CORRECTION_TWICE, show_alert=not started)
            await query.edit_message_text(_state(campaign), reply_markup=_state_buttons(campaign))

    async def cancel(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query, _ = tapped(update, context)
        with ignoring_stale():
            await query.answer()
            await query.edit_message_text(escape(say.CORRECTION_CANCELLED))

    async def state(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Күйін көру»: how far it has got."""
        query, data = tapped(update, context)
        campaign = await self._deps.storage.campaigns.get(int(data["campaign"]))
        with ignoring_stale():
            await query.answer()
            if campaign is not None:
                await query.edit_message_text(_state(campaign), reply_markup=_state_buttons(campaign))

    async def stop(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Тоқтату»: what has not been sent yet is not sent."""
        query, data = tapped(update, context)
        campaign = await self._deps.storage.campaigns.stop(int(data["campaign"]))
        with ignoring_stale():
            await query.answer()
            if campaign is not None:
                await query.edit_message_text(_state(campaign), reply_markup=_state_buttons(campaign))

    def _target(self, place: Place) -> Target | None:
        """None where there is no such place, or the days make no sense."""
        days = DAYS if place.number is None else place.number
        if not 1 <= days <= MAX_DAYS or place.quote is not None:
            return None
        found = passages_at(self._deps.library, place, self._deps.today())
        return Target(place.reference, days) if found else None

    def _cited(self, target: Target) -> Cited:
        """A place with a point is known by its texts, in every edition; without, by its article."""
        place = target.place
        if place.point is None:
            return Cited(document=place.document, article=place.article)
        library = self._deps.library
        editions = library.editions(place.document)
        passages = (passage for edition in editions for passage in library.find(place, edition))
        return Cited(digests=tuple(dict.fromkeys(passage.digest for passage in passages)))

    def _since(self, target: Target) -> datetime:
        return self._clock() - timedelta(days=target.days)

    def _named(self, place: Reference) -> str:
        try:
            title = self._deps.catalog.document(place.document).short_title
        except KnowledgeError:
            title = place.document
        return f"{title}, {kazakh.locator(place.article or None, place.point)}"

    def _html(self, text: str, target: Target) -> str:
        why = f"<i>{escape(say.CORRECTION_WHY)} {escape(self._named(target.place))}</i>"
        return blocks(f"<b>{escape(say.CORRECTION)}</b>", escape(text), why)

    async def _sent_before(self, text: str) -> Campaign | None:
        """The same words a short while ago: a second tap, or a tap after a crash."""
        now = self._clock()
        latest = await self._deps.storage.campaigns.latest()
        return next((c for c in latest if c.text == text and now - c.started_at < TWICE_WITHIN), None)


def _text_in(message: Message) -> str | None:
    found = message.parse_entities([MessageEntity.BLOCKQUOTE])
    return next(iter(found.values()), None)


def _state(campaign: Campaign) -> str:
    counts = (campaign.sent, campaign.left, campaign.blocked, campaign.failed + campaign.dropped)
    head = escape(say.campaign_state(campaign.id, campaign.state.value, counts))
    return blocks(head, f"<blockquote>{escape(campaign.text)}</blockquote>")


def _state_buttons(campaign: Campaign) -> InlineKeyboardMarkup | None:
    show = (say.SHOW_STATE, f"s:i:{campaign.id}")
    if campaign.state is CampaignState.RUNNING:
        return keyboard((show, (say.STOP, f"s:t:{campaign.id}")))
    return None
