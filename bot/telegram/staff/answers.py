"""/jauap: the answers that staff wrote for everyone: find, edit, renew, retire, and who changed what."""

from __future__ import annotations

import re

from telegram import CallbackQuery, Update
from telegram.ext import ContextTypes

from bot.fitting import shortened, utf16_length
from bot.kazakh import staff as say
from bot.message_draft import escape
from bot.staff_locks import locked, renewed_quotes
from bot.storage.people import PersonKey
from bot.storage.values import CuratedAnswer, CuratedStatus
from bot.telegram.buttons import tapped
from bot.telegram.dependencies import Dependencies
from bot.telegram.errors import ignoring_stale
from bot.telegram.sending import reply_to
from bot.telegram.staff.answer_view import answer_buttons, answer_html, history_html, sure_buttons
from bot.telegram.staff.room import Row, about, keyboard

MAX_TEXT_UNITS = 3000
MAX_QUESTION_UNITS = 500
_LISTED = 10
_MAX_LABEL_UNITS = 60

TEXT_REPLY = re.compile(re.escape(say.text_prompt(0)).replace("0", r"(?P<answer>\d+)"))
QUESTION_REPLY = re.compile(re.escape(say.question_prompt(0)).replace("0", r"(?P<answer>\d+)"))


class CuratedDesk:
    """Every change is kept with its author; what is active is taken over by the bot at once."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._curated = deps.storage.curated

    async def find(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/jauap words: those that hold all the words; without words, what waits for a decision first."""
        message = update.effective_message
        assert message is not None
        words = " ".join(context.args or ())
        if words:
            found = await self._curated.find(words, _LISTED)
            head = say.NOTHING_FOUND if not found else f"«{shortened(words, 100)}»"
        else:
            withdrawn = await self._curated.listed(CuratedStatus.WITHDRAWN)
            active = await self._curated.listed()
            found = (*withdrawn, *reversed(active))[:_LISTED]
            head = say.answers_count(len(active), len(withdrawn)) if found else say.NO_ANSWERS
        await reply_to(context.bot, message, escape(head), keyboard(*map(_row, found)))

    async def view(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query, data = tapped(update, context)
        answer = await self.tapped_answer(query, data)
        if answer is not None:
            await self.show(query, answer)

    async def edit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Мәтінін өзгерту»: a message to reply to."""
        query, data = tapped(update, context)
        answer = await self.tapped_answer(query, data, changeable=True)
        if answer is not None and query.message is not None:
            await reply_to(context.bot, query.message, escape(say.text_prompt(answer.id)))

    async def add_question(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Сұрақ қосу»: as ``edit``."""
        query, data = tapped(update, context)
        answer = await self.tapped_answer(query, data, changeable=True)
        if answer is not None and query.message is not None:
            await reply_to(context.bot, query.message, escape(say.question_prompt(answer.id)))

    async def text_given(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._given(update, context, TEXT_REPLY, MAX_TEXT_UNITS)

    async def question_given(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._given(update, context, QUESTION_REPLY, MAX_QUESTION_UNITS)

    async def retire(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Алып тастау» asks once more; nothing brings an answer back after that."""
        query, data = tapped(update, context)
        answer = await self.tapped_answer(query, data, changeable=True)
        if answer is not None:
            with ignoring_stale():
                await query.edit_message_reply_markup(sure_buttons(answer.id))

    async def retire_surely(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query, data = tapped(update, context)
        await self._curated.retire(int(data["answer"]), by=query.from_user.id)
        await self.refresh()
        answer = await self.tapped_answer(query, data, said=say.ANSWER_IS_RETIRED)
        if answer is not None:
            await self.show(query, answer)

    async def renew(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """«Жаңарту»: active again, its quotations taken from the texts as they are now."""
        query, data = tapped(update, context)
        answer = await self._curated.get(int(data["answer"]))
        quotes = renewed_quotes(self._deps.library, answer, self._deps.today()) if answer else ()
        if answer is None or not quotes:
            with ignoring_stale():
                await query.answer(say.PLACE_LOST if answer else say.ANSWER_GONE, show_alert=True)
            return
        citations = locked(self._deps.library, quotes, self._deps.today())
        renewed = await self._curated.renew(answer.id, citations, by=query.from_user.id)
        await self.refresh()
        with ignoring_stale():
            await query.answer(say.RENEWED if renewed else say.ANSWER_RETIRED, show_alert=True)
        if renewed is not None:
            await self.show(query, renewed)

    async def history(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query, data = tapped(update, context)
        answer = await self.tapped_answer(query, data)
        if answer is not None and query.message is not None:
            changes = await self._curated.history(answer.id)
            html = history_html(answer.id, changes, self._name_of)
            await reply_to(context.bot, query.message, html)

    async def tapped_answer(
        self, query: CallbackQuery, data: dict[str, str], *, changeable: bool = False, said: str | None = None
    ) -> CuratedAnswer | None:
        """The answer that a button is about; the tap is answered, with an alert where there is none (or it
        is retired, where it has to be ``changeable``)."""
        answer = await self._curated.get(int(data["answer"]))
        refused = changeable and answer is not None and answer.status is CuratedStatus.RETIRED
        with ignoring_stale():
            if answer is None or refused:
                await query.answer(say.ANSWER_RETIRED if refused else say.ANSWER_GONE, show_alert=True)
                return None
            await query.answer(said, show_alert=said is not None)
        return answer

    async def show(self, query: CallbackQuery, answer: CuratedAnswer) -> None:
        """The answer in place of the message that was tapped."""
        with ignoring_stale():
            await query.edit_message_text(
                answer_html(answer, self._deps.catalog), reply_markup=answer_buttons(answer)
            )

    async def refresh(self) -> None:
        """Let the bot answer by what is active now."""
        if self._deps.staff_answers is not None:
            await self._deps.staff_answers.refresh(self._deps.storage)

    async def _given(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, prompt: re.Pattern[str], limit: int
    ) -> None:
        """What a reply to a prompt brings: the new text, or one more way to ask."""
        message, user = update.effective_message, update.effective_user
        assert message is not None and user is not None
        found = about(message, prompt)
        assert found is not None  # the handler's filter saw it
        answer = await self._curated.get(int(found["answer"]))
        text = (message.text or "").strip()
        if answer is None or answer.status is CuratedStatus.RETIRED:
            said = say.ANSWER_GONE if answer is None else say.ANSWER_RETIRED
        elif not text:
            said = say.TEXT_ONLY
        elif utf16_length(text) > limit:
            said = say.too_long(utf16_length(text), limit)
        else:
            questions = tuple(dict.fromkeys((*answer.questions, text))) if prompt is QUESTION_REPLY else None
            new = text if prompt is TEXT_REPLY else None
            changed = await self._curated.edit(answer.id, by=user.id, text=new, questions=questions)
            await self.refresh()
            if changed is not None:
                html = answer_html(changed, self._deps.catalog, help=say.CHANGED)
                await reply_to(context.bot, message, html, answer_buttons(changed))
            return
        await reply_to(context.bot, message, escape(said))

    def _name_of(self, person: PersonKey) -> str:
        """Listed staff by a link to their profile; the key tells of nobody else."""
        keys = self._deps.storage.keys
        number = next((id for id in sorted(self._deps.staff.user_ids) if keys.person(id) == person), None)
        name = escape(say.staff_member(person[:4]))
        return name if number is None else f'<a href="tg://user?id={number}">{name}</a>'


def _row(answer: CuratedAnswer) -> Row:
    mark = {CuratedStatus.ACTIVE: "", CuratedStatus.WITHDRAWN: "⚠️ ", CuratedStatus.RETIRED: "✕ "}
    title = answer.questions[0] if answer.questions else answer.text
    label = f"{mark[answer.status]}№ {answer.id} · {' '.join(title.split())}"
    return ((shortened(label, _MAX_LABEL_UNITS), f"s:a:{answer.id}"),)
