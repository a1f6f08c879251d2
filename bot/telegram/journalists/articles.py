"""An article of a held edition, whole, with the notices that it must not be read without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot import kazakh
from bot.citing import Citer
from bot.kazakh import journalists as say
from bot.source_lines import source_status
from bot.telegram.core import FullText
from bot.telegram.journalists.documents import HeldDocuments
from bot.telegram.journalists.request import ArticleRequest, AskedTime
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import Article, Document, DocumentKind, Passage, Point, Quote, Reference
from knowledge.timeline import SpanState


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """``passages`` are what can be quoted of it, in print order; ``article`` is a paragraph's number where
    the document has no articles; ``code`` is the time that finds the same again (``AskedTime.of_code``),
    "" where there is nothing to choose from."""

    document: Document
    article: str
    code: str
    text: FullText
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why there is nothing to show, and what there is instead."""

    text: str


class Articles:
    def __init__(self, library: Library, citer: Citer, documents: HeldDocuments) -> None:
        self._library = library
        self._citer = citer
        self._documents = documents

    def find(self, request: ArticleRequest) -> FoundArticle | NotFound:
        """By default, of the newest edition held."""
        document, number = request.document, request.article
        if document.kind is DocumentKind.ARTICLE:
            return self._paragraph(document, number)
        if number is None:
            return NotFound(f"{say.WHICH_ARTICLE} {self._numbers_line(document)}")
        edition, note = self._edition(document, number, request.time)
        if edition is None:
            return NotFound(note)
        law = self._library.law(document.id, edition)
        article = law.article(number) if law else None
        if article is None:
            return self._missing(document, number, edition)
        code = request.time.code if request.time else edition
        passages = self._library.find(Reference(document.id, number), edition)
        return FoundArticle(document, number, code, self._text(document, edition, article, note), passages)

    def _text(self, document: Document, edition: str, article: Article, note: str) -> FullText:
        """The article as that edition prints it; ``note`` and the notices stand over it."""
        passages = self._library.find(Reference(document.id, article.number), edition)
        line, notices = kazakh.edition_of(date.fromisoformat(edition)), tuple[str, ...]()
        if passages:
            citation = self._citer.cite(Quote(passages[0], passages[0].text))
            line, notices = source_status(citation), self._citer.notices([citation])
        heading = f"{article.number}-бап. {article.heading}".removesuffix(". ")
        return FullText(
            f"{document.short_title}. {heading}",
            line,
            tuple(_paragraphs(article)),
            "\n".join(part for part in (note, *notices) if part) or None,
        )

    def _edition(self, document: Document, number: str, time: AskedTime | None) -> tuple[str | None, str]:
        """The edition to give and what to say over it; None: it cannot be, and why."""
        names = self._library.editions(document.id)
        if time is None:
            return names[-1], ""
        named = [name for name in names if name.startswith(time.code)]
        if named:
            return named[-1], ""
        days = self._documents.edition_days(document)
        if time.day < (document.adopted or days[0]):
            return None, say.no_edition_before(document.short_title, time.words, days)
        try:
            timeline = self._library.timeline(document.id)
            edition, exact = timeline.nearest(number, time.day)
            state = timeline.on(number, time.day).state
        except UnknownReference:
            return names[-1], ""
        if edition is None:
            return names[-1], ""
        given = date.fromisoformat(edition)
        if state is SpanState.REPEALED:
            return edition, say.was_over(time.words, given)
        if state is SpanState.NOT_YET:
            return edition, say.not_in_force_then(time.words, given)
        if not exact:
            return edition, say.nearest_text(time.words, given)
        return edition, say.text_of_that_time(time.words, given)

    def _missing(self, document: Document, number: str, edition: str) -> NotFound:
        title = document.short_title
        others = [
            date.fromisoformat(name)
            for name in self._library.editions(document.id)
            if (law := self._library.law(document.id, name)) and law.article(number)
        ]
        if others:
            return NotFound(say.article_in_other_editions(title, number, date.fromisoformat(edition), others))
        return NotFound(say.no_such_article(title, number, self._numbers(document), paragraphs=False))

    def _paragraph(self, document: Document, number: str | None) -> FoundArticle | NotFound:
        if number is None:
            return NotFound(f"{say.WHICH_PARAGRAPH} {self._numbers_line(document)}")
        passages = self._library.find(Reference(document.id, "", number))
        if not passages:
            return NotFound(
                say.no_such_article(document.short_title, number, self._numbers(document), paragraphs=True)
            )
        citation = self._citer.cite(Quote(passages[0], passages[0].text))
        text = FullText(
            say.paragraph_of(document.short_title, number),
            source_status(citation),
            tuple(passage.text for passage in passages),
            "\n".join(self._citer.notices([citation])) or None,
        )
        return FoundArticle(document, number, "", text, passages)

    def _numbers(self, document: Document) -> tuple[str, ...]:
        """Of the newest edition's articles, or of the paragraphs, in print order."""
        newest = self._library.editions(document.id)[-1]
        law = self._library.law(document.id, newest)
        if law is not None:
            return tuple(article.number for article in law.articles)
        found = self._library.find(Reference(document.id, ""))
        return tuple(dict.fromkeys(passage.point for passage in found if passage.point))

    def _numbers_line(self, document: Document) -> str:
        paragraphs = document.kind is DocumentKind.ARTICLE
        return say.numbers_of(document.short_title, self._numbers(document), paragraphs=paragraphs)


def _paragraphs(article: Article) -> Iterator[str]:
    """A paragraph a point, as it is printed, notes on what was removed included."""
    for point in article.points:
        text = "\n".join(block if isinstance(block, str) else block.text for block in point.blocks)
        yield f"{point.number}. {text}" if _shows_number(point, text) else text


def _shows_number(point: Point, text: str) -> bool:
    return point.number is not None and not text.startswith(f"{point.number}. ")
