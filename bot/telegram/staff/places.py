"""Citations as staff type them: «law-assembly 9-бап», «law-halyk-kenesi 12-бап 1-тармақ «сөздер»»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.quoting import quote_from, verify
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import Passage, Quote, Reference
from retrieval.question_type import QuestionType
from retrieval.terms import words_of

MAX_POINTS = 3
"""An article of more points than this is not cited whole: the point that fits the answer best is taken."""

_LINE = re.compile(
    r"(?P<document>[a-z][a-z0-9-]*)\s*,?"
    r"(?:\s+(?P<edition>\d{4}-\d{2}-\d{2}),?)?"
    r"(?:\s+(?P<article>\d+(?:-\d+)?)\s*-?\s*ба[пб]\w*,?)?"
    r"(?:\s+(?P<point>\d+(?:-\d+)?)\s*-?\s*(?:тарма[қғкг]|абзац)\w*)?"
    r"(?:\s+(?P<tail>\d+)(?:\s*күн)?)?"
    r"(?:\s*[«\"](?P<quote>.+)[»\"])?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A typed place: its reference, the edition where one is named, the words where some are given.

    ``number`` is what stands after it (the days of /eskertu).
    """

    reference: Reference
    edition: str | None = None
    quote: str | None = None
    number: int | None = None


def read_place(line: str) -> Place | None:
    """None where the line names no place; the source article has paragraphs («12-абзац») only."""
    found = _LINE.fullmatch(line.strip())
    if found is None or not (found["article"] or found["point"]):
        return None
    reference = Reference(found["document"].lower(), found["article"] or "", found["point"])
    quote = found["quote"].strip() if found["quote"] else None
    return Place(reference, found["edition"], quote, int(found["tail"]) if found["tail"] else None)


def passages_at(library: Library, place: Place, today: date) -> tuple[Passage, ...]:
    """The place in the edition named, or else as it reads today (read last, where its act has ended)."""
    reference, edition = place.reference, place.edition
    if edition is None and reference.article:
        try:
            edition, _ = library.timeline(reference.document).nearest(reference.article, today)
        except UnknownReference:
            return ()
    return library.find(reference, edition)


def quotes_at(library: Library, place: Place, today: date, about: str) -> tuple[Quote, ...]:
    """What to cite there: the words given, in the text's own letters, or what fits ``about`` best.

    :returns: nothing where there is no such place, or the words do not stand there.
    """
    passages = passages_at(library, place, today)
    if place.quote is not None:
        return tuple(_exactly(place.quote, passages))[:1]
    words = words_of(about)
    if len(passages) > MAX_POINTS:
        passages = (max(passages, key=lambda passage: len(set(words) & set(words_of(passage.text)))),)
    return tuple(quote_of(passage, about) for passage in passages)


def quote_of(passage: Passage, about: str) -> Quote:
    """The passage, or of a long one what says most of ``about``."""
    quote = quote_from(passage, words_of(about), QuestionType.WHAT)
    return verify(Quote(passage, quote.text))


def _exactly(text: str, passages: Sequence[Passage]) -> list[Quote]:
    """The given words wherever they stand; only runs of white space may differ."""
    pattern = re.compile(r"\s+".join(map(re.escape, text.split())))
    found = ((passage, pattern.search(passage.text)) for passage in passages)
    return [verify(Quote(passage, match.group())) for passage, match in found if match]
