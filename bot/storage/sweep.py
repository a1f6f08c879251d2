"""The daily sweep: words that are old go, counts stay, and so do the addresses that something needs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.storage.card_words import expire_cards
from bot.storage.deleting import delete_where
from bot.storage.deliveries import DeliveryState
from bot.storage.tables import (
    AskerRow,
    CardRow,
    ChatRow,
    DeliveryRow,
    FeedbackRow,
    QuestionMessageRow,
    QuestionRow,
    SentPassageRow,
    SubscriptionRow,
    TurnRow,
    UpdateRow,
)
from bot.storage.values import Swept

TURNS_KEPT = timedelta(days=1)
KEYS_KEPT = timedelta(days=7)
"""How long a handled update or a settled delivery is remembered; Telegram repeats an update for a day."""


async def sweep(session: AsyncSession, now: datetime, retention: timedelta) -> Swept:
    """Done twice, it does nothing the second time."""
    old = now - retention
    cards = await expire_cards(session, CardRow.opened_at < old)
    settled = DeliveryRow.settled_at < now - KEYS_KEPT
    never_sent = (DeliveryRow.state == DeliveryState.OWED.value) & (DeliveryRow.owed_at < old)
    return Swept(
        questions=await _make_anonymous(session, old),
        turns=await delete_where(session, TurnRow, TurnRow.at < max(old, now - TURNS_KEPT)),
        cards=len(cards),
        updates=await delete_where(session, UpdateRow, UpdateRow.at < now - KEYS_KEPT),
        deliveries=await delete_where(session, DeliveryRow, settled | never_sent),
        passages=await delete_where(session, SentPassageRow, SentPassageRow.at < old),
        chats=await _delete_unused_addresses(session),
        staff_messages=tuple(card.staff_message_id for card in cards if card.staff_message_id),
    )


async def _make_anonymous(session: AsyncSession, old: datetime) -> int:
    """Words and people go from questions and votes; what became of them is still counted."""
    aged = select(QuestionRow.id).where(QuestionRow.at < old)
    await delete_where(session, QuestionMessageRow, QuestionMessageRow.question_id.in_(aged))
    await session.execute(
        update(FeedbackRow)
        .where(FeedbackRow.question_id.in_(aged), FeedbackRow.person_key.is_not(None))
        .values(person_key=None)
    )
    nameless = (
        update(QuestionRow)
        .where(QuestionRow.at < old, QuestionRow.text.is_not(None))
        .values(text=None, understood=None, person_key=None, chat_key=None)
        .returning(QuestionRow.id)
    )
    return len((await session.scalars(nameless)).all())


async def _delete_unused_addresses(session: AsyncSession) -> int:
    """Nothing is, or may have to be, sent there."""
    tables = (AskerRow, DeliveryRow, SentPassageRow, SubscriptionRow)
    unused = (~exists().where(table.chat_key == ChatRow.key) for table in tables)
    # where a group went is known for good: the staff's room may be set by its old number
    moved = aliased(ChatRow)
    unmoved = ChatRow.moved_to.is_(None) & ~exists().where(moved.moved_to == ChatRow.key)
    return await delete_where(session, ChatRow, and_(unmoved, *unused))
