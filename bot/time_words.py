"""Words that name a time without a date («қазір», «бұрын», «сол кезде»), and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.normalize import fold, normalize
from retrieval.numbers import DateMention, find_dates

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at ``start:end`` of a question; ``key`` is its folded form."""

    key: str
    start: int
    end: int


def words_in(question: str) -> list[Word]:
    """The words of a text, normalized or not; a hyphen holds a word together."""
    return [Word(fold(normalize(m.group())), m.start(), m.end()) for m in _WORD.finditer(question)]


def keys(text: str) -> frozenset[str]:
    """Folded words of a line of words."""
    return frozenset(fold(word) for word in text.split())


def stems(text: str) -> tuple[str, ...]:
    """Folded beginnings of words, for ``startswith``."""
    return tuple(fold(word) for word in text.split())


_NOW = keys(
    "қазір қазіргі қазіргідей бүгін бүгінгі бүгінде бүгінгідей ағымдағы сейчас теперь сегодня ныне "
    "сегодняшний нынешний now today"
)
_THEN = keys("сол ол осы")
_THEN_NOUNS = keys("кезде кездегі уақытта уақыттағы тұста жылы жылдары кезеңде кезінде кездері шақта")
_RUSSIAN_THEN = keys("тогда тогдашний тогдашняя")
_BEFORE = keys("бұрын бұрынырақ бұрындары ертеде раньше ранее прежде")
_FORMER = keys("бұрынғы бұрынғыша ескі прежний прежняя прежнем прежней")
# «бұрынғы» dates the law only before these; «бұрынғы судьялар», «бұрынғы Конституция» are things of their own
_FORMER_OF = stems("заң редакци мәтін нұсқа ассамбле құрылым құрам тәртіп ереже закон ассамблеи")
_MEASURES = stems("күн апта ай жыл сағат мерзім тәулік")
_ABLATIVE = re.compile("(?:[дтн]ан|[дтн]ен)$")
_BEFORE_DATE = keys("в во на с және мен пен бен")
_BESIDE_DATE = stems("күні дейін жағдай бойынша редакция нұсқасы")


def now_span(words: Sequence[Word]) -> Span | None:
    """Where today is named."""
    return next(((word.start, word.end) for word in words if word.key in _NOW), None)


def then_span(words: Sequence[Word]) -> Span | None:
    """Where «сол кезде» stands: a time that was named before."""
    for at, word in enumerate(words):
        if word.key in _RUSSIAN_THEN:
            return word.start, word.end
        if word.key in _THEN and at + 1 < len(words) and words[at + 1].key in _THEN_NOUNS:
            return word.start, words[at + 1].end
    return None


def before_span(words: Sequence[Word]) -> Span | None:
    """Where «бұрын» stands for the time before the repeal, not for «two months before»."""
    for at, word in enumerate(words):
        if word.key in _FORMER and at + 1 < len(words) and words[at + 1].key.startswith(_FORMER_OF):
            return word.start, word.end
        if word.key in _BEFORE:
            ahead = words[at - 1].key if at else ""
            if not ahead.startswith(_MEASURES) and not _ABLATIVE.search(ahead):
                return word.start, word.end
    return None


def date_spans(words: Sequence[Word], mentions: Sequence[DateMention]) -> list[Span]:
    """The dates, each with «жағдай бойынша» or «редакциясында» behind it, and «в» or «және» before it."""
    spans = []
    for mention in mentions:
        start, end = mention.start, mention.end
        for word in words:
            if word.key in _BEFORE_DATE and 0 < mention.start - word.end < 3:
                start = word.start
            if word.start >= end:
                if not word.key.startswith(_BESIDE_DATE):
                    break
                end = word.end
        spans.append((start, end))
    return spans


def time_spans(question: str) -> list[Span]:
    """Every stretch of the question that names a time, in order."""
    words = words_in(question)
    named = (now_span(words), then_span(words), before_span(words))
    dated = date_spans(words, find_dates(question))
    return sorted({*dated, *(span for span in named if span is not None)})


def without(question: str, spans: Sequence[Span], *, least: int = 0) -> str:
    """The question without those stretches; all of it where fewer than ``least`` words would be left."""
    kept = question
    for start, end in sorted(spans, reverse=True):
        kept = kept[:start] + " " + kept[end:]
    kept = " ".join(kept.split()).strip(" ,")
    return kept if len(_WORD.findall(kept)) >= least else question
