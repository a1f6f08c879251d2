"""Votes on answers: one a person and question, changeable."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select, update

from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.people import Keys
from bot.storage.tables import FeedbackRow, QuestionRow
from bot.storage.values import FeedbackCount, Reason, Vote


class Feedback:
    def __init__(self, database: Database, keys: Keys, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    async def vote(self, question_id: int, user_id: int, vote: Vote, chat_id: int | None = None) -> bool:
        """The person's vote, in place of an earlier one (whose reason goes).

        :param chat_id: where the vote was given; the number in a button's data may be forged.
        :returns: whether it is kept: not where the question is gone, or was asked in another chat.
        """
        async with self._database.write() as session:
            question = await session.get(QuestionRow, question_id)
            if question is None or (chat_id and question.chat_key != self._keys.chat(chat_id)):
                return False
            new = {"vote": vote.value, "reason": None, "at": self._clock()}
            statement = self._database.insert(FeedbackRow).values(
                question_id=question_id, person_key=self._keys.person(user_id), **new
            )
            await session.execute(
                statement.on_conflict_do_update(index_elements=["question_id", "person_key"], set_=new)
            )
        return True

    async def give_reason(self, question_id: int, user_id: int, reason: Reason) -> bool:
        """Why the person's vote is 👎.

        :returns: whether it is kept: not where there is no such vote.
        """
        statement = (
            update(FeedbackRow)
            .where(
                FeedbackRow.question_id == question_id,
                FeedbackRow.person_key == self._keys.person(user_id),
                FeedbackRow.vote == Vote.DOWN.value,
            )
            .values(reason=reason.value, at=self._clock())
            .returning(FeedbackRow.id)
        )
        async with self._database.write() as session:
            return await session.scalar(statement) is not None

    async def of(self, question_id: int) -> FeedbackCount:
        """The votes on one question."""
        statement = (
            select(FeedbackRow.vote, FeedbackRow.reason, func.count())
            .where(FeedbackRow.question_id == question_id)
            .group_by(FeedbackRow.vote, FeedbackRow.reason)
        )
        async with self._database.read() as session:
            return counted((vote, reason, count) for vote, reason, count in await session.execute(statement))


def counted(groups: Iterable[tuple[str, str | None, int]]) -> FeedbackCount:
    """:param groups: vote, reason, how many."""
    names = (*Vote, *Reason)
    totals = {name.value: 0 for name in names}
    for vote, reason, count in groups:
        totals[vote] += count
        if reason is not None:
            totals[reason] += count
    return FeedbackCount(**totals)
