"""Taking a person's words off the staff's cards."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import AskerRow, CardRow, QuestionRow
from bot.storage.values import CardState


async def leave_cards(session: AsyncSession, person: str) -> tuple[int, list[CardRow]]:
    """The person waits for nothing any more, and none of his words stay on a card.

    An open card for which others wait takes the words of one of them; one for which nobody waits expires.

    :returns: for how many open cards he waited; the cards whose words went or changed.
    """
    left = (
        await session.scalars(
            delete(AskerRow).where(AskerRow.person_key == person).returning(AskerRow.card_id)
        )
    ).all()
    affected = CardRow.id.in_(left) | (CardRow.person_key == person)
    changed = []
    for card in (await session.scalars(select(CardRow).where(affected).order_by(CardRow.id))).all():
        card.asked -= card.id in left
        others = select(AskerRow).where(AskerRow.card_id == card.id).order_by(AskerRow.question_id)
        other = (await session.scalars(others.limit(1))).first()
        if card.state == CardState.OPEN.value and other is None:
            card.state = CardState.EXPIRED.value
        elif card.person_key != person:
            continue
        _take_words(card)
        question = await session.get(QuestionRow, other.question_id) if other and other.question_id else None
        if question is not None:
            card.question, card.understood = question.text, question.understood
            card.person_key = question.person_key
        changed.append(card)
    return len(left), changed


async def expire_cards(session: AsyncSession, which: ColumnElement[bool]) -> list[CardRow]:
    """These cards lose their words, and open ones expire; those that did just now."""
    speaking = CardRow.question.is_not(None) | (CardRow.state == CardState.OPEN.value)
    cards = list(await session.scalars(select(CardRow).where(which, speaking).order_by(CardRow.id)))
    for card in cards:
        if card.state == CardState.OPEN.value:
            card.state = CardState.EXPIRED.value
        _take_words(card)
    await session.execute(delete(AskerRow).where(AskerRow.card_id.in_([card.id for card in cards])))
    return cards


def _take_words(card: CardRow) -> None:
    card.question = card.understood = card.person_key = None
    card.embedding = b""
