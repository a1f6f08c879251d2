"""Hand-written stand-ins, one for each seam of the project."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.answers import Answer, NoAnswer, Reply
from bot.telegram.core import DocumentLine, FullText


@dataclass(slots=True)
class FakeCore:
    """An answering core that knows the replies it was given, and refuses every other question.

    ``asked`` is what came in, as (chat, question), ``earlier`` what each might hang on. While ``gate`` is
    set to an event, replies wait for it; an ``error`` is raised in place of a reply.
    """

    replies: Mapping[str, Reply] = field(default_factory=dict)
    texts: Mapping[str, FullText] = field(default_factory=dict)
    lines: tuple[DocumentLine, ...] = ()
    questions: tuple[str, ...] = ()
    refusal: str = "Жауап жоқ."
    gate: asyncio.Event | None = None
    error: Exception | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    earlier: list[tuple[str, ...] | None] = field(default_factory=list)
    quotations: Mapping[str, Answer] = field(default_factory=dict)

    async def reply(self, chat: str, question: str, earlier: Sequence[str] | None = None) -> Reply:
        self.asked.append((chat, question))
        self.earlier.append(None if earlier is None else tuple(earlier))
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return self.replies.get(question) or NoAnswer(question, self.refusal)

    def quoted(self, passage_id: str) -> Answer | None:
        return self.quotations.get(passage_id)

    def full_text(self, passage_id: str) -> FullText | None:
        return self.texts.get(passage_id)

    def documents(self) -> tuple[DocumentLine, ...]:
        return self.lines

    def examples(self) -> tuple[str, ...]:
        return self.questions
