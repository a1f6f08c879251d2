"""Questions that wait for staff: one card for all who ask the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.chats import Chats
from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.people import Keys
from bot.storage.tables import AskerRow, CardRow, ChatRow
from bot.storage.values import Asker, Card, CardState, SimilarCard, Waiting


class StaffQueue:
    """Askers, with their chats, are kept only while their card is open."""

    def __init__(self, database: Database, keys: Keys, chats: Chats, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._chats = chats
        self._clock = clock

    async def open(
        self,
        question: str,
        asker: Asker,
        *,
        understood: str | None = None,
        passages: Sequence[str] = (),
        embedding: bytes = b"",
    ) -> int:
        """A new card.

        :param question: the asker's own words.
        :param passages: ids of the nearest ones, nearest first.
        :param embedding: of the question, float32, ``vector.tobytes()``.
        """
        async with self._database.write() as session:
            row = CardRow(
                person_key=self._keys.person(asker.user_id),
                question=question,
                understood=understood,
                passages=list(passages),
                embedding=embedding,
                asked=1,
                state=CardState.OPEN.value,
                opened_at=self._clock(),
            )
            session.add(row)
            await session.flush()
            await self._wait(session, row.id, asker)
            return row.id

    async def join(self, card_id: int, asker: Asker) -> int | None:
        """One more person asks the same; the same person counts once.

        :returns: how many ask now; None where the card is not open any more.
        """
        async with self._database.write() as session:
            row = await _open_card(session, card_id)
            if row is None:
                return None
            if await self._wait(session, card_id, asker):
                row.asked += 1
            return row.asked

    async def placed(self, card_id: int, staff_message_id: int) -> None:
        """The card stands in the staff group as this message."""
        async with self._database.write() as session:
            row = await session.get(CardRow, card_id)
            if row is not None:
                row.staff_message_id = staff_message_id

    async def answer(self, card_id: int, by: int) -> tuple[Waiting, ...] | None:
        """Staff answered. Owe the answers in the same ``Storage.transaction``: the askers are deleted here.

        :param by: the user number of the one who answered.
        :returns: whom to answer; None where another one was faster.
        """
        return await self._settle(card_id, by, CardState.ANSWERED)

    async def close(self, card_id: int, by: int) -> tuple[Waiting, ...] | None:
        """Staff will not answer; as ``answer``."""
        return await self._settle(card_id, by, CardState.CLOSED)

    async def get(self, card_id: int) -> Card | None:
        async with self._database.read() as session:
            row = await session.get(CardRow, card_id)
            return None if row is None else _card(row)

    async def by_staff_message(self, message_id: int) -> Card | None:
        """The card, open or not, that stands in the staff group as this message."""
        async with self._database.read() as session:
            row = await session.scalar(select(CardRow).where(CardRow.staff_message_id == message_id))
            return None if row is None else _card(row)

    async def open_cards(self, limit: int = 1000) -> tuple[Card, ...]:
        """Most asked first, then oldest."""
        statement = (
            select(CardRow)
            .where(CardRow.state == CardState.OPEN.value)
            .order_by(CardRow.asked.desc(), CardRow.id)
            .limit(limit)
        )
        async with self._database.read() as session:
            return tuple(_card(row) for row in await session.scalars(statement))

    async def most_similar(self, embedding: bytes) -> SimilarCard | None:
        """The open card whose question is closest; vectors of another length (another model) do not count."""
        wanted = np.frombuffer(embedding, dtype=np.float32)
        best: SimilarCard | None = None
        for card in await self.open_cards():
            if len(card.embedding) != len(embedding):
                continue
            vector = np.frombuffer(card.embedding, dtype=np.float32)
            norms = float(np.linalg.norm(wanted) * np.linalg.norm(vector))
            similarity = float(wanted @ vector) / norms if norms else 0.0
            if best is None or similarity > best.similarity:
                best = SimilarCard(card, similarity)
        return best

    async def _wait(self, session: AsyncSession, card_id: int, asker: Asker) -> bool:
        """Whether the person did not wait for the card before."""
        statement = self._database.insert(AskerRow).values(
            card_id=card_id,
            person_key=self._keys.person(asker.user_id),
            chat_key=await self._chats.keep(session, asker.chat_id, alive=True),
            reply_to=asker.reply_to,
            question_id=asker.question_id,
        )
        added = await session.scalar(statement.on_conflict_do_nothing().returning(AskerRow.card_id))
        return added is not None

    async def _settle(self, card_id: int, by: int, state: CardState) -> tuple[Waiting, ...] | None:
        async with self._database.write() as session:
            row = await _open_card(session, card_id)
            if row is None:
                return None
            row.state, row.settled_at, row.settled_by = state.value, self._clock(), self._keys.person(by)
            found = await session.execute(
                select(AskerRow, ChatRow)
                .join(ChatRow, ChatRow.key == AskerRow.chat_key)
                .where(AskerRow.card_id == card_id)
                .order_by(AskerRow.reply_to, AskerRow.person_key)
            )
            waiting = tuple(
                Waiting(self._chats.number(chat), asker.reply_to, asker.question_id) for asker, chat in found
            )
            await session.execute(delete(AskerRow).where(AskerRow.card_id == card_id))
            return waiting


async def _open_card(session: AsyncSession, card_id: int) -> CardRow | None:
    statement = (
        select(CardRow).where(CardRow.id == card_id, CardRow.state == CardState.OPEN.value).with_for_update()
    )
    return await session.scalar(statement)


def _card(row: CardRow) -> Card:
    return Card(
        id=row.id,
        question=row.question,
        understood=row.understood,
        passages=tuple(row.passages),
        embedding=row.embedding,
        asked=row.asked,
        state=CardState(row.state),
        staff_message_id=row.staff_message_id,
        opened_at=row.opened_at,
    )
