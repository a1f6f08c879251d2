"""The staff's side: unanswered questions, curated answers, corrections and counts. It answers nobody else."""

from __future__ import annotations

from typing import Any

from telegram.ext import BaseHandler, MessageHandler, filters

from bot.storage.clock import Clock, utc_now
from bot.telegram.dependencies import Dependencies
from bot.telegram.staff.answers import QUESTION_REPLY, TEXT_REPLY, CuratedDesk
from bot.telegram.staff.cards import Cards
from bot.telegram.staff.caretaker import take_care
from bot.telegram.staff.corrections import Corrections
from bot.telegram.staff.desk import CARD_REPLY, CardDesk
from bot.telegram.staff.drafts import ANSWER_REPLY, Drafts
from bot.telegram.staff.intake import pass_on
from bot.telegram.staff.room import Admitted, RepliesTo, StaffTaps, staff_command
from bot.telegram.staff.statistics import StatisticsDesk, send_digest
from bot.telegram.staff.withdrawals import keep_locks

__all__ = ["Cards", "handlers", "keep_locks", "pass_on", "send_digest", "take_care"]

_CARD = r"(?P<card>\d{1,18})"
_ANSWER = r"(?P<answer>\d{1,18})"
_CAMPAIGN = r"(?P<campaign>\d{1,18})"
_TARGET = r"(?P<document>[a-z0-9-]+):(?P<article>[0-9-]*):(?P<point>[0-9-]*):(?P<days>\d{1,3})"


def handlers(deps: Dependencies, clock: Clock = utc_now) -> list[BaseHandler[Any, Any, Any]]:
    """All of the group, to be registered before those of the citizens: commands, replies, taps («s:…»)."""
    room = deps.staff
    curated = CuratedDesk(deps)
    drafts = Drafts(deps, curated)
    cards = CardDesk(deps, Cards(deps), drafts)
    corrections = Corrections(deps, clock)
    statistics = StatisticsDesk(deps, clock)
    ours = filters.UpdateType.MESSAGE & Admitted(room)
    return [
        staff_command(room, "kezek", cards.queue),
        staff_command(room, "jauap", curated.find),
        staff_command(room, "statistika", statistics.command),
        staff_command(room, "eskertu", corrections.command),
        MessageHandler(ours & ~filters.COMMAND & RepliesTo(CARD_REPLY), cards.replied),
        MessageHandler(ours & ~filters.COMMAND & RepliesTo(TEXT_REPLY), curated.text_given),
        MessageHandler(ours & ~filters.COMMAND & RepliesTo(QUESTION_REPLY), curated.question_given),
        MessageHandler(ours & ~filters.COMMAND & RepliesTo(ANSWER_REPLY), drafts.typed),
        StaffTaps(room, f"o:{_CARD}", cards.open),
        StaffTaps(room, f"x:{_CARD}", cards.close),
        StaffTaps(room, f"k:{_CARD}", cards.keep),
        StaffTaps(room, "n", cards.dismiss),
        StaffTaps(room, f"a:{_ANSWER}", curated.view),
        StaffTaps(room, f"e:{_ANSWER}", curated.edit),
        StaffTaps(room, f"v:{_ANSWER}", curated.add_question),
        StaffTaps(room, f"h:{_ANSWER}", curated.history),
        StaffTaps(room, f"u:{_ANSWER}", curated.renew),
        StaffTaps(room, f"r:{_ANSWER}", curated.retire),
        StaffTaps(room, f"R:{_ANSWER}", curated.retire_surely),
        StaffTaps(room, f"z:{_ANSWER}", drafts.open),
        StaffTaps(room, f"c:{_ANSWER}:(?P<key>[0-9a-f]{{16}})", drafts.toggle),
        StaffTaps(room, f"d:{_ANSWER}", drafts.done),
        StaffTaps(room, f"w:{_TARGET}", corrections.send),
        StaffTaps(room, "y", corrections.cancel),
        StaffTaps(room, f"i:{_CAMPAIGN}", corrections.state),
        StaffTaps(room, f"t:{_CAMPAIGN}", corrections.stop),
        StaffTaps(room, r"g:(?P<days>\d{1,3}):(?P<until>\d{4}-\d{2}-\d{2})", statistics.chart),
    ]
