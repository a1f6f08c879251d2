"""Staff answers, each locked to the texts it cites, with the history of who changed what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.people import Keys, PersonKey
from bot.storage.tables import CuratedChangeRow, CuratedCitationRow, CuratedRow
from bot.storage.values import ChangeKind, CuratedAnswer, CuratedChange, CuratedCitation, CuratedStatus
from retrieval.terms import words_of

Citations = Sequence[CuratedCitation]


class CuratedAnswers:
    """``by`` is always the user number of the staff member who does it, None where the bot does."""

    def __init__(self, database: Database, keys: Keys, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    async def add(self, text: str, questions: Sequence[str], citations: Citations, *, by: int) -> int:
        """An active answer to ``questions``, the first of them its title."""
        now = self._clock()
        row = CuratedRow(status=CuratedStatus.ACTIVE.value, author=self._keys.person(by), created_at=now)
        async with self._database.write() as session:
            row.text, row.questions, row.changed_at, row.folded = text, list(questions), now, ""
            session.add(row)
            await session.flush()
            await self._change(session, row, ChangeKind.CREATED, by, citations=citations)
            return row.id

    async def edit(
        self,
        answer_id: int,
        *,
        by: int,
        text: str | None = None,
        questions: Sequence[str] | None = None,
        citations: Citations | None = None,
    ) -> CuratedAnswer | None:
        """Change what is given; None where there is no such answer."""
        async with self._database.write() as session:
            row = await _locked(session, answer_id)
            if row is None:
                return None
            row.text = row.text if text is None else text
            row.questions = row.questions if questions is None else list(questions)
            await self._change(session, row, ChangeKind.EDITED, by, citations=citations)
            return (await _answers(session, [row]))[0]

    async def withdraw(
        self, answer_ids: Collection[int], reason: str, *, by: int | None = None
    ) -> tuple[CuratedAnswer, ...]:
        """Take answers out of use until staff renew or retire them; those that were active, by number."""
        withdrawn = []
        async with self._database.write() as session:
            for answer_id in sorted(answer_ids):
                row = await _locked(session, answer_id)
                if row is not None and row.status == CuratedStatus.ACTIVE.value:
                    row.status = CuratedStatus.WITHDRAWN.value
                    await self._change(session, row, ChangeKind.WITHDRAWN, by, reason=reason)
                    withdrawn.append(row)
            return await _answers(session, withdrawn)

    async def renew(
        self, answer_id: int, citations: Citations, *, by: int, text: str | None = None
    ) -> CuratedAnswer | None:
        """Active again, locked to the texts of ``citations``; None where it is retired, or there is none."""
        async with self._database.write() as session:
            row = await _locked(session, answer_id)
            if row is None or row.status == CuratedStatus.RETIRED.value:
                return None
            row.status = CuratedStatus.ACTIVE.value
            row.text = row.text if text is None else text
            await self._change(session, row, ChangeKind.RENEWED, by, citations=citations)
            return (await _answers(session, [row]))[0]

    async def retire(self, answer_id: int, *, by: int, reason: str | None = None) -> bool:
        """Out of use for good, its history kept; whether it was not so before."""
        async with self._database.write() as session:
            row = await _locked(session, answer_id)
            if row is None or row.status == CuratedStatus.RETIRED.value:
                return False
            row.status = CuratedStatus.RETIRED.value
            await self._change(session, row, ChangeKind.RETIRED, by, reason=reason)
            return True

    async def version(self) -> tuple[int, datetime | None]:
        """Another one after each change, whoever made it."""
        counted = select(func.count(CuratedRow.id), func.max(CuratedRow.changed_at))
        async with self._database.read() as session:
            number, changed_at = (await session.execute(counted)).one()
            return number, changed_at

    async def get(self, answer_id: int) -> CuratedAnswer | None:
        async with self._database.read() as session:
            row = await session.get(CuratedRow, answer_id)
            return None if row is None else (await _answers(session, [row]))[0]

    async def listed(self, status: CuratedStatus = CuratedStatus.ACTIVE) -> tuple[CuratedAnswer, ...]:
        """All of one status, by number."""
        statement = select(CuratedRow).where(CuratedRow.status == status.value).order_by(CuratedRow.id)
        async with self._database.read() as session:
            return await _answers(session, (await session.scalars(statement)).all())

    async def find(self, text: str, limit: int = 20) -> tuple[CuratedAnswer, ...]:
        """Those of any status whose text or questions hold all the words, newest change first.

        Case, look-alike letters and a keyboard without Kazakh ones make no difference; a word may be a part
        of a longer one.
        """
        statement = select(CuratedRow).order_by(CuratedRow.changed_at.desc(), CuratedRow.id.desc())
        for word in words_of(text):
            statement = statement.where(CuratedRow.folded.contains(word, autoescape=True))
        async with self._database.read() as session:
            return await _answers(session, (await session.scalars(statement.limit(limit))).all())

    async def citing(self, digests: Collection[str]) -> tuple[CuratedAnswer, ...]:
        """Active answers that are locked to any of these texts, by number."""
        locked = select(CuratedCitationRow.answer_id).where(CuratedCitationRow.digest.in_(digests))
        statement = (
            select(CuratedRow)
            .where(CuratedRow.status == CuratedStatus.ACTIVE.value, CuratedRow.id.in_(locked))
            .order_by(CuratedRow.id)
        )
        async with self._database.read() as session:
            return await _answers(session, (await session.scalars(statement)).all())

    async def history(self, answer_id: int) -> tuple[CuratedChange, ...]:
        """Every change, the first one first."""
        statement = (
            select(CuratedChangeRow)
            .where(CuratedChangeRow.answer_id == answer_id)
            .order_by(CuratedChangeRow.id)
        )
        async with self._database.read() as session:
            return tuple(_change(row) for row in await session.scalars(statement))

    async def _change(
        self,
        session: AsyncSession,
        row: CuratedRow,
        kind: ChangeKind,
        by: int | None,
        *,
        reason: str | None = None,
        citations: Citations | None = None,
    ) -> None:
        """Write the change into the answer and into its history."""
        row.reason, row.changed_at = reason, self._clock()
        row.folded = " ".join(words_of("\n".join((*row.questions, row.text))))
        if citations is not None:
            await session.execute(delete(CuratedCitationRow).where(CuratedCitationRow.answer_id == row.id))
            session.add_all(
                CuratedCitationRow(answer_id=row.id, rank=rank, **asdict(citation))
                for rank, citation in enumerate(citations)
            )
            await session.flush()
        answer = (await _answers(session, [row]))[0]
        session.add(
            CuratedChangeRow(
                answer_id=row.id,
                kind=kind.value,
                by=None if by is None else self._keys.person(by),
                at=row.changed_at,
                reason=reason,
                text=answer.text,
                questions=list(answer.questions),
                citations=[asdict(citation) for citation in answer.citations],
            )
        )


async def _locked(session: AsyncSession, answer_id: int) -> CuratedRow | None:
    """Two of the staff who press at once come one after the other."""
    return await session.scalar(select(CuratedRow).where(CuratedRow.id == answer_id).with_for_update())


async def _answers(session: AsyncSession, rows: Sequence[CuratedRow]) -> tuple[CuratedAnswer, ...]:
    citations: dict[int, list[CuratedCitation]] = {row.id: [] for row in rows}
    statement = (
        select(CuratedCitationRow)
        .where(CuratedCitationRow.answer_id.in_(citations))
        .order_by(CuratedCitationRow.answer_id, CuratedCitationRow.rank)
    )
    for c in await session.scalars(statement):
        citations[c.answer_id].append(
            CuratedCitation(c.document, c.edition, c.article, c.point, c.passage_id, c.digest, c.quote)
        )
    return tuple(
        CuratedAnswer(
            id=row.id,
            text=row.text,
            questions=tuple(row.questions),
            citations=tuple(citations[row.id]),
            status=CuratedStatus(row.status),
            author=_person(row.author),
            reason=row.reason,
            created_at=row.created_at,
            changed_at=row.changed_at,
        )
        for row in rows
    )


def _change(row: CuratedChangeRow) -> CuratedChange:
    return CuratedChange(
        kind=ChangeKind(row.kind),
        by=_person(row.by),
        at=row.at,
        reason=row.reason,
        text=row.text,
        questions=tuple(row.questions),
        citations=tuple(CuratedCitation(**citation) for citation in row.citations),
    )


def _person(key: str | None) -> PersonKey | None:
    return None if key is None else PersonKey(key)
