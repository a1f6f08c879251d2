"""A verdict in its three forms: Telegram HTML, text for a terminal, the JSON of the command line.

Quotations, their sources and what rules the matter now are shown as in an answer (``bot.rendering``), which
verifies every quotation once more; what is a verdict's own stands above them.
"""

from __future__ import annotations

from bot.answers import Answer
from bot.kazakh import claims as say
from bot.message_draft import blocks, escape
from bot.rendering import to_html as answer_html
from bot.rendering import to_json as answer_json
from bot.rendering import to_text as answer_text
from bot.verdicts import Mark, MarkedWords, QuotationState, Verdict

_MAX_DIFFERENCE_WORDS = 90
"""Of the words that both sides share, those far from any change are left out of a longer comparison."""

_KEPT_BESIDE = 4
_HTML = {Mark.REMOVED: ("<s>", "</s>"), Mark.ADDED: ("<u>", "</u>"), Mark.SAME: ("", "")}
_TEXT = {Mark.REMOVED: ("[-", "-]"), Mark.ADDED: ("{+", "+}"), Mark.SAME: ("", "")}


def to_html(verdict: Verdict) -> str:
    """Telegram HTML of at most 4096 UTF-16 units after parsing.

    :raises bot.quoting.UnprovenQuote: a quotation is not in its passage.
    """
    head = [f"<b>{escape(verdict.lead)}</b>"]
    plain = [verdict.lead]
    for contrast in verdict.contrasts:
        lines = (say.claimed(f"«{contrast.claimed}»"), say.stated(f"«{contrast.stated}»"))
        plain.append("\n".join(lines))
        head.append("\n".join(map(escape, lines)))
    difference = _difference(verdict)
    if difference:
        marked = " ".join(
            f"{_HTML[part.mark][0]}{escape(part.text)}{_HTML[part.mark][1]}" for part in difference
        )
        bare = " ".join(part.text for part in difference)
        plain.append(f"{say.DIFFERENCE_MARKED}\n{bare}")
        head.append(f"{escape(say.DIFFERENCE_MARKED)}\n{marked}")
    if not verdict.citations:
        return blocks(*head, escape(_suggested(verdict)))
    # the head takes the place of a lead of the same visible length, so that the message still fits
    lead = blocks(*plain)
    return answer_html(_as_answer(verdict, lead)).replace(f"<b>{escape(lead)}</b>", blocks(*head), 1)


def to_text(verdict: Verdict) -> str:
    """Plain text as a person reads it in a terminal.

    :raises bot.quoting.UnprovenQuote: a quotation is not in its passage.
    """
    contrasts = (
        f"{say.claimed(f'«{contrast.claimed}»')}\n{say.stated(f'«{contrast.stated}»')}"
        for contrast in verdict.contrasts
    )
    difference = " ".join(
        f"{_TEXT[part.mark][0]}{part.text}{_TEXT[part.mark][1]}" for part in _difference(verdict)
    )
    lead = blocks(verdict.lead, *contrasts, f"{say.DIFFERENCE}\n{difference}" if difference else "")
    return blocks(answer_text(_as_answer(verdict, lead)), _suggested(verdict))


def to_json(verdict: Verdict, *, id: str, elapsed_ms: float) -> dict[str, object]:
    """The object that ``check --json`` writes: that of ``ask`` with "verdict" in place of "status".

    :raises bot.quoting.UnprovenQuote: a quotation is not in its passage.
    """
    row = answer_json(_as_answer(verdict, verdict.lead), id=id, elapsed_ms=elapsed_ms)
    told = {"text": to_text(verdict), "suggestions": list(verdict.suggestions)}
    return {
        ("verdict" if key == "status" else key): verdict.judgement.value
        if key == "status"
        else told.get(key, value)
        for key, value in row.items()
    }


def _as_answer(verdict: Verdict, lead: str) -> Answer:
    return Answer(verdict.claim, lead, verdict.citations, verdict.notices, verdict.now)


def _suggested(verdict: Verdict) -> str:
    lines = "\n".join(f"• {text}" for text in verdict.suggestions)
    return f"{say.NEARBY}\n{lines}" if lines else ""


def _difference(verdict: Verdict) -> tuple[MarkedWords, ...]:
    """The marked words of an altered quotation; long runs that are the same are cut to their ends."""
    check = verdict.quotation
    if check is None or check.state is not QuotationState.ALTERED:
        return ()
    parts = check.words
    if sum(len(part.text.split()) for part in parts) <= _MAX_DIFFERENCE_WORDS:
        return parts
    return tuple(
        MarkedWords(_ends(part.text), part.mark) if part.mark is Mark.SAME else part for part in parts
    )


def _ends(text: str) -> str:
    words = text.split()
    if len(words) <= 2 * _KEPT_BESIDE:
        return text
    return " ".join((*words[:_KEPT_BESIDE], "…", *words[-_KEPT_BESIDE:]))
