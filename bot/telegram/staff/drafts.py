"""«Сақтау»: an answer on its way to everyone, and the choice of its citations."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from telegram import CallbackQuery, Update
from telegram.ext import ContextTypes

from bot.kazakh import staff as say
from bot.message_draft import escape
from bot.staff_locks import locked, renewed_quotes, shown_citations, standing_quote
from bot.storage.values import CuratedAnswer, CuratedStatus
from bot.telegram.buttons import tapped
from bot.telegram.dependencies import Dependencies
from bot.telegram.errors import ignoring_stale
from bot.telegram.sending import reply_to
from bot.telegram.staff.answer_view import answer_html, citation_buttons, passage_key
from bot.telegram.staff.answers import CuratedDesk
from bot.telegram.staff.intake import nearest_passages
from bot.telegram.staff.places import quote_of, quotes_at, read_place
from bot.telegram.staff.room import about
from knowledge.model import Passage, Quote

OFFERED = 6
_DEPTH = 30
DRAFT = "draft"

ANSWER_REPLY = re.compile(re.escape(say.answer_title(0)).replace("0", r"(?P<answer>\d+) ·"))


class Drafts:
    """A draft is a curated answer that is withdrawn until its citations are chosen: it survives a restart."""

    def __init__(self, deps: Dependencies, curated: CuratedDesk) -> None:
        self._deps = deps
        self._curated = curated
        self._passages = {passage_key(passage.id): passage for passage in deps.library.passages}

    async def begin(self, query: CallbackQuery, text: str, question: str) -> None:
        """«Сақтау» was tapped: its message becomes the draft."""
        answer = await self._draft(text, question, query.from_user.id)
        with ignoring_stale():
            await query.answer()
        await self._show(query, answer)

    async def open(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Дәйексөздері» of an answer."""
        query, data = tapped(update, context)
        answer = await self._curated.tapped_answer(query, data, changeable=True)
        if answer is not None:
            await self._show(query, answer)

    async def toggle(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Cite a passage, or no longer; an active answer keeps at least one."""
        query, data = tapped(update, context)
        answer = await self._deps.storage.curated.get(int(data["answer"]))
        passage = self._passages.get(data["key"])
        if answer is None or passage is None or answer.status is CuratedStatus.RETIRED:
            with ignoring_stale():
                await query.answer(say.ANSWER_GONE, show_alert=True)
            return
        quotes = self._quotes(answer)
        kept = [quote for quote in quotes if quote.passage.id != passage.id]
        if len(kept) == len(quotes):
            kept.append(quote_of(passage, _about(answer)))
        if not kept and answer.status is CuratedStatus.ACTIVE:
            with ignoring_stale():
                await query.answer(say.LAST_CITATION, show_alert=True)
            return
        changed = await self._cite(answer, kept, query.from_user.id)
        with ignoring_stale():
            await query.answer()
        if changed is not None:
            await self._show(query, changed)

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A reply to the draft: places to cite, one a line."""
        message, user = update.effective_message, update.effective_user
        assert message is not None and user is not None
        found = about(message, ANSWER_REPLY)
        assert found is not None  # the handler's filter saw it
        answer = await self._deps.storage.curated.get(int(found["answer"]))
        if answer is None or answer.status is CuratedStatus.RETIRED:
            said = say.ANSWER_GONE if answer is None else say.ANSWER_RETIRED
            await reply_to(context.bot, message, escape(said))
            return
        quotes = self._quotes(answer)
        faults = []
        for line in filter(str.strip, (message.text or "").splitlines()):
            place = read_place(line)
            cited = quotes_at(self._deps.library, place, self._deps.today(), _about(answer)) if place else ()
            if not cited:
                lost = place is not None and place.quote is not None
                faults.append(say.QUOTE_NOT_THERE if lost else say.no_such_place(line.strip()[:80]))
            quotes = [*(old for old in quotes if old.passage.id not in {q.passage.id for q in cited}), *cited]
        if faults or not quotes:
            await reply_to(context.bot, message, escape("\n".join(dict.fromkeys(faults)) or say.TEXT_ONLY))
            return
        changed = await self._cite(answer, quotes, user.id)
        if changed is not None:
            offered = await self._offered(changed)
            html = answer_html(changed, self._deps.catalog, help=say.CHOOSE_CITATIONS)
            buttons = citation_buttons(changed, offered, self._deps.catalog)
            await reply_to(context.bot, message, html, buttons)

    async def done(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Дайын»: proven once more, then it answers everyone."""
        query, data = tapped(update, context)
        answer = await self._curated.tapped_answer(query, data, changeable=True)
        if answer is None or query.message is None:
            return
        saved: CuratedAnswer | None = answer
        if answer.status is not CuratedStatus.ACTIVE:
            quotes = renewed_quotes(self._deps.library, answer, self._deps.today())
            if not quotes:
                await reply_to(context.bot, query.message, escape(say.NEEDS_CITATION))
                return
            citations = locked(self._deps.library, quotes, self._deps.today())
            saved = await self._deps.storage.curated.renew(answer.id, citations, by=query.from_user.id)
            await self._curated.refresh()
            if saved is not None:
                await reply_to(context.bot, query.message, escape(say.SAVED))
        if saved is not None:
            await self._curated.show(query, saved)

    async def _draft(self, text: str, question: str, by: int) -> CuratedAnswer:
        """A new draft, or the one that a double tap made just before."""
        curated = self._deps.storage.curated
        async with self._deps.storage.transaction():
            for known in await curated.find(question):
                if known.text == text and known.questions[:1] == (question,):
                    return known
            answer_id = await curated.add(text, [question], [], by=by)
            return (await curated.withdraw([answer_id], DRAFT, by=by))[0]

    async def _cite(self, answer: CuratedAnswer, quotes: Sequence[Quote], by: int) -> CuratedAnswer | None:
        citations = locked(self._deps.library, quotes, self._deps.today())
        changed = await self._deps.storage.curated.edit(answer.id, by=by, citations=citations)
        await self._curated.refresh()
        return changed

    async def _show(self, query: CallbackQuery, answer: CuratedAnswer) -> None:
        offered = await self._offered(answer)
        with ignoring_stale():
            await query.edit_message_text(
                answer_html(answer, self._deps.catalog, help=say.CHOOSE_CITATIONS),
                reply_markup=citation_buttons(answer, offered, self._deps.catalog),
            )

    async def _offered(self, answer: CuratedAnswer) -> tuple[Passage, ...]:
        """What is cited, then what is nearest to question and answer."""
        result = await asyncio.to_thread(self._deps.searcher.search, _about(answer), limit=_DEPTH)
        cited = [quote.passage for quote in self._quotes(answer)]
        nearest = nearest_passages(self._deps.library, result.hits, OFFERED)
        return tuple({passage.id: passage for passage in (*cited, *nearest)}.values())[: OFFERED + len(cited)]

    def _quotes(self, answer: CuratedAnswer) -> list[Quote]:
        """Its quotations, as far as they still stand where they were taken."""
        found = (standing_quote(self._deps.library, citation) for citation in shown_citations(answer))
        return [quote for quote in found if quote is not None]


def _about(answer: CuratedAnswer) -> str:
    return " ".join((*answer.questions[:1], answer.text))
