"""The source article: from hand-marked Markdown to passages, with what time has done to each.

A mark stands before every paragraph, fields separated by a bar::

    <!-- 15 | quotes: law-assembly 1 1 | truncated | overtaken_by: law-halyk-kenesi 23 2 : reason -->

``note`` in place of the number makes a comment that is skipped, ``bibliography`` a paragraph that is
kept for the record and never becomes a passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import ParseError
from knowledge.model import Passage, Reference

DOCUMENT = "assembly-article"
EDITION = "2009-01-01"
ARTICLE_PATH = Path(__file__).parent / "documents" / "assembly-article.md"

_MARK = re.compile(r"^<!--(.*?)-->\s*$", re.MULTILINE | re.DOTALL)
_REFERENCE = re.compile(r"([a-z][a-z0-9-]*) (\d+(?:-\d+)?)(?: (\d+(?:-\d+)?))?")


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A later provision that rules the matter otherwise, and how, in a Kazakh sentence."""

    reference: Reference
    reason: str


@dataclass(frozen=True, slots=True)
class ArticleNote:
    """What a reader must know of a passage: its list is missing, or its matter has moved on."""

    truncated: bool
    overtaken_by: tuple[Overtaken, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A marked paragraph before it becomes a passage; ``number`` is None for the bibliography."""

    number: int | None
    text: str
    quotes: Reference | None
    note: ArticleNote
    line: int


def load_article(path: Path | None = None) -> tuple[Passage, ...]:
    """The passages of the source article in print order, without its bibliography.

    ``point`` is the paragraph's number and ``article`` None: the text has no articles of its own.
    ``quotes`` names the law that a paragraph repeats; a quotation of it is the article's, not the law's.

    :raises ParseError: if a mark or the order of paragraphs is not as the file's head promises.
    """
    passages = [
        Passage(
            id=f"{DOCUMENT}/{EDITION}/{paragraph.number}",
            document=DOCUMENT,
            edition=EDITION,
            text=paragraph.text,
            order=paragraph.number - 1,
            point=str(paragraph.number),
            quotes=paragraph.quotes,
        )
        for paragraph in _read(path or ARTICLE_PATH)
        if paragraph.number is not None
    ]
    return tuple(passages)


def load_article_notes(path: Path | None = None) -> Mapping[str, ArticleNote]:
    """The note of every passage by passage id; a passage that time has spared has an empty one.

    :raises ParseError: as :func:`load_article`.
    """
    return MappingProxyType(
        {
            f"{DOCUMENT}/{EDITION}/{paragraph.number}": paragraph.note
            for paragraph in _read(path or ARTICLE_PATH)
            if paragraph.number is not None
        }
    )


def _read(path: Path) -> tuple[_Paragraph, ...]:
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ParseError(f"{path}: cannot be read: {error}") from error
    paragraphs = tuple(_paragraphs(path, source))
    numbers = [paragraph for paragraph in paragraphs if paragraph.number is not None]
    for expected, paragraph in enumerate(numbers, start=1):
        if paragraph.number != expected:
            raise _fault(path, paragraph.line, f"passage {paragraph.number} where {expected} was expected")
    if not numbers:
        raise _fault(path, 1, "no passage: a paragraph needs a mark such as <!-- 1 -->")
    return paragraphs


def _paragraphs(path: Path, source: str) -> Iterator[_Paragraph]:
    marks = list(_MARK.finditer(source))
    starts = [mark.start() for mark in marks] + [len(source)]
    if source[: starts[0]].strip():
        raise _fault(path, 1, "text before the first mark")
    for mark, end in zip(marks, starts[1:], strict=True):
        line = source.count("\n", 0, mark.start()) + 1
        text = " ".join(source[mark.end() : end].split())
        if mark[1].split()[:1] == ["note"]:
            if text:
                raise _fault(path, line, "text after a note: a paragraph needs a mark of its own")
            continue
        yield _paragraph(path, line, mark[1], text)


def _paragraph(path: Path, line: int, mark: str, text: str) -> _Paragraph:
    name, *fields = (field.strip() for field in mark.split("|"))
    if name != "bibliography" and not name.isdecimal():
        raise _fault(path, line, f"mark {name!r}: a number, «note» or «bibliography» was expected")
    if not text or "<!--" in text or "-->" in text:
        raise _fault(path, line, f"mark {name!r} has no text, or a broken mark inside it")
    truncated, quotes, overtaken = False, None, []
    for field in fields:
        key, _, value = field.partition(":")
        if field == "truncated":
            truncated = True
        elif key == "quotes" and quotes is None:
            quotes = _reference(path, line, value)
        elif key == "overtaken_by":
            place, _, reason = (part.strip() for part in value.partition(" : "))
            if not reason:
                raise _fault(path, line, f"{field!r} gives no reason after « : »")
            overtaken.append(Overtaken(_reference(path, line, place), reason))
        else:
            raise _fault(path, line, f"unknown or repeated field {field!r}")
    if truncated != text.endswith(":"):
        raise _fault(path, line, "«truncated» belongs to paragraphs that end with a colon, and to no other")
    number = int(name) if name.isdecimal() else None
    return _Paragraph(number, text, quotes, ArticleNote(truncated, tuple(overtaken)), line)


def _reference(path: Path, line: int, text: str) -> Reference:
    found = _REFERENCE.fullmatch(text.strip())
    if found is None:
        raise _fault(path, line, f"{text.strip()!r} is not «document article [point]»")
    return Reference(found[1], found[2], found[3])


def _fault(path: Path, line: int, what: str) -> ParseError:
    return ParseError(f"{path.name}, line {line}: {what}")
