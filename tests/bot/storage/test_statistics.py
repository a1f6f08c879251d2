"""What is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.storage import Storage
from bot.storage.values import (
    DayCount,
    FeedbackCount,
    QuestionStatus,
    Reason,
    SlowQuestion,
    Statistics,
    TopicCount,
    Vote,
)
from tests.bot.storage.samples import AIGUL, BERIK, SAULE, HandClock, passage, question

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)


async def test_days_without_a_question_are_counted_too(storage: Storage) -> None:
    assert await storage.statistics.between(MONDAY, TUESDAY) == Statistics(
        since=MONDAY,
        until=TUESDAY,
        days=(DayCount(MONDAY), DayCount(TUESDAY)),
        feedback=FeedbackCount(),
        topics=(),
        slowest=(),
        people=0,
        median_ms=None,
    )


async def test_questions_are_counted_by_day_and_by_what_became_of_them(
    storage: Storage, clock: HandClock
) -> None:
    for status in (QuestionStatus.ANSWERED, QuestionStatus.ANSWERED, QuestionStatus.SMALLTALK):
        await storage.questions.record(question(status=status))
    clock.move(days=2)
    await storage.questions.record(question(status=QuestionStatus.REFUSED, user_id=BERIK))
    await storage.questions.record(question(status=QuestionStatus.PASSED_ON, user_id=SAULE))
    counted = await storage.statistics.between(MONDAY, WEDNESDAY)
    assert counted.days == (
        DayCount(MONDAY, answered=2, smalltalk=1),
        DayCount(TUESDAY),
        DayCount(WEDNESDAY, refused=1, passed_on=1),
    )
    assert counted.people == 3
    assert (await storage.statistics.between(TUESDAY, TUESDAY)).people == 0


async def test_a_day_begins_at_midnight_in_kazakhstan(storage: Storage, clock: HandClock) -> None:
    clock.now = datetime(2026, 11, 2, 18, 59, 59, tzinfo=UTC)
    await storage.questions.record(question())
    clock.now = datetime(2026, 11, 2, 19, 0, tzinfo=UTC)
    await storage.questions.record(question())
    counted = await storage.statistics.between(MONDAY, TUESDAY)
    assert counted.days == (DayCount(MONDAY, answered=1), DayCount(TUESDAY, answered=1))


async def test_votes_are_counted_with_their_reasons(storage: Storage) -> None:
    question_id = await storage.questions.record(question())
    for user_id, reason in ((AIGUL, Reason.WRONG), (BERIK, Reason.UNCLEAR), (SAULE, None)):
        await storage.feedback.vote(question_id, user_id, Vote.DOWN)
        if reason:
            await storage.feedback.give_reason(question_id, user_id, reason)
    await storage.feedback.vote(question_id, 1, Vote.UP)
    counted = await storage.statistics.between(MONDAY, MONDAY)
    assert counted.feedback == FeedbackCount(up=1, down=3, wrong=1, unclear=1)


async def test_topics_are_the_articles_that_answers_cited_first(storage: Storage) -> None:
    nine, ten, article = passage("9"), passage("10"), passage("", "assembly-article")
    for cited in ((nine, ten), (nine,), (article, nine)):
        await storage.questions.record(question(passages=cited))
    await storage.questions.record(question(passages=(ten,), status=QuestionStatus.REFUSED))
    counted = await storage.statistics.between(MONDAY, MONDAY)
    assert counted.topics == (TopicCount("law-assembly", "9", 2), TopicCount("assembly-article", "", 1))
    assert (await storage.statistics.between(MONDAY, MONDAY, top=1)).topics == counted.topics[:1]


async def test_the_slowest_questions_come_first_and_the_median_is_between_the_middle_ones(
    storage: Storage, clock: HandClock
) -> None:
    for elapsed_ms in (30.0, 10.0, 40.0, 20.0):
        slow = await storage.questions.record(question(f"{elapsed_ms}", elapsed_ms=elapsed_ms))
    counted = await storage.statistics.between(MONDAY, MONDAY, top=2)
    assert counted.median_ms == 25.0
    assert counted.slowest == (
        SlowQuestion(slow - 1, "40.0", 40.0, clock.now),
        SlowQuestion(slow - 3, "30.0", 30.0, clock.now),
    )
    await storage.questions.record(question(elapsed_ms=50.0))
    assert (await storage.statistics.between(MONDAY, MONDAY)).median_ms == 30.0


async def test_a_span_that_ends_before_it_begins_is_refused(storage: Storage) -> None:
    with pytest.raises(ValueError, match="until 2026-11-02 is before since 2026-11-03"):
        await storage.statistics.between(TUESDAY, MONDAY)
