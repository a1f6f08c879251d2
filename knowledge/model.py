"""The vocabulary of the project: documents, editions, articles, passages, quotations."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a text is: binding law, the source article, or the curated questions and answers."""

    LAW = "law"
    CONSTITUTION = "constitution"
    ARTICLE = "article"
    FAQ = "faq"


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a law: document, article and, where known, point."""

    document: str
    article: str
    point: str | None = None


@dataclass(frozen=True, slots=True)
class Repeal:
    """The end of an act: the first day without force, and the provision that ended it."""

    day: date
    by: Reference


@dataclass(frozen=True, slots=True)
class Edition:
    """One consolidated text of a document, named after the day of the change that made it.

    ``commit`` and ``path`` locate it in the public source; ``languages`` are the files there
    ("kaz" always, "rus" where the official translation is held).
    """

    document: str
    day: date
    commit: str
    path: str
    languages: tuple[str, ...] = ("kaz",)

    @property
    def name(self) -> str:
        """ISO day, as in citations: ``2022-02-07``."""
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Document:
    """A text that the project knows of, with its life: adoption, force, repeal, successor."""

    id: str
    kind: DocumentKind
    title: str
    short_title: str
    requisites: str
    url: str
    act_code: str | None = None
    adopted: date | None = None
    in_force_from: date | None = None
    editions: tuple[Edition, ...] = ()
    repeal: Repeal | None = None
    successor: str | None = None

    def in_force_on(self, day: date) -> bool:
        """Whether the act as a whole binds on ``day``; texts that are not law never do."""
        if self.in_force_from is None or day < self.in_force_from:
            return False
        return self.repeal is None or day < self.repeal.day


@dataclass(frozen=True, slots=True)
class Amendment:
    """One day on which an article changed, the act that changed it, and how.

    ``day`` is the act's date as the note gives it; the article's text is taken to change that day.
    """

    day: date
    act: str
    kind: str = "changed"  # "changed" | "reworded" | "added"


@dataclass(frozen=True, slots=True)
class SubPoint:
    """A тармақша: its number as printed without the bracket ("4", "4-1") and its text.

    ``text`` starts with the number ("4-1) …"), as the law prints it. A removed sub-point keeps its
    place and has ``removed`` set; its text is the note and is never law.
    """

    number: str
    text: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A тармақ, or the body of an article that has none (``number`` is None then).

    ``blocks`` are its paragraphs and sub-points in print order; plain paragraphs are ``str``.
    """

    number: str | None
    blocks: tuple[str | SubPoint, ...]
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A бап with its points and the days on which it changed (ascending)."""

    number: str
    heading: str
    chapter: str
    points: tuple[Point, ...]
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True)
class LawText:
    """One language of one edition of a law, parsed."""

    title: str
    edition_day: date | None
    articles: tuple[Article, ...]

    def article(self, number: str) -> Article | None:
        """The article of that number, or None."""
        return next((a for a in self.articles if a.number == number), None)


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is found and quoted: a point with its sub-points, a paragraph, an FAQ entry.

    ``text`` is contiguous in its document but for white space: a removed sub-point or an editor's
    note ends a passage. ``lead`` is the opening line of the point where ``text`` is a later part of
    a list ("Президент:" …); it is indexed with the text and never quoted as part of it.
    ``order`` is the place in the document, from 0, and breaks every tie.
    """

    id: str
    document: str
    edition: str
    text: str
    order: int
    article: str | None = None
    point: str | None = None
    sub_points: tuple[str, ...] = ()
    heading: str = ""
    chapter: str = ""
    lead: str = ""
    quotes: Reference | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the text, hexadecimal: the identity of what may be quoted."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words taken from a passage; ``emphasis`` are (start, end) character spans inside ``text``."""

    passage: Passage
    text: str
    emphasis: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FaqQuote:
    """A quotation inside a curated answer, with the place it is taken from."""

    reference: Reference
    edition: str
    text: str


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A curated question (with other ways to ask it), its answer in plain words, and the proof."""

    id: str
    question: str
    variants: tuple[str, ...]
    answer: str
    quotes: tuple[FaqQuote, ...]
