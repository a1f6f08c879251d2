"""Where two texts of one answer give the same matter two values: a number, or the office that acts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations

from bot.answers import Citation
from bot.kazakh import time as say
from bot.sentences import pieces_of
from knowledge.article_text import ArticleNote
from knowledge.model import DocumentKind, Passage, Reference
from knowledge.successors import Successors
from retrieval.numbers import NumberMention, find_dates, find_numbers


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of a text: of which ``matter`` (folded, to compare), with which ``value``.

    ``label`` and ``shown`` are the text's own words for the two.
    """

    matter: str
    value: str
    label: str
    shown: str


# what is counted: only with one of these behind it does a number speak of a matter that can be compared
_COUNTED = re.compile(
    r"\s*(?P<noun>(?:депутат|адам|мүше|рет|жыл|жас|ай|күн|өкіл|орынбасар)[а-яәғқңөұүіһ]*)", re.IGNORECASE
)
_PERIOD = re.compile(r"(?:жылына|тоқсанына|айына|жарты\s+жыл\w*|(?:екі|үш|төрт|бес)\s+жылда)", re.IGNORECASE)
_AFTER_FRACTION = re.compile(r"\s*(?P<noun>\w{4,})")
_ENDING = re.compile(r"(?:(?:[лдт]арын|[лдт]ерін|[тдн][ае]н|т?ын|т?ін|[ғқ]а|[гк]е))$")

_ACTS = {"шақырады": "шақыру", "тағайындайды": "тағайындау", "бекітеді": "бекіту", "құрады": "құру"}
_OFFICE = re.compile(
    r"(?:(?:Қазақстан Республикасының|Қазақстан Халық Кеңесінің|Ассамблеяның|Ассамблея|Кеңестің) )?"
    r"\b(?P<office>Президенті|Төрағасы|Төралқасы|Үкіметі|Хатшылығы|Сессиясы)\b(?!,)"
)
_OBJECT = re.compile(r"\b\w{3,}?(?:сын|сін|[лдт]арын|[лдт]ерін|ны|ні|ын|ін)\b")
_DATED = re.compile(r"\s*(?:күні\s+)?(?P<verb>(?:қабылдан|құрыл|жойыл|бекітіл|енгізіл|өткізіл)\w+)")


class Conflicts:
    """Compares only texts that the project knows to rule the same matter: editions of one point, a point
    and its successor, a paragraph of the source article and the law that it repeats or that overtook it."""

    def __init__(self, successors: Successors, notes: Mapping[str, ArticleNote]) -> None:
        self._successors = successors
        self._notes = notes

    def notices(self, citations: Sequence[Citation]) -> tuple[str, ...]:
        """A line for each matter on which two of the citations disagree, in the order of the citations."""
        said: dict[str, None] = {}
        for one, other in combinations(citations, 2):
            if self._same_matter(one.quote.passage, other.quote.passage):
                for mine, theirs in disagreements(one.quote.passage.text, other.quote.passage.text):
                    text = say.conflict(mine.label, mine.shown, _source(one), theirs.shown, _source(other))
                    said[text] = None
        return tuple(said)

    def _same_matter(self, one: Passage, other: Passage) -> bool:
        return self._linked(one, other) or self._linked(other, one)

    def _linked(self, one: Passage, other: Passage) -> bool:
        if one.document == other.document:
            same = (one.article, one.point) == (other.article, other.point)
            return same and one.article is not None and one.edition != other.edition
        note = self._notes.get(one.id)
        if one.article is None:
            overtaken = [overtaken.reference for overtaken in note.overtaken_by] if note else []
            return any(_covers(place, other) for place in (*overtaken, *([one.quotes] if one.quotes else [])))
        if one.document != self._successors.document:
            return False
        row = self._successors.of(one.article, one.point)
        return row is not None and any(_covers(target, other) for target in row.targets)


def disagreements(one: str, other: str) -> Iterator[tuple[Fact, Fact]]:
    """Facts of one matter with two values; a matter of which either text says two things is left alone."""
    theirs = _single(facts_of(other))
    for matter, mine in _single(facts_of(one)).items():
        against = theirs.get(matter)
        if against is not None and against.value != mine.value:
            yield mine, against


def facts_of(text: str) -> Iterator[Fact]:
    """What a text states about numbers of things and about who acts."""
    for piece in pieces_of(text):
        sentence = text[piece.start : piece.end]
        for number in find_numbers(sentence):
            yield from _counted(sentence, number)
        for mention in find_dates(sentence):
            verb = _DATED.match(sentence, mention.end)
            if verb and mention.day:
                day = f"{mention.year}-{mention.month}-{mention.day}"
                shown = sentence[mention.start : mention.end]
                yield Fact(f"күн {verb['verb'][:5]}", day, verb["verb"], shown)
        yield from _acting(sentence)


def _counted(sentence: str, number: NumberMention) -> Iterator[Fact]:
    behind = sentence[number.end :]
    if number.kind in ("fraction", "percent"):
        found = _AFTER_FRACTION.match(behind)
        if found and not found["noun"].startswith("жыл"):  # «жарты жылда» is a time, not a share
            shown = sentence[number.start : found.end() + number.end]
            yield Fact(f"үлес {found['noun'][:4].lower()}", str(number.value), "үлесі", shown)
        return
    found = _COUNTED.match(behind)
    if number.kind != "cardinal" or found is None:
        return
    noun = _ENDING.sub("", found["noun"].lower())
    shown = sentence[number.start : number.end + found.end()]
    if noun == "рет":
        periods = _PERIOD.findall(sentence)
        if len(periods) != 1:
            return
        yield Fact("рет", f"{number.value} {periods[0].lower()[:8]}", "жиілігі", f"{periods[0]} {shown}")
    elif number.value != Fraction(1):  # «бір адам» counts nobody
        yield Fact(f"сан {noun}", str(number.value), f"{noun} саны", shown)


def _acting(sentence: str) -> Iterator[Fact]:
    verbs = [verb for verb in _ACTS if re.search(rf"\b{verb}\b", sentence)]
    offices = {match.group() for match in _OFFICE.finditer(sentence)}
    objects = [match.group() for match in _OBJECT.finditer(sentence)]
    if len(verbs) != 1 or len(offices) != 1 or not objects:
        return
    office = next(iter(offices))
    kind = office.rsplit(" ", 1)[-1]
    # the thing acted on is the first object: «Кезекті Сессиясын … Төрағасы … шақырады»
    thing = objects[0]
    yield Fact(f"{verbs[0]} {thing[:5].lower()}", kind, f"{thing} {_ACTS[verbs[0]]}", office)


def _single(facts: Iterator[Fact]) -> dict[str, Fact]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.matter, []).append(fact)
    return {matter: all_[0] for matter, all_ in found.items() if len({fact.value for fact in all_}) == 1}


def _covers(place: Reference, passage: Passage) -> bool:
    same = (place.document, place.article) == (passage.document, passage.article)
    return same and place.point in (None, passage.point)


def _source(citation: Citation) -> str:
    if citation.document.kind is DocumentKind.ARTICLE:
        return say.ARTICLE_OF_2009
    day = date.fromisoformat(citation.quote.passage.edition)
    return say.source_with_day(citation.document.short_title, day)
