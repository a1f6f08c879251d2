"""Markdown of a law, Kazakh or Russian -> articles, points, sub-points, days of change.

The source prints every paragraph on a line of its own. A point is ``1. …``, a sub-point ``1) …``; a
paragraph without a number belongs to the point above it. Amendment notes stand in block quotes below
the article that they speak of, and one above the first article may speak of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from knowledge.amendment_notes import WholeTextNote, amendments_of, is_about_a_title, merged, parse_day
from knowledge.errors import ParseError
from knowledge.law_lines import (
    ANCHOR,
    BOUNDS,
    EMPHASIS,
    GONE,
    HASHES,
    HEADING,
    NOTE,
    POINT,
    RULE,
    SUB_POINT,
    end_of_law,
    plain,
    refuse_foreign,
)
from knowledge.model import Amendment, Article, LawText, Point, SubPoint

T = TypeVar("T")


def parse_law(markdown: str, *, name: str = "text") -> LawText:
    """One language of one edition, parsed.

    ``name`` is what a ParseError calls the text. ``edition_day`` is the ``version_date`` of a YAML front
    matter, None where ``meta.yaml`` stands beside the file instead. An editor's note between two blocks of
    a point leaves a ``SubPoint`` with an empty number and ``removed`` set: the text is not contiguous there.
    A removed article has no points. The preamble and the signatures are no part of the result.

    :raises ParseError: on a web page, a binary file, an empty text, one without articles, an article that
        occurs twice or has no text, a point that occurs twice, a date that does not exist; on more of
        anything than ``law_lines.BOUNDS`` allows, so that no text takes more than seconds.
    """
    lines = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    refuse_foreign(lines, name)
    parser = _Parser(name)
    start = parser.read_front_matter(lines)
    parser.read(lines, start, end_of_law(lines))
    return parser.result()


@dataclass
class _Open:
    """The article being read; a point is its number, its blocks and whether it was removed."""

    number: str
    heading: str
    chapter: str
    line: int
    removed: bool = False
    points: list[tuple[str | None, list[str | SubPoint], bool]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)  # the points' numbers
    amendments: list[Amendment] = field(default_factory=list)

    def blocks(self) -> list[str | SubPoint]:
        if not self.points:
            self.points.append((None, [], False))
        return self.points[-1][1]


@dataclass
class _Parser:
    name: str
    title: str = ""
    edition_day: date | None = None
    chapter: str = ""
    articles: list[_Open] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)  # the articles' numbers, and on which line
    whole_text: list[WholeTextNote] = field(default_factory=list)
    chapter_changes: list[Amendment] = field(default_factory=list)
    below_heading: bool = False  # between a chapter's heading and its first article

    def fail(self, line: int, message: str) -> ParseError:
        return ParseError(f"{self.name}, line {line}: {message}")

    def read_front_matter(self, lines: list[str]) -> int:
        if lines[0].rstrip() != "---":
            return 0
        for index, line in enumerate(lines[1:], 1):
            if line.rstrip() == "---":
                return index + 1
            if found := re.match(r"""version_date:\s*['"]?([^'"\s]+)""", line):
                self.edition_day = self.dated(parse_day, found[1], index + 1)
        raise self.fail(1, "found a front matter that does not end, wanted a second line '---'")

    def bound(self, what: str, found: int, line: int) -> None:
        if found > BOUNDS[what]:
            raise self.fail(line, f"found {found} {what}, wanted at most {BOUNDS[what]}")

    def dated(self, read: Callable[[str], T], text: str, line: int) -> T:
        try:
            return read(text)
        except ValueError as exc:
            raise self.fail(line, f"found the date {exc}, wanted a day that exists") from exc

    def read(self, lines: list[str], start: int, end: int) -> None:
        anchored = apart = False  # ``apart``: a blank line stands between this line and the last block
        note: list[str] = []
        for number, raw in enumerate(lines[start:end], start + 1):
            line = ANCHOR.sub("", raw).strip()
            if line.startswith(">"):
                note.append(line.lstrip("> "))
                continue
            if note:
                self.read_note(plain(" ".join(note)), number - 1)
                note = []
            if not line:
                anchored, apart = anchored or bool(raw.strip()), True
                continue
            if not self.read_heading(line, number, anchored):
                self.read_body(line, number, apart)
            anchored = apart = False
        if note:
            self.read_note(plain(" ".join(note)), end)

    def read_heading(self, line: str, number: int, anchored: bool) -> bool:
        hashes, text = HASHES.fullmatch(line), plain(line.lstrip("#"))
        marked = hashes or anchored or (line.startswith("**") and line.endswith("**"))
        if marked and (found := HEADING.fullmatch(text)):
            self.open_article(found, text, number)
            return True
        if hashes:
            if len(hashes[1]) == 1 and not self.title:
                self.title = text
            else:
                self.chapter, self.chapter_changes, self.below_heading = text, [], True
        return hashes is not None

    def open_article(self, found: re.Match[str], text: str, line: int) -> None:
        number = found["kaz"] or found["rus"]
        twin = self.known.setdefault(number, line)
        if twin != line:
            raise self.fail(line, f"found article {number} again, wanted it once (first on line {twin})")
        heading = found["title"] or ""
        gone = bool(found["gone"] or GONE.match(heading))
        article = _Open(number, "" if gone else heading, self.chapter, line, gone)
        article.amendments += self.chapter_changes
        if gone:
            article.amendments += self.dated(amendments_of, text, line)
        self.articles.append(article)
        self.bound("articles", len(self.articles), line)
        self.below_heading = False

    def read_body(self, line: str, number: int, apart: bool) -> None:
        text = plain(line)
        if NOTE.match(text):
            self.read_note(text, number)
        elif not self.articles or self.below_heading:
            return  # a table of contents, the preamble
        elif not text or RULE.fullmatch(line):
            self.mark_gap(line)
        elif point := POINT.fullmatch(text):
            self.open_point(point, self.is_gone(point[2], line, number), number)
        elif sub_point := SUB_POINT.fullmatch(text):
            gone = self.is_gone(sub_point[2], line, number)
            self.articles[-1].blocks().append(SubPoint(sub_point[1], text, removed=gone))
        elif EMPHASIS.fullmatch(line) and "№" in text and GONE.search(text):
            self.articles[-1].removed = True
            self.read_note(text, number)
        else:
            blocks = self.articles[-1].blocks()
            _add_paragraph(blocks, text, apart)
            last = blocks[-1]
            self.bound("letters of a paragraph", len(last if isinstance(last, str) else last.text), number)

    def open_point(self, found: re.Match[str], gone: bool, line: int) -> None:
        article = self.articles[-1]
        if found[1] in article.known:
            raise self.fail(line, f"found point {found[1]} of article {article.number} again, wanted it once")
        article.known.add(found[1])
        article.points.append((found[1], [found[0] if gone else found[2]], gone))

    def is_gone(self, words: str, line: str, number: int) -> bool:
        """Whether the words of a point or sub-point are the note of its removal; keeps that day of change."""
        gone = bool(GONE.match(words)) and ("№" in words or bool(EMPHASIS.fullmatch(line)))
        if gone:
            self.articles[-1].amendments += self.dated(amendments_of, words, number)
        return gone

    def read_note(self, text: str, line: int) -> None:
        if whole_text := self.dated(WholeTextNote.from_note, text, line):
            self.whole_text.append(whole_text)
            self.bound("notes on the whole text", len(self.whole_text), line)
            return
        changes = self.dated(amendments_of, text, line)
        if self.below_heading:
            self.chapter_changes += () if is_about_a_title(text) else changes
            self.bound("changes of a chapter", len(self.chapter_changes), line)
        elif self.articles:
            self.articles[-1].amendments += changes
            self.mark_gap(text)

    def mark_gap(self, text: str) -> None:
        if self.articles[-1].points:
            self.articles[-1].blocks().append(SubPoint("", text, removed=True))

    def result(self) -> LawText:
        if not self.articles:
            raise self.fail(1, "found no article, wanted headings such as '### 1-бап. …' or '**1-бап**'")
        return LawText(self.title, self.edition_day, tuple(self.close(a) for a in self.articles))

    def close(self, read: _Open) -> Article:
        points = tuple(point for point in (_closed(*p) for p in read.points) if point.blocks)
        if not points and not read.removed:
            raise self.fail(read.line, f"found no text in article {read.number}, wanted some")
        blocks = [block for point in points for block in point.blocks]
        words = "\n".join([read.heading, *(b if isinstance(b, str) else b.text for b in blocks)])
        changes = merged(read.amendments, self.whole_text, words)
        return Article(read.number, read.heading, read.chapter, points, changes)


def _add_paragraph(blocks: list[str | SubPoint], text: str, apart: bool) -> None:
    """Adds a paragraph, or the rest of the block above: a broken sentence goes on with a small letter."""
    last = blocks[-1] if blocks else None
    if last is None or (isinstance(last, SubPoint) and last.removed):
        blocks.append(text)
        return
    words = last if isinstance(last, str) else last.text
    if apart and (not text[0].islower() or words.rstrip('»"”)')[-1:] in {".", ";", ":", "!", "?", ""}):
        blocks.append(text)
    elif isinstance(last, str):
        blocks[-1] = f"{words} {text}"
    else:
        blocks[-1] = SubPoint(last.number, f"{words} {text}")


def _closed(number: str | None, blocks: list[str | SubPoint], removed: bool) -> Point:
    while blocks and isinstance(blocks[-1], SubPoint) and not blocks[-1].number:
        blocks.pop()
    return Point(number, tuple(blocks), removed)
