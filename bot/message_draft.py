"""A Telegram message in the making: which quotations it holds, and how they are made to fit."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from bot import kazakh
from bot.answers import Answer, Citation
from bot.fitting import ELLIPSIS, MAX_MESSAGE_UNITS, shortened, utf16_length, visible_length, whole_sentences
from bot.source_lines import places, source_key, source_status

# Limits of our own words, applied only where a message would be too long.
_MAX_QUESTION_UNITS = 300
_MAX_LEAD_UNITS = 1200
_MAX_NOTICES_UNITS = 1200
_CUT_RESERVE_UNITS = 200  # for the lines that own up to a cut


@dataclass(frozen=True, slots=True)
class _Shown:
    """A citation and how much of its quotation this message holds."""

    citation: Citation
    text: str

    @property
    def cut(self) -> bool:
        return self.text != self.citation.quote.text

    def html(self) -> str:
        tail = f" {ELLIPSIS}" if self.cut else ""  # outside the marks: it is no part of the quotation
        return f"<blockquote expandable>«{self._emphasized()}»{tail}</blockquote>"

    def _emphasized(self) -> str:
        parts, at = [], 0
        for start, end in sorted(self.citation.quote.emphasis):
            start, end = max(start, at), min(end, len(self.text))
            if start < end:
                parts += [escape(self.text[at:start]), f"<b>{escape(self.text[start:end])}</b>"]
                at = end
        return "".join((*parts, escape(self.text[at:])))


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """The answer, the quotations that its message still holds, and how many were left out."""

    answer: Answer
    main: tuple[_Shown, ...]
    now: tuple[_Shown, ...]
    dropped: int = 0

    @classmethod
    def of(cls, answer: Answer) -> MessageDraft:
        main = tuple(_Shown(citation, citation.quote.text) for citation in answer.citations)
        return cls(answer, main, tuple(_Shown(citation, citation.quote.text) for citation in answer.now))

    def html(self) -> str:
        cut = any(shown.cut for shown in (*self.main, *self.now))
        return blocks(
            asked_line(self.answer.understood),
            f"<b>{escape(self.answer.lead)}</b>" if self.answer.lead else "",
            *_html_sources(self.main),
            *(escape(f"⚠️ {notice}") for notice in self.answer.notices),
            f"<b>{kazakh.NOW}</b>" if self.now else "",
            *_html_sources(self.now),
            f"<i>{kazakh.CUT_QUOTE}</i>" if cut else "",
            f"<i>{kazakh.dropped_quotes(self.dropped)}</i>" if self.dropped else "",
        )

    def fitted(self) -> MessageDraft:
        """The fullest draft that one message takes: the first quotation and today's law go last."""
        if self._excess() <= 0:
            return self
        draft = self._with_short_words()
        while draft._excess() > 0 and len(draft.main) > 1:
            draft = replace(draft, main=draft.main[:-1], dropped=draft.dropped + 1)
        while draft._excess() > 0 and len(draft.now) > 1:
            draft = replace(draft, now=draft.now[:-1], dropped=draft.dropped + 1)
        while draft._excess() > 0 and (draft.main or draft.now):
            draft = draft._with_longest_cut()
        return draft

    def _excess(self) -> int:
        return visible_length(self.html()) - MAX_MESSAGE_UNITS

    def _with_short_words(self) -> MessageDraft:
        notices, room = [], _MAX_NOTICES_UNITS
        for notice in self.answer.notices:
            if room > 2:
                notices.append(shortened(notice, room))
                room -= utf16_length(notices[-1]) + 5
        lead = shortened(self.answer.lead, _MAX_LEAD_UNITS)
        return replace(self, answer=replace(self.answer, lead=lead, notices=tuple(notices)))

    def _with_longest_cut(self) -> MessageDraft:
        longest = max((*self.main, *self.now), key=lambda shown: utf16_length(shown.text))
        room = utf16_length(longest.text) - self._excess() - _CUT_RESERVE_UNITS
        kept = replace(longest, text=whole_sentences(longest.text, room))
        put = (kept,) if kept.text else ()
        main = put if longest in self.main else self.main
        now = put if longest in self.now else self.now
        return replace(self, main=main, now=now, dropped=self.dropped + (not put))


def _html_sources(shown: tuple[_Shown, ...]) -> Iterable[str]:
    for _, run in groupby(shown, key=lambda one: source_key(one.citation)):
        quotes = list(run)
        citation, where = quotes[0].citation, places(one.citation for one in quotes)
        title = escape(citation.document.short_title)
        if citation.url:
            title = f'<a href="{escape(citation.url)}">{title}</a>'
        line = f"{title}, {escape(where)}" if where else title
        yield "\n".join(
            (*(one.html() for one in quotes), f"— {line}", f"<i>{escape(source_status(citation))}</i>")
        )


def asked_line(understood: str | None) -> str:
    """The question as the bot completed it, in HTML; empty for None."""
    return f"<i>{escape(kazakh.asked(shortened(understood, _MAX_QUESTION_UNITS)))}</i>" if understood else ""


def escape(text: str) -> str:
    """Text of a user or a document, harmless inside HTML and its attributes."""
    return html.escape(text, quote=True)


def blocks(*parts: str) -> str:
    """The parts that are not empty, with a blank line between."""
    return "\n\n".join(part for part in parts if part)
