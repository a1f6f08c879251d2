"""A reply in its three forms: Telegram HTML, text for a terminal, the JSON of the command line.

Each form verifies every quotation again: what does not stand in its passage is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from bot import kazakh
from bot.answers import Answer, Citation, NoAnswer, Reply, SmallTalk
from bot.fitting import shortened
from bot.message_draft import MessageDraft, asked_line, blocks, escape
from bot.quoting import verify
from bot.source_lines import places, source_key, source_status

_MAX_REFUSAL_UNITS = 3000

_STATUS = {Answer: "answered", NoAnswer: "no_answer", SmallTalk: "smalltalk"}


def to_html(reply: Reply) -> str:
    """Telegram HTML of at most 4096 UTF-16 units after parsing.

    An answer that is longer loses whole quotations from the end, the last one left is cut at the end of
    a sentence; both are said, and point to the button «Толық мәтін».

    :raises bot.quoting.UnprovenQuote: a quotation is not in its passage.
    """
    if not isinstance(reply, Answer):
        understood = reply.understood if isinstance(reply, NoAnswer) else None
        return blocks(asked_line(understood), escape(shortened(reply.text, _MAX_REFUSAL_UNITS)))
    return MessageDraft.of(_verified(reply)).fitted().html()


def to_text(reply: Reply) -> str:
    """Plain text as a person reads it in a terminal; nothing is cut.

    :raises bot.quoting.UnprovenQuote: a quotation is not in its passage.
    """
    suggestions = "\n".join(f"• {text}" for text in reply.suggestions)
    suggestions = f"{kazakh.SUGGESTIONS}\n{suggestions}" if suggestions else ""
    understood = None if isinstance(reply, SmallTalk) else reply.understood
    question = kazakh.asked(understood) if understood else ""
    if not isinstance(reply, Answer):
        return blocks(question, reply.text, suggestions)
    answer = _verified(reply)
    return blocks(
        question,
        answer.lead,
        *_text_sources(answer.citations),
        *answer.notices,
        kazakh.NOW if answer.now else "",
        *_text_sources(answer.now),
        suggestions,
    )


def to_json(reply: Reply, *, id: str, elapsed_ms: float) -> dict[str, object]:
    """The object that ``ask --json`` writes; citations of today's law follow those of the answer.

    :raises bot.quoting.UnprovenQuote: a quotation is not in its passage.
    """
    reply = _verified(reply) if isinstance(reply, Answer) else reply
    cited = (*reply.citations, *reply.now) if isinstance(reply, Answer) else ()
    return {
        "id": id,
        "question": reply.question,
        "status": _STATUS[type(reply)],
        "text": to_text(reply),
        "citations": [_citation_json(citation) for citation in cited],
        "notices": list(reply.notices) if isinstance(reply, Answer) else [],
        "suggestions": list(reply.suggestions),
        "elapsed_ms": round(elapsed_ms, 1),
    }


def _verified(answer: Answer) -> Answer:
    return replace(
        answer,
        citations=tuple(replace(citation, quote=verify(citation.quote)) for citation in answer.citations),
        now=tuple(replace(citation, quote=verify(citation.quote)) for citation in answer.now),
    )


def _text_sources(citations: tuple[Citation, ...]) -> Iterable[str]:
    for _, run in groupby(citations, key=source_key):
        cited = list(run)
        title, where = cited[0].document.short_title, places(cited)
        line = f"— {title}, {where}" if where else f"— {title}"
        quotes = (f"«{citation.quote.text}»" for citation in cited)
        address = (f"  {cited[0].url}",) if cited[0].url else ()
        yield "\n".join((*quotes, line, f"  {source_status(cited[0])}", *address))


def _citation_json(citation: Citation) -> dict[str, object]:
    passage = citation.quote.passage
    return {
        "document": citation.document.id,
        "edition": passage.edition,
        "article": passage.article,
        "locator": citation.locator,
        "quote": citation.quote.text,
        "title": citation.document.title,
        "url": citation.url,
        "in_force": citation.standing.in_force,
    }
