"""The answering core as chats see it: follow-ups, whole articles, the list of documents."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence

from bot import kazakh
from bot.answering import Answerer
from bot.answers import Answer, Reply
from bot.citing import Citer, Clock
from bot.dialogue import Dialogue
from bot.followup import completed
from bot.source_lines import source_status
from bot.staff_answers import StaffAnswers
from bot.telegram.core import DocumentLine, FullText
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import Document, DocumentKind, Passage, Quote, Reference


class Core:
    """Answers in chats; embedding and search run in a thread, never on the event loop."""

    def __init__(
        self,
        answerer: Answerer,
        dialogue: Dialogue,
        citer: Citer,
        catalog: Catalog,
        library: Library,
        clock: Clock,
        staff: StaffAnswers | None = None,
    ) -> None:
        self._answerer = answerer
        self._staff = staff
        self._dialogue = dialogue
        self._citer = citer
        self._catalog = catalog
        self._library = library
        self._clock = clock

    async def reply(self, chat: str, question: str, earlier: Sequence[str] | None = None) -> Reply:
        if earlier is None:
            return await asyncio.to_thread(self.reply_now, chat, question)
        return await asyncio.to_thread(self._answer, question, _completed(question, earlier))

    def reply_now(self, chat: str, question: str) -> Reply:
        """As ``reply``, in the calling thread."""
        understood = self.understood(chat, question)
        reply = self._answer(question, understood)
        self._dialogue.remember(chat, understood or question)
        return reply

    def _answer(self, question: str, understood: str | None) -> Reply:
        by_staff = self._staff.reply(question, understood) if self._staff else None
        return by_staff or self._answerer.answer(question, understood)

    def understood(self, chat: str, question: str) -> str | None:
        """The question made whole from the chat's last one; None where it stands by itself."""
        return self._dialogue.understood(chat, question)

    def quoted(self, passage_id: str) -> Answer | None:
        passage = self._library.passage(passage_id)
        if passage is None:
            return None
        citation = self._citer.cite(Quote(passage, passage.text))
        return Answer("", "", (citation,), self._citer.notices([citation]))

    def full_text(self, passage_id: str) -> FullText | None:
        passage = self._library.passage(passage_id)
        if passage is None:
            return None
        document = self._catalog.document(passage.document)
        if passage.article is None:
            around = [p for p in self._library.passages if p.document == passage.document]
            title, paragraphs = document.title, tuple(p.text for p in around)
        else:
            around = list(self._library.find(Reference(document.id, passage.article), passage.edition))
            heading = f"{passage.article}-бап. {passage.heading}".removesuffix(". ")
            title, paragraphs = f"{document.short_title}. {heading}", tuple(_by_point(around))
        citation = self._citer.cite(Quote(passage, passage.text))
        notices = self._citer.notices([citation])
        line = f"{document.short_title} · {source_status(citation)}"
        return FullText(title, line, paragraphs, "\n".join(notices) or None)

    def documents(self) -> tuple[DocumentLine, ...]:
        return tuple(
            DocumentLine(
                document.title,
                document.requisites,
                document.url,
                tuple(edition.day for edition in document.editions) if document.act_code else (),
                self._status(document),
            )
            for document in self._catalog.documents
        )

    def examples(self) -> tuple[str, ...]:
        return self._answerer.examples()

    def _status(self, document: Document) -> str:
        if document.kind is DocumentKind.ARTICLE:
            return kazakh.SOURCE_ARTICLE_STATUS
        if document.kind is DocumentKind.FAQ:
            return kazakh.FAQ_STATUS
        held = "" if self._library.editions(document.id) else f" · {kazakh.NOT_HELD}"
        today = self._clock()
        if document.in_force_on(today):
            return kazakh.IN_FORCE + held
        if document.repeal and today >= document.repeal.day:
            return kazakh.repealed_on(document.repeal.day) + held
        assert document.in_force_from is not None
        return kazakh.enters_into_force_on(document.in_force_from) + held


def _by_point(passages: list[Passage]) -> list[str]:
    """Points with their numbers, parts of one point joined again."""
    texts = []
    for point, parts in itertools.groupby(passages, key=lambda passage: passage.point):
        text = "\n".join(part.text for part in parts)
        texts.append(f"{point}. {text}" if point else text)
    return texts


def _completed(question: str, earlier: Sequence[str]) -> str | None:
    """The question made whole from the first earlier one that can; None where it stands by itself."""
    whole = (completed(question, before) for before in earlier)
    return next((text for text in whole if text is not None), None)
