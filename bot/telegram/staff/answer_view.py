"""How a curated answer looks to the staff: its text, questions, citations, buttons and history."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from telegram import InlineKeyboardMarkup

from bot import kazakh
from bot.fitting import shortened
from bot.kazakh import staff as say
from bot.message_draft import blocks, escape
from bot.staff_locks import shown_citations
from bot.storage.clock import day_of
from bot.storage.people import PersonKey
from bot.storage.values import CuratedAnswer, CuratedChange, CuratedCitation, CuratedStatus
from bot.telegram.staff.room import Row, keyboard
from knowledge.catalog import Catalog
from knowledge.model import Passage

_MAX_TEXT_UNITS = 1200
_MAX_QUESTION_UNITS = 200
_MAX_QUOTE_UNITS = 220
_MAX_LABEL_UNITS = 60
_SHOWN = 6

_STATUS = {
    CuratedStatus.ACTIVE: say.ACTIVE,
    CuratedStatus.WITHDRAWN: say.WITHDRAWN,
    CuratedStatus.RETIRED: say.RETIRED,
}


def passage_key(passage_id: str) -> str:
    """Sixteen characters that stand for a passage in callback data."""
    return hashlib.sha256(passage_id.encode()).hexdigest()[:16]


def answer_html(answer: CuratedAnswer, catalog: Catalog, *, help: str = "") -> str:
    """Long texts are shortened here with «…»; what is sent to people is not."""
    status = _STATUS[answer.status]
    if answer.reason:
        status += f" ({say.REASONS.get(answer.reason, answer.reason)})"
    head = f"<b>{escape(say.answer_title(answer.id))}</b> · {escape(status)}"
    questions = [f"• {escape(shortened(text, _MAX_QUESTION_UNITS))}" for text in answer.questions[:_SHOWN]]
    cited = shown_citations(answer)
    lines = [_citation_html(number, citation, catalog) for number, citation in enumerate(cited[:_SHOWN], 1)]
    proof = "\n".join((f"<b>{say.CITATIONS}</b>", *lines)) if lines else f"<i>{say.NO_CITATIONS}</i>"
    return blocks(
        head,
        "\n".join((f"<b>{say.QUESTIONS}</b>", *questions)),
        f"<blockquote>{escape(shortened(answer.text, _MAX_TEXT_UNITS))}</blockquote>",
        proof,
        f"<i>{escape(help)}</i>" if help else "",
    )


def answer_buttons(answer: CuratedAnswer) -> InlineKeyboardMarkup | None:
    """What can be done with it."""
    history: tuple[str, str] = (say.HISTORY, f"s:h:{answer.id}")
    if answer.status is CuratedStatus.RETIRED:
        return keyboard((history,))
    renew: Row = ()
    if answer.status is CuratedStatus.WITHDRAWN:
        renew = ((say.RENEW, f"s:u:{answer.id}"),)
    return keyboard(
        renew,
        ((say.EDIT_TEXT, f"s:e:{answer.id}"), (say.ADD_QUESTION, f"s:v:{answer.id}")),
        ((say.EDIT_CITATIONS, f"s:z:{answer.id}"), history),
        ((say.RETIRE, f"s:r:{answer.id}"),),
    )


def sure_buttons(answer_id: int) -> InlineKeyboardMarkup | None:
    return keyboard(((say.RETIRE_SURE, f"s:R:{answer_id}"), (say.BACK, f"s:a:{answer_id}")))


def citation_buttons(
    answer: CuratedAnswer, offered: Sequence[Passage], catalog: Catalog
) -> InlineKeyboardMarkup | None:
    """One passage a row, ticked where it is cited; then «Дайын»."""
    cited = {citation.passage_id for citation in shown_citations(answer)}
    rows: list[Row] = []
    for passage in offered:
        mark = "✓" if passage.id in cited else "＋"
        title = catalog.document(passage.document).short_title
        place = kazakh.locator(passage.article, passage.point)
        label = shortened(f"{mark} {place} · {title}", _MAX_LABEL_UNITS)
        rows.append(((label, f"s:c:{answer.id}:{passage_key(passage.id)}"),))
    rows.append(((say.DONE, f"s:d:{answer.id}"), (say.RETIRE, f"s:r:{answer.id}")))
    return keyboard(*rows)


def history_html(
    answer_id: int, changes: Sequence[CuratedChange], name_of: Callable[[PersonKey], str]
) -> str:
    """Who did what when, and what the text was after each change that touched it."""
    lines = [f"<b>{escape(say.answer_title(answer_id))}</b>"]
    before = ""
    for change in changes[-15:]:
        who = name_of(change.by) if change.by else escape(say.BY_BOT)
        reason = f" ({escape(say.REASONS.get(change.reason, change.reason))})" if change.reason else ""
        day = kazakh.date_in(day_of(change.at))
        lines.append(f"{escape(day)} {who} {escape(say.CHANGES[change.kind.value])}{reason}")
        if change.text != before:
            lines[-1] += f"\n<i>{escape(shortened(change.text, _MAX_QUESTION_UNITS))}</i>"
        before = change.text
    return "\n".join(lines)


def _citation_html(number: int, citation: CuratedCitation, catalog: Catalog) -> str:
    title = catalog.document(citation.document).short_title
    place = kazakh.locator(citation.article, citation.point)
    where = f"{title}, {place}" if place else title
    quote = shortened(" ".join(citation.quote.split()), _MAX_QUOTE_UNITS)
    return f"{number}. «{escape(quote)}»\n— {escape(where)}, {escape(citation.edition)}"
