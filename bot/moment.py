"""Which day a question is about: a year, a date, «қазір», «бастапқы редакция», or no day at all."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from retrieval.normalize import fold
from retrieval.numbers import DateMention, find_dates

_NOW = frozenset(fold(w) for w in "қазір қазіргі бүгін бүгінгі бүгінде қазіргідей".split())
_FIRST = frozenset(fold(w) for w in "бастапқы алғашқы әуелгі".split())
_TEXT_NOUNS = ("редакци", "мәтін", "нұсқа", "заң")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Moment:
    """The day whose law is asked for.

    ``named`` tells that the question itself named a time other than today. ``until`` closes a range of
    days («2009-2015 жылдары»). ``text`` is the question without the words that only name the year.
    """

    day: date
    named: bool
    text: str
    until: date | None = None
    now: bool = False
    first: bool = False


def moment_of(question: str, today: date, *, law_since: date) -> Moment:
    """Read the time out of a normalized Kazakh question.

    A year within the life of the law (from ``law_since`` to today) names the law's text of that year and
    is taken out of the words to look for; a full date or an earlier year may be the very thing that is
    asked about and stays.
    """
    words = {fold(word) for word in _WORD.findall(question.lower())}
    now = bool(words & _NOW)
    first = bool(words & _FIRST) and any(
        word.startswith(tuple(fold(noun) for noun in _TEXT_NOUNS)) for word in words
    )
    if first:
        return Moment(law_since, True, question, first=True)
    mentions = [m for m in find_dates(question) if law_since.year <= m.year <= today.year]
    if not mentions or now:
        return Moment(today, False, question, now=now)
    last_day = min(_last_day(mentions[-1]), today)
    first_day = min(max(_first_day(mentions[0]), law_since), today)
    ranged = mentions[0].year != mentions[-1].year
    kept = question
    if all(m.month is None for m in mentions):
        for mention in reversed(mentions):
            kept = kept[: mention.start] + " " + kept[mention.end :]
        kept = " ".join(kept.split())
        if len(_WORD.findall(kept)) < 2:
            kept = question
    if ranged:
        return Moment(first_day, True, kept, until=last_day)
    return Moment(last_day, last_day != today, kept)


def _first_day(mention: DateMention) -> date:
    return date(mention.year, mention.month or 1, mention.day or 1)


def _last_day(mention: DateMention) -> date:
    month = mention.month or 12
    return date(mention.year, month, mention.day or calendar.monthrange(mention.year, month)[1])
