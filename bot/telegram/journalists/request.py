"""What «/derek law-assembly 9 2008 жылғы редакция» asks for."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from bot.kazakh import time as time_say
from bot.telegram.journalists.documents import HeldDocuments
from knowledge.model import Document
from retrieval.numbers import find_dates

_DAY = re.compile(r"\b(?:(\d{4})-(\d\d)-(\d\d)|(\d\d?)\.(\d\d?)\.(\d{4}))\b")
_YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?![\d-])")
_ARTICLE = re.compile(r"(?<!\d)(\d{1,3}(?:-\d{1,2})?)(?!\d)")
_DASHES = re.compile("[‐‑‒–—−]")


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The day whose text is wanted; ``whole_year``: only its year was said, and ``day`` is the last of it."""

    day: date
    whole_year: bool

    @property
    def words(self) -> str:
        """«2012 жылы», «2012 жылғы 4 мамырда»"""
        return time_say.when(self.day, whole_year=self.whole_year)

    @property
    def code(self) -> str:
        """«2012», «2012-05-04»: what ``of_code`` reads."""
        return str(self.day.year) if self.whole_year else self.day.isoformat()

    @classmethod
    def of_code(cls, code: str) -> AskedTime:
        """:raises ValueError: no such day."""
        return _of_year(int(code)) if len(code) == 4 else cls(date.fromisoformat(code), False)


@dataclass(frozen=True, slots=True)
class ArticleRequest:
    """A document and, as far as they were said, the article (of the source article a paragraph) and time."""

    document: Document
    article: str | None
    time: AskedTime | None


def read_request(text: str, documents: HeldDocuments) -> ArticleRequest | None:
    """None where the text names no document that is held."""
    text = _DASHES.sub("-", text)
    document = documents.named(text)
    if document is None:
        return None
    rest = documents.without_name(text, document)
    time, rest = _time(rest)
    article = _ARTICLE.search(rest)
    return ArticleRequest(document, article.group(1) if article else None, time)


def _time(text: str) -> tuple[AskedTime | None, str]:
    """The time that is named, and the text without it; what is no day of the calendar is left alone."""
    for match in _DAY.finditer(text):
        year, month, day = match.groups()[:3] if match.group(1) else match.groups()[:2:-1]
        try:
            return AskedTime(date(int(year), int(month), int(day)), False), _cut(text, match.span())
        except ValueError:
            continue
    for mention in find_dates(text):
        if mention.month is not None and date.min.year <= mention.year <= date.max.year:
            last = calendar.monthrange(mention.year, mention.month)[1]
            named = date(mention.year, mention.month, min(mention.day or last, last))
            return AskedTime(named, False), _cut(text, (mention.start, mention.end))
    year = _YEAR.search(text)
    return (_of_year(int(year.group(1))), _cut(text, year.span())) if year else (None, text)


def _of_year(year: int) -> AskedTime:
    return AskedTime(date(year, 12, 31), True)


def _cut(text: str, span: tuple[int, int]) -> str:
    return f"{text[: span[0]]} {text[span[1] :]}"
