"""Numbers in words and figures, and the index terms in which they meet.

«қырық екі» and «42», «үштен екісі» and «2/3», «елу пайыз», «50%» and «жартысы», «01.03.1995» and «1995
жылғы 1 наурызда» give one term each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from retrieval.dates import DateMention, DayMention, find_dates, read_dates
from retrieval.language import detect_language
from retrieval.normalize import is_roman
from retrieval.numerals import Numeral, Token, is_numeral, read_numeral, tokenize, words_in

__all__ = [
    "DateMention",
    "NumberKind",
    "NumberMention",
    "canonical_numbers",
    "date_terms",
    "find_dates",
    "find_numbers",
]

NumberKind = Literal["cardinal", "ordinal", "fraction", "percent", "year"]


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number said at ``start:end`` with its own endings («42-ге», «екісінің»).

    The value of a percentage is its share: 1/2 for «50 пайыз».
    """

    value: Fraction
    start: int
    end: int
    kind: NumberKind


_HALF = re.compile("жарты(?:сы[а-я]{0,6})?")
_QUARTER = re.compile("ширек|ширеги[а-я]{0,5}")
_PERCENT = re.compile("(?:паиыз|протсент|percent)[а-я]{0,7}")
_NUMBERED = re.compile(
    "(?:сессиа|саиланым|шакырылым|гасыр|форум|съезд|сезд|тарау|болим|созыв|век|бап|болик)[а-я]{0,8}"
)
_ARTICLE = re.compile("бап|бабы[а-я]{0,4}|тармак|тармагы[а-я]{0,4}|тарау|тарауы[а-я]{0,4}")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_SPACES = (" ", "\xa0")
_MAX_RANGE_YEARS = 50


def find_numbers(text: str) -> tuple[NumberMention, ...]:
    """Every number of the text, normalized or not, in order; of a date only the year is a number here.

    The pronoun «он» of a Russian text is not ten, and «бірі» («one of them») not one.
    """
    tokens = tokenize(text)
    return _numbers(text, tokens, read_dates(text, tokens))


def _numbers(
    text: str, tokens: Sequence[Token], named: Sequence[DateMention | DayMention]
) -> tuple[NumberMention, ...]:
    dates = iter(named)
    found: list[NumberMention] = []
    current = next(dates, None)
    for mention in _mentions(text, tokens):
        while current is not None and current.end <= mention.start:
            current = next(dates, None)
        if current is None or mention.end <= current.start:
            found.append(mention)
        elif isinstance(current, DateMention) and mention.value in (current.year, current.last_year):
            found.append(NumberMention(mention.value, mention.start, mention.end, "year"))
    return tuple(found)


def canonical_numbers(text: str) -> str:
    """The text with its numbers in figures: «42», «9-ші», «2/3», «50%», without case endings; idempotent.

    «бір» stays a word: it is the article «a» more often than the number.
    """
    parts: list[str] = []
    last = 0
    for mention in find_numbers(text):
        said = text[mention.start : mention.end]
        if said.isdecimal() or _is_article(mention, said):
            continue
        parts += [text[last : mention.start], _figures(mention)]
        last = mention.end
    return "".join([*parts, text[last:]])


def date_terms(text: str) -> tuple[str, ...]:
    """Index terms of the dates and numbers of a text, each once, in order.

    ``d:1995-03-01`` a day, ``d:--03-01`` the same in any year, ``m:1995-03`` its month, ``y:1995`` its
    year (every year of a range up to fifty); ``n:42`` and ``n:2/3`` a number, ``o:9`` an ordinal.
    """
    if not any(map(_counts, words_in(text))):
        return ()  # as in most questions
    terms: dict[str, None] = {}
    tokens = tokenize(text)
    dates = read_dates(text, tokens)
    for mention in dates:
        terms |= dict.fromkeys(_terms_of_date(mention))
    for number in _numbers(text, tokens, dates):
        if number.kind != "year" and not _is_article(number, text[number.start : number.end]):
            terms[f"{'o' if number.kind == 'ordinal' else 'n'}:{number.value}"] = None
    return tuple(terms)


def _terms_of_date(mention: DateMention | DayMention) -> Iterator[str]:
    if isinstance(mention, DayMention):
        yield f"d:--{mention.month:02}-{mention.day:02}"
        return
    year, month, day = mention.year, mention.month, mention.day
    if month is not None and day is not None:
        yield f"d:{year}-{month:02}-{day:02}"
        yield f"d:--{month:02}-{day:02}"
    if month is not None:
        yield f"m:{year}-{month:02}"
    last = mention.last_year if mention.last_year is not None else year
    for named in range(year, min(last, year + _MAX_RANGE_YEARS) + 1):
        yield f"y:{named}"


def _figures(mention: NumberMention) -> str:
    if mention.kind == "ordinal":
        return f"{mention.value}-ші"
    if mention.kind == "percent":
        percent = mention.value * 100
        return f"{percent}%" if percent.denominator == 1 else f"{float(percent):g}%"
    return str(mention.value)


def _is_article(mention: NumberMention, said: str) -> bool:
    return mention.value == 1 and mention.kind == "cardinal" and said[:1].isalpha()


@lru_cache(maxsize=1 << 15)
def _counts(raw: str) -> bool:
    """Whether a word of a text may have a part in a number."""
    return is_numeral(raw) or any(
        is_roman(token.word) or _HALF.fullmatch(token.word) or _QUARTER.fullmatch(token.word)
        for token in tokenize(raw)
    )


def _mentions(text: str, tokens: Sequence[Token]) -> Iterator[NumberMention]:
    russian: bool | None = None
    place = 0
    while place < len(tokens):
        found = _mention(tokens, place, text)
        if found is None:
            place += 1
            continue
        mention, after = found
        if tokens[place].word == "он" and after == place + 1:
            if russian is None:
                others = f"{text[: mention.start]} {text[mention.end :]}"
                russian = detect_language(others) == "ru"
            if russian:
                place = after
                continue
        yield mention
        place = after


def _mention(tokens: Sequence[Token], place: int, text: str) -> tuple[NumberMention, int] | None:
    token = tokens[place]
    if is_roman(token.word):
        return _roman(tokens, place)
    if _HALF.fullmatch(token.word):
        return NumberMention(Fraction(1, 2), token.start, token.end, "fraction"), place + 1
    if _QUARTER.fullmatch(token.word):
        return NumberMention(Fraction(1, 4), token.start, token.end, "fraction"), place + 1
    numeral = read_numeral(tokens, place)
    if numeral is None:
        return None
    value, kind, after = _extended(tokens, place, numeral)
    end = tokens[after - 1].end
    if kind == "cardinal":
        if text[end : end + 1] == "%" or text[end : end + 2] == " %":
            return NumberMention(value / 100, token.start, text.index("%", end) + 1, "percent"), after
        if after < len(tokens) and tokens[after].gap in _SPACES and _PERCENT.fullmatch(tokens[after].word):
            return NumberMention(value / 100, token.start, tokens[after].end, "percent"), after + 1
        if numeral.spelled and value == 1 and numeral.form != "bare":
            return None  # «бірі», «біріне»
    return NumberMention(value, token.start, end, kind), after


def _extended(tokens: Sequence[Token], place: int, numeral: Numeral) -> tuple[Fraction, NumberKind, int]:
    """«үштен» with its «екісі», «2» with «/3», «0» with «,5», «бір» with «жарым»."""
    value, after = Fraction(numeral.value), numeral.after
    if numeral.form == "ordinal":
        return value, "ordinal", after
    if after == len(tokens):
        return value, "cardinal", after
    behind = tokens[after]
    if numeral.form == "ablative" and behind.gap in _SPACES:
        part = read_numeral(tokens, after)
        if (
            part is not None
            and part.form in ("bare", "possessive", "case")
            and 0 < part.value < numeral.value
        ):
            return Fraction(part.value, numeral.value), "fraction", part.after
    elif numeral.form == "bare":
        if behind.gap in _SPACES and behind.word == "жарым":
            return value + Fraction(1, 2), "cardinal", after + 1
        if behind.figure is not None and not numeral.spelled and after == place + 1:
            if behind.gap == "/" and behind.figure > numeral.value > 0:
                return Fraction(numeral.value, behind.figure), "fraction", after + 1
            if behind.gap in (",", "."):
                value += Fraction(behind.figure, 10 ** (behind.end - behind.start))
                scale = read_numeral(tokens, after + 1) if after + 1 < len(tokens) else None
                if scale is not None and scale.spelled and scale.value in (10**3, 10**6, 10**9):
                    return value * scale.value, "cardinal", scale.after
                return value, "cardinal", after + 1
        if not numeral.spelled and behind.gap in _SPACES and _ARTICLE.fullmatch(behind.word):
            return value, "ordinal", after  # «9 бап» for «9-бап»
    return value, "cardinal", after


def _roman(tokens: Sequence[Token], place: int) -> tuple[NumberMention, int] | None:
    """A Roman numeral of two letters, or of one before what is counted so («V сессия»); not «70-IV»."""
    token = tokens[place]
    numbered = place + 1 < len(tokens) and _NUMBERED.fullmatch(tokens[place + 1].word) is not None
    if token.gap.endswith("-") or (len(token.word) == 1 and not numbered):
        return None
    value = 0
    figures = [_ROMAN_VALUES[letter] for letter in token.word]
    for figure, following in zip(figures, [*figures[1:], 0], strict=True):
        value += figure if figure >= following else -figure
    return NumberMention(Fraction(value), token.start, token.end, "ordinal"), place + 1
