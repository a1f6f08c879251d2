"""What the handlers ask of the rest of the bot: one protocol and the two values it hands over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.answers import Answer, Reply


@dataclass(frozen=True, slots=True)
class FullText:
    """A whole article to read; ``citation_line`` and ``notice`` are shown on each of its pages."""

    title: str
    citation_line: str
    paragraphs: tuple[str, ...]
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document as /derekkoz lists it; ``editions`` ascend, ``status`` is Kazakh («күшінде»)."""

    title: str
    requisites: str
    url: str
    editions: tuple[date, ...]
    status: str


class AnsweringCore(Protocol):
    """The answering side, as seen from a chat."""

    async def reply(self, chat: str, question: str, earlier: Sequence[str] | None = None) -> Reply:
        """The reply to ``question``.

        :param earlier: questions that a follow-up may hang on, as they were understood, the likeliest
            first; None: those of the same ``chat`` that the core itself remembers.
        """
        ...

    def quoted(self, passage_id: str) -> Answer | None:
        """A passage as an answer that is nothing but its quotation; None when no such passage is held."""
        ...

    def full_text(self, passage_id: str) -> FullText | None:
        """The whole article that the passage belongs to; None when no such passage is held."""
        ...

    def documents(self) -> tuple[DocumentLine, ...]:
        """Every document that answers may quote, in the catalog's order."""
        ...

    def examples(self) -> tuple[str, ...]:
        """Three questions that the bot answers well."""
        ...
