"""Questions that were asked, what became of them, and the messages that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.clock import Clock, day_of
from bot.storage.database import Database
from bot.storage.people import Keys, PersonKey
from bot.storage.tables import QuestionMessageRow, QuestionPassageRow, QuestionRow
from bot.storage.values import KeptQuestion, NewQuestion, PassageRef, QuestionStatus
from retrieval.terms import words_of


class Questions:
    """Texts are deleted when they are old (privacy.py); what is counted stays."""

    def __init__(self, database: Database, keys: Keys, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    async def record(self, question: NewQuestion) -> int:
        """:returns: the number by which everything else refers to it."""
        now = self._clock()
        row = QuestionRow(
            person_key=self._keys.person(question.user_id),
            chat_key=self._keys.chat(question.chat_id),
            at=now,
            day=day_of(now),
        )
        self._fill(row, question)
        async with self._database.write() as session:
            session.add(row)
            await session.flush()
            session.add_all(_passages(row.id, question.passages))
            if question.message_id is not None:
                await link(
                    session, self._database, self._keys.chat(question.chat_id), question.message_id, row.id
                )
            return row.id

    async def revise(self, question_id: int, question: NewQuestion) -> None:
        """The asker edited his message: another text and answer under the same number, message and day.

        Nothing happens where the question is no longer kept.
        """
        async with self._database.write() as session:
            row = await session.get(QuestionRow, question_id)
            if row is None:
                return
            self._fill(row, question)
            await session.execute(
                delete(QuestionPassageRow).where(QuestionPassageRow.question_id == question_id)
            )
            session.add_all(_passages(question_id, question.passages))

    async def set_status(self, question_id: int, status: QuestionStatus) -> None:
        async with self._database.write() as session:
            await session.execute(
                update(QuestionRow).where(QuestionRow.id == question_id).values(status=status.value)
            )

    async def answered_in(self, question_id: int, chat_id: int, message_id: int) -> None:
        """This message of the bot's belongs to the question; ``Deliveries.sent`` does it for its own."""
        async with self._database.write() as session:
            await link(session, self._database, self._keys.chat(chat_id), message_id, question_id, ours=True)

    async def by_message(self, chat_id: int, message_id: int) -> KeptQuestion | None:
        """The question that a message asked or answered."""
        statement = select(QuestionMessageRow.question_id).where(
            QuestionMessageRow.chat_key == self._keys.chat(chat_id),
            QuestionMessageRow.message_id == message_id,
        )
        async with self._database.read() as session:
            question_id = await session.scalar(statement)
            return None if question_id is None else await _question(session, question_id)

    async def get(self, question_id: int) -> KeptQuestion | None:
        async with self._database.read() as session:
            return await _question(session, question_id)

    async def times_asked(self, text: str, since: datetime | None = None) -> int:
        """How often the same words were asked, whatever the case, the keyboard and the punctuation."""
        statement = select(func.count()).where(QuestionRow.same_key == self._same_key(text))
        if since is not None:
            statement = statement.where(QuestionRow.at >= since)
        async with self._database.read() as session:
            return await session.scalar(statement) or 0

    def _fill(self, row: QuestionRow, question: NewQuestion) -> None:
        row.text = question.text
        row.understood = question.understood
        row.same_key = self._same_key(question.text)
        row.status = question.status.value
        row.probability = question.probability
        row.elapsed_ms = question.elapsed_ms

    def _same_key(self, text: str) -> str:
        return self._keys.text(" ".join(words_of(text)))


async def link(
    session: AsyncSession,
    database: Database,
    chat_key: str,
    message_id: int,
    question_id: int,
    *,
    ours: bool = False,
) -> None:
    """A message belongs to one question, the last one it was linked to."""
    statement = database.insert(QuestionMessageRow).values(
        chat_key=chat_key, message_id=message_id, question_id=question_id, ours=ours
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["chat_key", "message_id"], set_={"question_id": question_id, "ours": ours}
        )
    )


def _passages(question_id: int, passages: Sequence[PassageRef]) -> list[QuestionPassageRow]:
    return [
        QuestionPassageRow(
            question_id=question_id,
            rank=rank,
            passage_id=passage.id,
            digest=passage.digest,
            document=passage.document,
            article=passage.article,
        )
        for rank, passage in enumerate(passages)
    ]


async def _question(session: AsyncSession, question_id: int) -> KeptQuestion | None:
    row = await session.get(QuestionRow, question_id)
    if row is None:
        return None
    passages = await session.scalars(
        select(QuestionPassageRow)
        .where(QuestionPassageRow.question_id == question_id)
        .order_by(QuestionPassageRow.rank)
    )
    messages = await session.scalars(
        select(QuestionMessageRow)
        .where(QuestionMessageRow.question_id == question_id)
        .order_by(QuestionMessageRow.message_id)
    )
    linked = messages.all()
    return KeptQuestion(
        id=row.id,
        text=row.text,
        understood=row.understood,
        status=QuestionStatus(row.status),
        probability=row.probability,
        elapsed_ms=row.elapsed_ms,
        passages=tuple(PassageRef(p.passage_id, p.digest, p.document, p.article) for p in passages),
        at=row.at,
        person=None if row.person_key is None else PersonKey(row.person_key),
        asked_in=next((m.message_id for m in linked if not m.ours), None),
        answered_in=tuple(m.message_id for m in linked if m.ours),
    )
