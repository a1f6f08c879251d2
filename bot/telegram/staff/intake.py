"""Questions that their askers agreed to pass on: one card for all who ask the same."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import numpy as np
from telegram import Bot

from bot.staff_answers import Likeness, Wording
from bot.storage.values import Asker, Card, KeptQuestion, QuestionStatus
from bot.telegram.dependencies import Dependencies
from bot.telegram.staff.cards import Cards
from knowledge.library import Library
from knowledge.model import Passage
from retrieval.embedder import Vectors
from retrieval.search import Hit, SearchResult

SEARCH_DEPTH = 30
NEAREST = 4


async def pass_on(
    deps: Dependencies, bot: Bot, *, question_id: int, user_id: int, chat_id: int, reply_to: int | None = None
) -> bool:
    """Put the question before the staff; the asker gets their answer in reply to ``reply_to``.

    Safe to call twice. Nothing is lost where Telegram is away: the card is kept, and placed later.

    :returns: False where there is no staff chat, or the question's words are no longer kept.
    """
    if deps.staff.chat_id is None:
        return False
    question = await deps.storage.questions.get(question_id)
    if question is None or question.text is None:
        return False
    asked = question.understood or question.text
    result = await asyncio.to_thread(deps.searcher.search, asked, limit=SEARCH_DEPTH)
    asker = Asker(user_id, chat_id, reply_to, question_id)
    card_id = await _card_for(deps, question, asked, result, asker)
    await Cards(deps).redraw(bot, card_id)
    return True


def nearest_passages(library: Library, hits: Iterable[Hit], limit: int = NEAREST) -> tuple[Passage, ...]:
    """The best passages that can be quoted, one edition of each place."""
    found: dict[tuple[str | None, ...], Passage] = {}
    for hit in hits:
        passage = library.passage(hit.passage.id)
        if passage is not None:
            place = (passage.document, passage.article, passage.point, *passage.sub_points)
            known = found.get(place)
            if known is None or known.edition < passage.edition:
                found[place] = passage
    return tuple(found.values())[:limit]


async def _card_for(
    deps: Dependencies, question: KeptQuestion, asked: str, result: SearchResult, asker: Asker
) -> int:
    """The number of the card on which the asker waits now: that of the same question, or a new one."""
    likeness = deps.staff_answers.likeness if deps.staff_answers else None
    vector = None if result.vector is None else np.asarray(result.vector, dtype=np.float32)
    # inside the transaction: of two who ask the same at once, the second one finds the first one's card
    async with deps.storage.transaction():
        same = None
        if likeness is not None:
            cards = await deps.storage.queue.open_cards()
            same = await asyncio.to_thread(_same_card, likeness, likeness.wording(asked, vector), cards)
        card_id = None
        if same is not None and await deps.storage.queue.join(same, asker) is not None:
            card_id = same
        if card_id is None:
            card_id = await deps.storage.queue.open(
                question.text or "",
                asker,
                understood=question.understood,
                passages=[passage.id for passage in nearest_passages(deps.library, result.hits)],
                embedding=b"" if vector is None else vector.tobytes(),
            )
        await deps.storage.questions.set_status(question.id, QuestionStatus.PASSED_ON)
    return card_id


def _same_card(likeness: Likeness, asked: Wording, cards: tuple[Card, ...]) -> int | None:
    """The open card that asks the same."""
    spoken = [(card.id, card.understood or card.question, _vector(card)) for card in cards]
    known = [(id, likeness.wording(text, vector)) for id, text, vector in spoken if text]
    wordings = [wording for _, wording in known]
    found = likeness.best(asked, wordings, likeness.matcher(wordings)) if wordings else None
    return None if found is None else known[found[0]][0]


def _vector(card: Card) -> Vectors | None:
    return np.frombuffer(card.embedding, dtype=np.float32) if card.embedding else None
