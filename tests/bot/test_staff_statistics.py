"""/statistika, the weekly digest, and ``python -m bot stats``."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.kazakh import staff as say
from bot.stats_command import show, write_csv
from bot.storage.clock import day_of, utc_now
from bot.storage.values import NewQuestion, PassageRef, QuestionStatus, Vote
from bot.telegram.staff import send_digest
from bot.telegram.staff.caretaker import digest_week, take_care
from tests.bot.journalists_case import CATALOG
from tests.bot.staff_case import AIGUL, BERIK, ROOM, STAFF, Room, staff_room
from tests.bot.test_charts import BUSY, EMPTY, size_of


async def asked(room: Room) -> None:
    """Two questions of today, one of them answered and liked."""
    passage = room.deps.library.passages[-1]
    storage = room.deps.storage
    number = await storage.questions.record(
        NewQuestion(
            AIGUL, AIGUL, "Жол қандай?", QuestionStatus.ANSWERED, None, (PassageRef.of(passage),), 0.9, 24.0
        )
    )
    await storage.questions.record(
        NewQuestion(BERIK, BERIK, "Ауа райы?", QuestionStatus.REFUSED, elapsed_ms=30)
    )
    await storage.feedback.vote(number, AIGUL, Vote.UP)


async def test_statistika_sends_a_picture_with_the_counts_in_words(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await asked(room)
        update = room.says("/statistika 7")
        await room.server.wait_for_call("sendPhoto")
        today = day_of(utc_now())
        sent = await room.shown(say.span(today - timedelta(days=6), today))
        assert sent.method == "sendPhoto" and sent.file is not None
        assert size_of(sent.file) == (1100, 1320)
        assert sent.reply_to == room.server.message_id_of(update)
        assert sent.text.splitlines()[1:] == [
            "Сұрақтар: 2 · жауап берілді: 1 · жауап табылмады: 1 · қызметкерге берілді: 0",
            "Пікірлер: 👍 1 · 👎 0",
            "Сұраған адамдар: 2 · жауап уақытының медианасы: 27 мс",
        ]


async def test_statistika_says_what_it_wants_to_a_wrong_number_of_days(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        last = None
        for wrong in ("0", "367", "көп", "1 2"):
            room.says(f"/statistika {wrong}")
            last = await room.shown(say.STATISTICS_USAGE, after=last)


async def test_the_digest_comes_once_a_week_with_a_button_for_its_picture(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await asked(room)
        week = day_of(utc_now()) + timedelta(days=1)
        assert await send_digest(room.deps, week)
        assert await send_digest(room.deps, week)
        digest = await room.shown(say.DIGEST)
        assert "Ең көп сұралған баптар\n1. 1-бап, «Жол туралы» Заң · 1" in digest.text
        assert digest.text.endswith("Жауап күткен сұрақтар: 0 (/kezek) · шешім күткен жауаптар: 0 (/jauap)")
        room.server.taps(digest, say.WITH_CHART, user_id=STAFF)
        await room.server.wait_for_call("sendPhoto")
        assert [m.text.partition("\n")[0] for m in room.server.messages(ROOM)].count(say.DIGEST) == 1


async def test_a_week_without_a_question_has_no_digest(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        assert await send_digest(room.deps, day_of(utc_now())) is False


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (datetime(2026, 11, 23, 3, 59, tzinfo=UTC), None),  # Monday, 8:59 in Kazakhstan
        (datetime(2026, 11, 23, 4, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 29, 18, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 29, 19, 0, tzinfo=UTC), None),  # Monday has begun there
    ],
)
def test_the_digest_is_due_from_monday_nine_o_clock_in_kazakhstan(now: datetime, week: date | None) -> None:
    assert digest_week(lambda: now) == week


async def test_rounds_go_on_at_their_pace_until_they_are_cancelled(tmp_path: Path) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise asyncio.CancelledError

    async with staff_room(tmp_path) as room:
        await asked(room)
        today = day_of(utc_now())
        next_tuesday = today + timedelta(days=8 - today.weekday())
        noon = datetime.combine(next_tuesday, time(12), UTC)
        with pytest.raises(asyncio.CancelledError):
            await take_care(room.deps, room.bot, clock=lambda: noon, sleep=sleep)
        assert slept == [600.0, 600.0, 600.0]
        await room.shown(say.DIGEST)


def test_the_csv_has_a_row_a_day() -> None:
    out = io.StringIO()
    write_csv(BUSY, out)
    rows = out.getvalue().splitlines()
    assert rows[:3] == [
        "day,answered,refused,passed_on,smalltalk",
        "2026-10-01,20,0,0,2",
        "2026-10-02,27,1,1,2",
    ]
    assert len(rows) == 31


def test_the_table_names_days_topics_and_slow_questions_as_they_were_typed() -> None:
    out = io.StringIO()
    show(BUSY, CATALOG, out)
    shown = out.getvalue()
    assert "2026 жылғы 2 қазан" in shown
    assert "Баға $5 пен $7 аралығында ма?" in shown
    assert say.speed(230, 24.0) in shown


def test_the_table_of_an_empty_time_says_so() -> None:
    out = io.StringIO()
    show(EMPTY, CATALOG, out)
    assert out.getvalue().count("дерек жоқ") == 3
