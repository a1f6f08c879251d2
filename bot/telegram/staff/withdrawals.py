"""What staff are told when a text that an answer leans on changed: the difference, and two buttons."""

from __future__ import annotations

import structlog
from telegram import InlineKeyboardMarkup

from bot import kazakh
from bot.fitting import MAX_MESSAGE_UNITS, shortened, visible_length
from bot.kazakh import staff as say
from bot.message_draft import blocks, escape
from bot.staff_locks import BrokenLock, Change, check_locks
from bot.telegram.dependencies import Dependencies
from bot.telegram.outgoing import Outgoing
from bot.telegram.staff.room import keyboard
from bot.word_diff import Spans, changed_words
from knowledge.catalog import Catalog

AROUND_CHARS = 80
"""How much of an unchanged stretch is shown beside a changed one."""

_MAX_QUESTION_UNITS = 300

log = structlog.get_logger()


async def keep_locks(deps: Dependencies) -> int:
    """Withdraw what is no longer proven and owe the staff a word about each, both or neither.

    To be run at the start, after a sync, and daily: a law may end on a day without either.

    :returns: how many answers were withdrawn.
    """
    async with deps.storage.transaction():
        broken = await check_locks(deps.library, deps.storage, deps.today())
        for lock in broken:
            if deps.staff.chat_id is not None:
                outgoing = Outgoing(withdrawn_html(lock, deps.catalog), _buttons(lock.answer.id))
                changed_at = lock.answer.changed_at.isoformat()
                await deps.storage.deliveries.owe(
                    deps.staff.chat_id,
                    outgoing.to_json(),
                    dedupe_key=f"withdrawn:{lock.answer.id}:{changed_at}",
                    kind="staff",
                )
    if broken:
        log.info("answers_withdrawn", count=len(broken))
    if broken and deps.staff_answers is not None:
        await deps.staff_answers.refresh(deps.storage)
    return len(broken)


def withdrawn_html(lock: BrokenLock, catalog: Catalog) -> str:
    """One message; where the differences do not fit, the first ones are shown."""
    answer = lock.answer
    question = shortened(answer.questions[0] if answer.questions else "", _MAX_QUESTION_UNITS)
    head = (
        f"⚠️ <b>{escape(say.WITHDRAWN_TITLE)}</b>\n{escape(say.answer_title(answer.id))} · {escape(question)}"
    )
    foot = f"<i>{escape(say.WITHDRAWN_HELP)}</i>"
    shown = [_change_html(change, catalog) for change in lock.changes]
    while len(shown) > 1 and visible_length(blocks(head, *shown, foot)) > MAX_MESSAGE_UNITS:
        shown.pop()
    html = blocks(head, *shown, foot)
    return html if visible_length(html) <= MAX_MESSAGE_UNITS else blocks(head, foot)


def _buttons(answer_id: int) -> InlineKeyboardMarkup | None:
    return keyboard(((say.RENEW, f"s:u:{answer_id}"), (say.RETIRE, f"s:r:{answer_id}")))


def _change_html(change: Change, catalog: Catalog) -> str:
    citation = change.citation
    title = catalog.document(citation.document).short_title
    place = kazakh.locator(citation.article, citation.point)
    parts = [f"<b>{escape(f'{title}, {place}' if place else title)}</b>"]
    if change.repealed is not None and change.repealed.repeal is not None:
        parts.append(escape(say.act_ended(change.repealed.short_title, change.repealed.repeal.day)))
    if change.now is None:
        parts += [f"<b>{say.TEXT_WAS}</b> {escape(shortened(change.was, 800))}", escape(say.TEXT_IS_GONE)]
    elif change.now != change.was:
        (gone,), (come,) = changed_words([change.was], [change.now])
        parts.append(f"<b>{say.TEXT_WAS}</b> {marked(change.was, gone, 's')}")
        parts.append(f"<b>{say.TEXT_NOW}</b> {marked(change.now, come, 'b')}")
    return "\n".join(parts)


def marked(text: str, spans: Spans, tag: str) -> str:
    """The changed words in ``tag``, long unchanged stretches shortened to what stands around them."""
    if not spans:
        return escape(shortened(text, 4 * AROUND_CHARS))
    parts, at = [], 0
    for start, end in spans:
        parts += [
            escape(_squeezed(text[at:start], first=at == 0)),
            f"<{tag}>{escape(text[start:end])}</{tag}>",
        ]
        at = end
    tail = text[at:]
    parts.append(escape(tail if len(tail) <= AROUND_CHARS else f"{tail[:AROUND_CHARS].rsplit(' ', 1)[0]} …"))
    return "".join(parts)


def _squeezed(text: str, *, first: bool) -> str:
    if len(text) <= 2 * AROUND_CHARS:
        return text
    left = "" if first else text[:AROUND_CHARS].rsplit(" ", 1)[0]
    return f"{left} … {text[-AROUND_CHARS:].split(' ', 1)[-1]}".lstrip()
