"""Dates and years as laws and people write them: in Kazakh, in Russian, in English and in figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.normalize import fold
from retrieval.numerals import Token, read_numeral, tokenize


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day, a month or a year, named at ``start:end`` of the text.

    ``last_year`` is the far end of «2009-2015 жылдары», whose ``year`` is 2009.
    """

    year: int
    month: int | None
    day: int | None
    start: int
    end: int
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day of no year: «1 наурызда»."""

    month: int
    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Year:
    value: int
    last: int | None
    after: int  # the token behind
    marked: bool  # «жыл», «ж.», «года» follows


_MONTHS = tuple(
    (fold(name), month)
    for names in (
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
        "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр",
        "january february march april may june july august september october november december",
    )
    for month, name in enumerate(names.split(), start=1)
)
_MONTH_BY_STEM = dict(_MONTHS)
_KAZAKH, _RUSSIAN, _ENGLISH = ("|".join(name for name, _ in _MONTHS[i : i + 12]) for i in (0, 12, 24))
_MONTH = re.compile(
    f"(?P<kazakh>{_KAZAKH})(?:[дт][ае](?:г[ыи])?|[дтн][ае]н|[гк][ае]|[дтн][ыи]н?|[ыи]|[ыи]н[дт]?[ае]?н?|м?ен|[бп]ен)?"
    f"|(?P<russian>{_RUSSIAN})(?:иа|иу|и|е|ем|а|у|ом)?|(?P<english>{_ENGLISH})"
)
_MONTH_WORD = re.compile("аи(?:ы[а-я]{0,4}|дын|да)?|куни[а-я]{0,5}")
_YEAR_WORD = re.compile(
    "жыл(?:ы|гы|да|дагы|дын|дан|га|ды|мен|ына|ында|ындагы|ынан|ынын|дар[а-я]{0,7})?|жж?|гг?|год(?:а|у|ы|ом|ов|ах|ами|е)?"
)
_YEAR_CASE = re.compile("[дт][ае]н?|[дтн][ыи]н|[гк][ае]|шы|ншы|инши")
# «2000 адам» is no year, whatever its figures
_COUNTED = re.compile(
    "(?:адам|депутат|муше|тенге|орын|рет|паиыз|протсент|миллион|миллиард|млн|млрд|мын|км|метр|беттик|том|теге|бап|тарма)[а-я]*"
)
_ISO = re.compile(r"(?<![\d.-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_DAY_FIRST = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<![\d./])(\d{4})([./])(\d{2})\2(\d{2})(?![\d])")
_CLOSE = frozenset(["", " ", "\xa0", "-", ", ", ". ", ".", ","])
_DASHES = frozenset(["-", "–", "—", " - ", " – ", " — "])


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Dates with a year, in the order of the text, normalized or not."""
    found = read_dates(text, tokenize(text))
    return tuple(mention for mention in found if isinstance(mention, DateMention))


def read_dates(text: str, tokens: Sequence[Token]) -> tuple[DateMention | DayMention, ...]:
    """Dates and yearless days in the order of the text and its tokens; what the calendar lacks is no date."""
    written = _in_figures(text)
    mentions: list[DateMention | DayMention] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        in_figures = written.get(token.start)
        if in_figures is not None:
            mentions.append(in_figures)
            while place < len(tokens) and tokens[place].start < in_figures.end:
                place += 1
            continue
        found = _year_first(tokens, place) or _day_first(tokens, place) or _month_first(tokens, place)
        if found is None:
            place += 1
            continue
        mention, place = found
        mentions.append(mention)
    return tuple(mentions)


def _in_figures(text: str) -> dict[int, DateMention]:
    found: dict[int, DateMention] = {}
    for pattern, year, month, day in ((_ISO, 1, 2, 3), (_DAY_FIRST, 4, 3, 1), (_YEAR_FIRST, 1, 3, 4)):
        for match in pattern.finditer(text):
            parts = int(match[year]), int(match[month]), int(match[day])
            if _exists(*parts):
                found.setdefault(match.start(), DateMention(*parts, match.start(), match.end()))
    return found


def _year_first(tokens: Sequence[Token], place: int) -> tuple[DateMention, int] | None:
    """«1995 жылғы 1 наурыз», «2002 жылы сәуір айында», «2008 жылдың қазан айының 20-сы», «2012 жылы»."""
    year = _year(tokens, place)
    if year is None:
        return None
    start = tokens[place].start
    if year.last is None and (day := _day(tokens, year.after)) is not None:
        month = _month(tokens, day[1])
        if month is not None and _exists(year.value, month[0], day[0]):
            return _mention(tokens, start, month[1], year.value, month[0], day[0])
    if year.last is None and (month := _month(tokens, year.after)) is not None:
        day = _day(tokens, month[1]) if _MONTH_WORD.fullmatch(tokens[month[1] - 1].word) else None
        if day is not None and _exists(year.value, month[0], day[0]):
            return _mention(tokens, start, day[1], year.value, month[0], day[0])
        return _mention(tokens, start, month[1], year.value, month[0], None)
    if not year.marked and not _bare_year(tokens, place, year):
        return None
    end = tokens[year.after - 1].end
    return DateMention(year.value, None, None, start, end, year.last), year.after


def _day_first(tokens: Sequence[Token], place: int) -> tuple[DateMention | DayMention, int] | None:
    """«1 наурыз 1995», «1 марта 1995 года», «1 наурызда»."""
    day = _day(tokens, place, first=True)
    month = _month(tokens, day[1]) if day else None
    if day is None or month is None:
        return None
    year = _year(tokens, month[1]) if month[1] < len(tokens) else None
    if year is not None and tokens[month[1]].gap in _CLOSE and _exists(year.value, month[0], day[0]):
        return _mention(tokens, tokens[place].start, year.after, year.value, month[0], day[0])
    if not _exists(2000, month[0], day[0]):
        return None
    start, end = tokens[place].start, tokens[month[1] - 1].end
    return DayMention(month[0], day[0], start, end), month[1]


def _month_first(tokens: Sequence[Token], place: int) -> tuple[DateMention, int] | None:
    """«апрель 2002 года», «наурыз 1995»."""
    month = _month(tokens, place, first=True)
    year = _year(tokens, month[1]) if month and month[1] < len(tokens) else None
    if month is None or year is None or year.last is not None or tokens[month[1]].gap not in _CLOSE:
        return None
    return _mention(tokens, tokens[place].start, year.after, year.value, month[0], None)


def _mention(
    tokens: Sequence[Token], start: int, after: int, year: int, month: int, day: int | None
) -> tuple[DateMention, int]:
    return DateMention(year, month, day, start, tokens[after - 1].end), after


def _year(tokens: Sequence[Token], place: int) -> _Year | None:
    token = tokens[place]
    if token.figure is not None:
        value, after = token.figure, place + 1
        if token.end - token.start != 4:
            return None
    else:
        numeral = read_numeral(tokens, place)
        if numeral is None or numeral.form not in ("bare", "ordinal"):
            return None
        value, after = numeral.value, numeral.after
    if not 1000 <= value <= 2999:
        return None
    last = None
    if after < len(tokens) and tokens[after].gap in _DASHES and tokens[after].figure is not None:
        far = tokens[after]
        if far.end - far.start != 4 or not value < (far.figure or 0) <= 2999:
            return None
        last, after = far.figure, after + 1
    marked = after < len(tokens) and tokens[after].gap in ("", " ", "-", "\xa0")
    marked = marked and _YEAR_WORD.fullmatch(tokens[after].word) is not None
    if not marked and token.figure is None:
        return None
    return _Year(value, last, after + 1 if marked else after, marked)


def _bare_year(tokens: Sequence[Token], place: int, year: _Year) -> bool:
    """A figure between 1900 and 2099 that counts nothing and numbers no act."""
    if not 1900 <= year.value <= 2099 or tokens[place].gap.rstrip().endswith(("№", "-", "/", ".")):
        return False
    if year.after == len(tokens):
        return True
    behind = tokens[year.after]
    if behind.gap in ("", "-"):
        return _YEAR_CASE.fullmatch(behind.word) is not None
    return not behind.gap.startswith("%") and _COUNTED.fullmatch(behind.word) is None


def _day(tokens: Sequence[Token], place: int, *, first: bool = False) -> tuple[int, int] | None:
    if place >= len(tokens) or not (first or tokens[place].gap in _CLOSE):
        return None
    if (tokens[place].figure or 0) > 31:
        return None
    numeral = read_numeral(tokens, place)
    if numeral is None or not 1 <= numeral.value <= 31:
        return None
    return numeral.value, numeral.after


def _month(tokens: Sequence[Token], place: int, *, first: bool = False) -> tuple[int, int] | None:
    if place >= len(tokens) or not (first or tokens[place].gap in _CLOSE):
        return None
    match = _MONTH.fullmatch(tokens[place].word)
    if match is None:
        return None
    stem = match[match.lastgroup or 0]
    after = place + 1
    if after < len(tokens) and tokens[after].gap == " " and _MONTH_WORD.fullmatch(tokens[after].word):
        after += 1
    return _MONTH_BY_STEM[stem], after


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1000 <= year <= 2999
