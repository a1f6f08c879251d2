"""Forgetting: a person who asks for it at once (/umyt), everybody's words after a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.card_words import leave_cards
from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.deleting import delete_where
from bot.storage.deliveries import DeliveryState
from bot.storage.people import Keys
from bot.storage.sweep import sweep
from bot.storage.tables import (
    Base,
    CampaignRow,
    CardRow,
    ChatRow,
    CuratedChangeRow,
    CuratedRow,
    DeliveryRow,
    FeedbackRow,
    QuestionRow,
    SentPassageRow,
    SubscriptionRow,
    TurnRow,
)
from bot.storage.values import Forgotten, Swept


class Privacy:
    """``retention``: how long words are kept."""

    def __init__(self, database: Database, keys: Keys, clock: Clock, retention: timedelta) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._retention = retention

    async def forget(self, user_id: int) -> Forgotten:
        """Delete all that is kept of a person, wherever he asked, and his private chat as a whole.

        (A private chat has the person's own number.) Staff answers that he wrote stay, without his
        signature. What is owed to him after this call, the confirmation, is kept until it is sent.
        """
        person, chat = self._keys.person(user_id), self._keys.chat(user_id)
        own = select(QuestionRow.id).where(QuestionRow.person_key == person)
        to_him = (DeliveryRow.chat_key == chat) | DeliveryRow.question_id.in_(own)
        async with self._database.write() as session:
            waiting, cards = await leave_cards(session, person)
            return Forgotten(
                turns=await delete_where(
                    session, TurnRow, or_(TurnRow.person_key == person, TurnRow.chat_key == chat)
                ),
                votes=await delete_where(session, FeedbackRow, FeedbackRow.person_key == person),
                waiting=waiting,
                owed=await delete_where(
                    session, DeliveryRow, to_him & (DeliveryRow.state == DeliveryState.OWED.value)
                ),
                subscriptions=await delete_where(session, SubscriptionRow, SubscriptionRow.chat_key == chat),
                passages=await delete_where(session, SentPassageRow, SentPassageRow.chat_key == chat),
                signatures=await _unsign(session, person),
                questions=await delete_where(session, QuestionRow, QuestionRow.person_key == person),
                addresses=await delete_where(session, ChatRow, ChatRow.key == chat),
                staff_messages=tuple(card.staff_message_id for card in cards if card.staff_message_id),
            )

    async def forget_old(self) -> Swept:
        """Delete what is older than the retention; to be called daily."""
        async with self._database.write() as session:
            return await sweep(session, self._clock(), self._retention)


async def _unsign(session: AsyncSession, person: str) -> int:
    """Staff work stays, its author goes; how many staff answers he had a hand in."""
    columns: tuple[tuple[type[Base], Any], ...] = (
        (CuratedRow, CuratedRow.author),
        (CampaignRow, CampaignRow.author),
        (CardRow, CardRow.settled_by),
    )
    changed = (
        update(CuratedChangeRow)
        .where(CuratedChangeRow.by == person)
        .values(by=None)
        .returning(CuratedChangeRow.answer_id)
    )
    answers = set(await session.scalars(changed))
    for table, column in columns:
        await session.execute(update(table).where(column == person).values({column: None}))
    return len(answers)
