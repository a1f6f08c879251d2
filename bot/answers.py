"""What the bot has to say, before it is given a form: values, no HTML, no Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.model import Document, Quote, Repeal


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the quoted text is law on the day asked about, and for how long it was.

    ``since`` and ``until`` bound the days on which exactly this text was in force (``until`` is the
    first day without it; None: open). ``in_force`` is about today, not about the day asked about.
    ``exact`` is False where the text of the day asked about is not held and an earlier one stands in.
    """

    in_force: bool
    since: date | None = None
    until: date | None = None
    repeal: Repeal | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation with its source: what a reader needs to find the words himself.

    ``locator`` is Kazakh («9-бап, 2-тармақ»); ``url`` the official address of the act.
    """

    quote: Quote
    document: Document
    locator: str
    url: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Answer:
    """A proven answer: ``lead`` in our own words, then quotations, then what changed since.

    ``now`` are citations of the text that rules the matter today, where the cited one is gone.
    ``understood`` is the question as the bot completed it, where it differs from ``question``.
    ``curated`` tells that ``lead`` was written by people (an FAQ entry or a staff answer).
    """

    question: str
    lead: str
    citations: tuple[Citation, ...]
    notices: tuple[str, ...] = ()
    now: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    understood: str | None = None
    curated: bool = False
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A polite refusal with a way on: the nearest headings as questions to ask instead."""

    question: str
    text: str
    suggestions: tuple[str, ...] = ()
    understood: str | None = None
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """One polite line to something that is not a question, with examples of what can be asked."""

    question: str
    text: str
    suggestions: tuple[str, ...] = ()


Reply = Answer | NoAnswer | SmallTalk
