"""What /statistika and the digest count. Days are those of Kazakhstan."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.database import Database
from bot.storage.feedback import counted
from bot.storage.tables import FeedbackRow, QuestionPassageRow, QuestionRow
from bot.storage.values import (
    DayCount,
    FeedbackCount,
    QuestionStatus,
    SlowQuestion,
    Statistics,
    TopicCount,
)


class StatisticsQueries:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def between(self, since: date, until: date, *, top: int = 10) -> Statistics:
        """Both days counted.

        :param top: how many topics and slow questions at most.
        :raises ValueError: ``until`` is before ``since``.
        """
        if until < since:
            raise ValueError(f"until {until} is before since {since}")
        async with self._database.read() as session:
            return Statistics(
                since=since,
                until=until,
                days=await _days(session, since, until),
                feedback=await _feedback(session, since, until),
                topics=await _topics(session, since, until, top),
                slowest=await _slowest(session, since, until, top),
                people=await _people(session, since, until),
                median_ms=await _median_ms(session, since, until),
            )


async def _days(session: AsyncSession, since: date, until: date) -> tuple[DayCount, ...]:
    statement = (
        select(QuestionRow.day, QuestionRow.status, func.count())
        .where(QuestionRow.day.between(since, until))
        .group_by(QuestionRow.day, QuestionRow.status)
    )
    counts = {(day, status): count for day, status, count in await session.execute(statement)}
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return tuple(
        DayCount(day, **{status.value: counts.get((day, status.value), 0) for status in QuestionStatus})
        for day in days
    )


async def _feedback(session: AsyncSession, since: date, until: date) -> FeedbackCount:
    """By the day of the question, not of the vote."""
    statement = (
        select(FeedbackRow.vote, FeedbackRow.reason, func.count())
        .join(QuestionRow, QuestionRow.id == FeedbackRow.question_id)
        .where(QuestionRow.day.between(since, until))
        .group_by(FeedbackRow.vote, FeedbackRow.reason)
    )
    return counted((vote, reason, count) for vote, reason, count in await session.execute(statement))


async def _topics(session: AsyncSession, since: date, until: date, top: int) -> tuple[TopicCount, ...]:
    asked = func.count()
    statement = (
        select(QuestionPassageRow.document, QuestionPassageRow.article, asked)
        .join(QuestionRow, QuestionRow.id == QuestionPassageRow.question_id)
        .where(
            QuestionPassageRow.rank == 0,
            QuestionRow.status == QuestionStatus.ANSWERED.value,
            QuestionRow.day.between(since, until),
        )
        .group_by(QuestionPassageRow.document, QuestionPassageRow.article)
        .order_by(asked.desc(), QuestionPassageRow.document, QuestionPassageRow.article)
        .limit(top)
    )
    return tuple(TopicCount(*row) for row in await session.execute(statement))


async def _slowest(session: AsyncSession, since: date, until: date, top: int) -> tuple[SlowQuestion, ...]:
    statement = (
        select(QuestionRow.id, QuestionRow.text, QuestionRow.elapsed_ms, QuestionRow.at)
        .where(QuestionRow.day.between(since, until))
        .order_by(QuestionRow.elapsed_ms.desc(), QuestionRow.id)
        .limit(top)
    )
    return tuple(SlowQuestion(*row) for row in await session.execute(statement))


async def _people(session: AsyncSession, since: date, until: date) -> int:
    statement = select(func.count(QuestionRow.person_key.distinct())).where(
        QuestionRow.day.between(since, until)
    )
    return await session.scalar(statement) or 0


async def _median_ms(session: AsyncSession, since: date, until: date) -> float | None:
    within = QuestionRow.day.between(since, until)
    count = await session.scalar(select(func.count(QuestionRow.id)).where(within)) or 0
    middle = (
        select(QuestionRow.elapsed_ms)
        .where(within)
        .order_by(QuestionRow.elapsed_ms)
        .offset((count - 1) // 2)
        .limit(2 - count % 2)
    )
    values = (await session.scalars(middle)).all() if count else []
    return sum(values) / len(values) if values else None
