"""The picture of /statistika, drawn for real; what it says is compared by its bars, its size by its bytes."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.charts import (
    Bar,
    feedback_bars,
    outcome_bars,
    slow_bars,
    statistics_png,
    topic_bars,
    topic_label,
)
from bot.storage.values import DayCount, FeedbackCount, SlowQuestion, Statistics, TopicCount
from knowledge.catalog import load_catalog

SINCE = date(2026, 10, 1)
NOON = datetime(2026, 10, 5, 7, tzinfo=UTC)
CATALOG = load_catalog()
BUSY = Statistics(
    since=SINCE,
    until=SINCE + timedelta(days=29),
    days=tuple(
        DayCount(
            SINCE + timedelta(days=n), answered=20 + 7 * n % 31, refused=n % 5, passed_on=n % 3, smalltalk=2
        )
        for n in range(30)
    ),
    feedback=FeedbackCount(up=120, down=31, wrong=4, incomplete=12, unclear=7, other=3),
    topics=(
        TopicCount("law-assembly", "9", 130),
        TopicCount("law-halyk-kenesi", "12", 88),
        TopicCount("constitution-2026", "70", 41),
        TopicCount("law-assembly", "10-1", 25),
        TopicCount("assembly-article", None, 12),
    ),
    slowest=(
        SlowQuestion(1, "Ассамблеяның мүшелігіне үміткерлерді кім және қалай ұсынады?", 912.4, NOON),
        SlowQuestion(2, "Баға $5 пен $7 аралығында ма? 🙂", 640.0, NOON),
        SlowQuestion(3, None, 511.6, NOON),
    ),
    people=230,
    median_ms=24.0,
)
EMPTY = replace(
    BUSY,
    days=tuple(DayCount(day.day) for day in BUSY.days),
    feedback=FeedbackCount(),
    topics=(),
    slowest=(),
    people=0,
    median_ms=None,
)


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("statistics", [BUSY, EMPTY], ids=["busy", "empty"])
def test_the_picture_is_drawn_at_one_size_whatever_there_is_to_show(statistics: Statistics) -> None:
    assert size_of(statistics_png(statistics, CATALOG)) == (1100, 1320)


def test_a_single_day_and_a_year_are_drawn_too() -> None:
    day = replace(BUSY, until=BUSY.since, days=BUSY.days[:1])
    year = tuple(DayCount(SINCE + timedelta(days=n), answered=n) for n in range(366))
    for statistics in (day, replace(BUSY, until=year[-1].day, days=year)):
        assert size_of(statistics_png(statistics, CATALOG)) == (1100, 1320)


def test_outcomes_add_up_over_the_days() -> None:
    days = (DayCount(SINCE, 3, 2, 1, 4), DayCount(SINCE + timedelta(days=1), 10, 0, 1, 0))
    bars = outcome_bars(replace(BUSY, days=days))
    assert [(bar.label, bar.value) for bar in bars] == [
        ("жауап берілді", 13),
        ("жауап табылмады", 2),
        ("қызметкерге берілді", 2),
        ("әңгіме", 4),
    ]


def test_votes_without_a_reason_are_what_the_reasons_leave() -> None:
    bars = feedback_bars(BUSY.feedback)
    assert [(bar.label, bar.value) for bar in bars] == [
        ("пайдалы", 120),
        ("қате", 4),
        ("толық емес", 12),
        ("түсініксіз", 7),
        ("басқа", 3),
        ("себебі айтылмаған", 5),
    ]


def test_a_topic_is_named_by_article_and_short_title() -> None:
    title = CATALOG.document("law-assembly").short_title
    assert topic_label(TopicCount("law-assembly", "9", 1), CATALOG) == f"9-бап, {title}"
    assert topic_label(TopicCount("law-assembly", None, 1), CATALOG) == title
    assert topic_label(TopicCount("a-law-of-old", "2", 1), CATALOG) == "2-бап, a-law-of-old"
    assert [bar.value for bar in topic_bars(BUSY.topics, CATALOG)] == [130, 88, 41, 25, 12]


def test_a_slow_question_whose_words_are_deleted_is_still_listed() -> None:
    bars = slow_bars(BUSY)
    assert bars[2] == Bar("(мәтіні өшірілген)", 511.6, bars[0].color, "512")
