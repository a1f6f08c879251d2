"""/statistika: the counts of the last days, as a picture; and the weekly digest."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from telegram import Bot, ReplyParameters, Update
from telegram.ext import ContextTypes

from bot.charts import statistics_png, topic_label
from bot.fitting import shortened
from bot.kazakh import staff as say
from bot.message_draft import blocks, escape
from bot.storage.clock import Clock, day_of, utc_now
from bot.storage.values import CuratedStatus, Statistics
from bot.telegram.buttons import tapped
from bot.telegram.dependencies import Dependencies
from bot.telegram.errors import ignoring_stale
from bot.telegram.outgoing import Outgoing
from bot.telegram.sending import reply_to
from bot.telegram.staff.room import keyboard
from knowledge.catalog import Catalog

DAYS = 30
MAX_DAYS = 366
WEEK = timedelta(days=7)
_TOPICS = 5


class StatisticsDesk:
    """Counts up to the real day: that of the answers' law (``deps.today``) may be set to another one."""

    def __init__(self, deps: Dependencies, clock: Clock = utc_now) -> None:
        self._deps = deps
        self._clock = clock

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«/statistika 30»: that many days up to today."""
        message = update.effective_message
        assert message is not None
        args = context.args or [str(DAYS)]
        days = int(args[0]) if args[0].isdecimal() and len(args[0]) < 5 else 0
        if not 1 <= days <= MAX_DAYS or len(args) > 1:
            await reply_to(context.bot, message, escape(say.STATISTICS_USAGE))
            return
        until = day_of(self._clock())
        await self._send(
            context.bot, message.chat.id, until - timedelta(days=days - 1), until, message.message_id
        )

    async def chart(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Суретпен көру» under a digest."""
        query, data = tapped(update, context)
        with ignoring_stale():
            await query.answer()
        if query.message is not None:
            until = date.fromisoformat(data["until"])
            since = until - timedelta(days=int(data["days"]) - 1)
            await self._send(context.bot, query.message.chat.id, since, until, query.message.message_id)

    async def _send(self, bot: Bot, chat_id: int, since: date, until: date, reply_to_id: int) -> None:
        counted = await self._deps.storage.statistics.between(since, until)
        picture = await asyncio.to_thread(statistics_png, counted, self._deps.catalog)
        await bot.send_photo(
            chat_id,
            picture,
            caption=summary_html(counted),
            reply_parameters=ReplyParameters(reply_to_id, allow_sending_without_reply=True),
        )


async def send_digest(deps: Dependencies, week: date) -> bool:
    """Owe the staff the digest of the seven days before ``week``, a Monday; once, however often it is called.

    :returns: False where there is no staff chat, or nobody asked anything.
    """
    if deps.staff.chat_id is None:
        return False
    since, until = week - WEEK, week - timedelta(days=1)
    counted = await deps.storage.statistics.between(since, until)
    if counted.median_ms is None:  # nobody asked anything
        return False
    cards = await deps.storage.queue.open_cards()
    withdrawn = await deps.storage.curated.listed(CuratedStatus.WITHDRAWN)
    html = digest_html(counted, deps.catalog, len(cards), len(withdrawn))
    buttons = keyboard(((say.WITH_CHART, f"s:g:7:{until.isoformat()}"),))
    await deps.storage.deliveries.owe(
        deps.staff.chat_id,
        Outgoing(html, buttons).to_json(),
        dedupe_key=f"digest:{week.isoformat()}",
        kind="staff",
    )
    return True


def summary_html(counted: Statistics) -> str:
    """The counts in words, for those who cannot see the picture."""
    days = counted.days
    answered, refused, passed_on = (
        sum(getattr(day, name) for day in days) for name in ("answered", "refused", "passed_on")
    )
    total = answered + refused + passed_on + sum(day.smalltalk for day in days)
    lines = (
        say.totals(total, answered, refused, passed_on),
        say.votes(counted.feedback.up, counted.feedback.down),
        say.speed(counted.people, counted.median_ms),
    )
    return "\n".join((f"<b>{escape(say.span(counted.since, counted.until))}</b>", *map(escape, lines)))


def digest_html(counted: Statistics, catalog: Catalog, cards: int, withdrawn: int) -> str:
    topics = [
        f"{number}. {escape(shortened(topic_label(topic, catalog), 120))} · {topic.questions}"
        for number, topic in enumerate(counted.topics[:_TOPICS], start=1)
    ]
    return blocks(
        f"<b>{escape(say.DIGEST)}</b>",
        summary_html(counted),
        "\n".join((f"<b>{escape(say.TOPICS)}</b>", *topics)) if topics else "",
        escape(say.waiting(cards, withdrawn)),
    )
