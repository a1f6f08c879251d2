"""Which day a question is about: a year, a date, «қазір», «бұрын», «бастапқы редакция», or no day at all."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from bot.time_words import (
    Span,
    Word,
    before_span,
    date_spans,
    keys,
    now_span,
    stems,
    then_span,
    without,
    words_in,
)
from retrieval.normalize import fold
from retrieval.numbers import DateMention, find_dates

ARTICLE_TIME = date(2009, 12, 31)
"""«сол кезде» without anything before it: the time of which the source article speaks."""

_LEAST = 2  # words that a question must keep when its time is taken out


@dataclass(frozen=True, slots=True)
class Moment:
    """The day whose law is asked for.

    ``day`` picks the texts; ``named`` tells that the question itself named that time. ``asked`` is the day
    as named, which may lie before the law or after its end; ``whole_year``: only its year was said.
    ``until`` closes a range of days («2009-2015 жылдары»). ``now``: today was named. ``text`` is the
    question without the words that only name the time; a date that is itself the subject stays.
    ``instead`` is how to read the question where its first reading finds nothing: a year before the law may
    be one that the source article tells of, or one whose law is wanted.
    """

    day: date
    named: bool
    text: str
    until: date | None = None
    now: bool = False
    asked: date | None = None
    whole_year: bool = False
    instead: Moment | None = None


@dataclass(frozen=True, slots=True)
class LawLife:
    """The law that a question without a document is about: its first day, its first day without force
    (None: open), and the days of its editions, ascending."""

    since: date
    until: date | None = None
    editions: tuple[date, ...] = ()

    def last_day(self, today: date) -> date:
        """Its last day in force, as seen today."""
        return self.until - timedelta(days=1) if self.until and self.until <= today else today


def moment_of(question: str, today: date, *, law: LawLife) -> Moment:
    """Read the time out of a Kazakh or Russian question in Cyrillic, normalized or not."""
    words = words_in(question)
    if now_span(words) is not None:
        return Moment(today, False, question, now=True)
    if _names_last_edition(words):
        return Moment(today, False, question)
    edition = _edition_named(words, law)
    if edition is not None:
        day, span = edition
        return Moment(day, True, without(question, [span], least=_LEAST), asked=day)
    mentions = [mention for mention in find_dates(question) if mention.year <= today.year]
    if mentions:
        return _dated(question, words, mentions, today, law)
    if then := then_span(words):
        text = without(question, [then], least=_LEAST)
        return Moment(ARTICLE_TIME, True, text, asked=ARTICLE_TIME, whole_year=True)
    if before := before_span(words):
        day = law.last_day(today)
        return Moment(day, True, without(question, [before], least=_LEAST), asked=day)
    return Moment(today, False, question)


_FIRST = keys("бастапқы алғашқы әуелгі первоначальная первоначальной первоначальной исходная исходной")
_LAST = keys("соңғы жаңа последняя последней новая новой")
_EDITION = stems("редакци нұсқа мәтін")
_ORDINALS = {
    fold(word): number
    for number, names in enumerate(
        ("бірінші первая первой", "екінші вторая второй", "үшінші третья третьей", "төртінші"), start=1
    )
    for word in names.split()
}

# a date beside one of these is what the question is about, not the day whose law it wants
_EVENT = re.compile(
    "(?:{})(?:ды|ди|ты|ти|ган|ген|кан|кен|лды|лди|лган|лген)[а-я]{{0,4}}|(?:{})[а-я]*".format(
        "|".join(
            stems(
                "құрыл құр қабылда қабылдан өт өткіз өткізіл жойыл ұсын ұсыныл енгіз енгізіл өзгер өзгерт "
                "өзгертіл баста бастал аяқтал жариялан қой қойыл ашыл шық тара таратыл бекітіл "
                "толықтырыл тоқтатыл"
            )
        ),
        "|".join(stems("оқиға принят создан произошл случил отменен утвержден")),
    )
)
_WHAT_HAPPENED = keys("не нелер что қандай болды болған жүрді өзгеріс күні күнінде айында жылы")
_ENTERED = stems("ен кір вступ")
_NAMED_BY_YEAR = stems("мақала конституци заң жарлы стратеги шешім қаулы реформа указ закон")
_UNTIL = fold("дейін")


def _names_last_edition(words: Sequence[Word]) -> bool:
    """«соңғы редакция»: what is given unasked."""
    return any(one.key in _LAST and two.key.startswith(_EDITION) for one, two in pairwise(words))


def _edition_named(words: Sequence[Word], law: LawLife) -> tuple[date, Span] | None:
    """The day of «бастапқы редакция», «екінші редакция»."""
    for word, noun in pairwise(words):
        if not noun.key.startswith(_EDITION):
            continue
        if word.key in _FIRST:
            return law.since, (word.start, noun.end)
        number = _ORDINALS.get(word.key)
        if number is not None and number <= len(law.editions):
            return law.editions[number - 1], (word.start, noun.end)
    return None


def _dated(
    question: str, words: Sequence[Word], mentions: Sequence[DateMention], today: date, law: LawLife
) -> Moment:
    if _is_subject(words, mentions):
        return Moment(today, False, question)
    first, last = mentions[0], mentions[-1]
    end = min(_last_day(last), today)
    years_only = all(mention.month is None for mention in mentions)
    if end < law.since:
        text = without(question, date_spans(words, mentions), least=_LEAST)
        instead = Moment(law.since, True, text, asked=end, whole_year=years_only)
        return Moment(today, False, question, instead=instead)
    if years_only and first.year == today.year:
        return Moment(today, False, question)
    if _is_until(words, last) and end > law.since:
        end -= timedelta(days=1 if last.month else end.timetuple().tm_yday)
        years_only = False
    kept = without(question, date_spans(words, mentions), least=_LEAST)
    named = Moment(end, True, kept, asked=end, whole_year=years_only)
    if first is last and first.last_year is None:
        return named
    begin = max(_last_day(replace(first, last_year=None)), law.since)
    return replace(named, day=begin, asked=begin, until=end) if begin < end else named


def _is_subject(words: Sequence[Word], mentions: Sequence[DateMention]) -> bool:
    """Whether the date itself is asked about: what happened then, or a text named after its year."""
    if any(_EVENT.fullmatch(word.key) for word in words):
        return True
    rest = [word for word in words if not any(m.start <= word.start < m.end for m in mentions)]
    if all(word.key in _WHAT_HAPPENED for word in rest):
        return True
    if any(one.key == fold("күшіне") and two.key.startswith(_ENTERED) for one, two in pairwise(words)):
        return True
    behind = (next((word for word in words if word.start >= m.end), None) for m in mentions)
    return any(word is not None and word.key.startswith(_NAMED_BY_YEAR) for word in behind)


def _is_until(words: Sequence[Word], mention: DateMention) -> bool:
    return next((word.key for word in words if word.start >= mention.end), "") == _UNTIL


def _last_day(mention: DateMention) -> date:
    month = mention.month or 12
    year = mention.last_year or mention.year
    return date(year, month, mention.day or calendar.monthrange(year, month)[1])
