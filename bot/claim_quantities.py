"""Numbers of a clause with what they count: terms of office, ages, shares, how often, how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from bot.claim_morphology import Case, case_of, has_stem, is_negative, same_word
from retrieval.numbers import NumberMention, find_numbers


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a clause: its key, its place, and the signs between it and the word before."""

    key: str
    start: int
    end: int
    gap: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its meaning.

    ``kind`` is what may be compared: "term" of office, "deadline", any other "time", "age", "share",
    "frequency", "ordinal", "count".
    Times are in months, or in days where ``unit`` is "күн"; a frequency is months a time. ``relation`` is
    "" for exactly, or one of >=, <=, >, <. ``words`` are the word indices that it takes up.
    """

    kind: str
    value: Fraction
    unit: str
    relation: str
    words: frozenset[int]
    start: int
    end: int

    def comparable(self, other: Quantity) -> bool:
        """Whether both numbers answer one question."""
        if self.kind != other.kind:
            return "time" in (self.kind, other.kind) and {self.kind, other.kind} <= _TIMES
        return self.kind not in ("ordinal", "count") or same_word(self.unit, other.unit)

    def agrees(self, other: Quantity) -> bool:
        """The same number, bounded in the same way."""
        same = self.value == other.value and self.relation == other.relation
        return same and (self.kind in ("ordinal", "count") or self.unit == other.unit)


_MONTHS = {"жыл": 12, "жылдык": 12, "аи": 1, "токсан": 3}
_DAYS = {"кун": 1, "апта": 7}
_PERIODS = {"жылына": 12, "жылыка": 12, "аиына": 1, "токсанына": 3}
_TIMES = frozenset(["term", "time"])
_ONLY = ("кана", "канан")
_DEADLINES = ("ишинде", "мерзимде", "мерзимнен", "кешик", "кеиин", "пурын")
_PLACES = ("пап", "тармак", "тармакша", "полик", "апзатс")  # numbers of articles count nothing


def quantities_of(text: str, words: Sequence[Word], taken: frozenset[int]) -> tuple[Quantity, ...]:
    """The numbers of a clause in order; ``taken`` are words of dates, which are none."""
    found = []
    for number in find_numbers(text):
        inside = [i for i, word in enumerate(words) if number.start < word.end and word.start < number.end]
        if number.kind != "year" and inside and not taken & set(inside):
            quantity = _quantity(number, words, inside)
            if quantity is not None:
                found.append(quantity)
    return _with_frequencies(found, words)


def is_place(words: Sequence[Word], at: int) -> bool:
    """Whether the word names a place of a law: «46-бабы», «3-тармағында»."""
    return any(has_stem(words[at].key, stem) is not None for stem in _PLACES)


def _quantity(number: NumberMention, words: Sequence[Word], inside: list[int]) -> Quantity | None:
    first, last = inside[0], inside[-1]
    after = last + 1
    unit = words[after].key if after < len(words) and words[after].gap in (" ", "-", "\xa0") else ""
    only = unit in _ONLY and after + 1 < len(words) and not words[after + 1].gap.strip()
    if only:  # «бір ғана мәслихаттың», «бір ғана емес мәслихаттың»
        more = words[after + 1].key == "емес" and after + 2 < len(words)
        after += 2 if more else 1
        unit = words[after].key
    kind, value, name = "count", number.value, unit
    if unit and is_place(words, after):
        return None
    if number.kind == "percent" or (number.kind == "fraction" and _time(unit) is None):
        kind, name, unit = "share", "", ""
    elif number.kind == "ordinal":
        kind = "ordinal"
    elif (time := _time(unit)) is not None:
        kind, value, name = "time", value * time[0], time[1]
        if _is_term(words, first, after):
            kind = "term"
        elif after + 1 < len(words) and words[after + 1].key.startswith(_DEADLINES):
            kind = "deadline"
    elif has_stem(unit, "жас") is not None:
        kind, name = "age", "жас"
    elif has_stem(unit, "рет") is not None:
        name = "рет"
    end = after if unit and kind != "ordinal" else last
    bound = (">" if more else "<=", set(range(last + 1, after))) if only else _relation(words, first, end)
    counted = {end} if kind != "ordinal" else set[int]()
    own = frozenset({*inside, *counted, *bound[1]})
    relation = bound[0]
    return Quantity(kind, value, name, relation, own, number.start, max(words[end].end, number.end))


def _time(unit: str) -> tuple[int, str] | None:
    for stem, months in _MONTHS.items():
        if has_stem(unit, stem) is not None:
            return months, "ай"
    for stem, days in _DAYS.items():
        if has_stem(unit, stem) is not None:
            return days, "күн"
    return (1, "сағат") if has_stem(unit, "сакат") is not None else None


def _is_term(words: Sequence[Word], first: int, unit: int) -> bool:
    """«мерзімі – төрт жыл», «төрт жыл мерзімге», «төрт жылға сайланады»."""
    before = words[first - 1].key if first else ""
    if has_stem(before, "мерзим") in ("и", "ин") or has_stem(before, "окилеттик") == "и":
        return True
    behind = words[unit + 1].key if unit + 1 < len(words) else ""
    if behind == "мерзимке":
        return True
    in_dative = words[unit].key.endswith(("ка", "ке"))
    return in_dative and any(same_word(word.key, verb) for word in words for verb in ("саила", "такаиында"))


def _relation(words: Sequence[Word], first: int, end: int) -> tuple[str, set[int]]:
    """The bound that the words around a number set, and which words these are."""
    before = [words[i].key for i in range(max(first - 2, 0), first)]
    if before[-1:] == ["кеминде"]:
        return ">=", {first - 1}
    if before[-1:] == ["тек"]:
        return "<=", {first - 1}
    if before in (["кем", "декенде"], ["ен", "аз"]):
        return ">=", {first - 2, first - 1}
    if before in (["ен", "коп"], ["коп", "декенде"], ["ари", "кетсе"]):
        return "<=", {first - 2, first - 1}
    behind = [words[i].key for i in range(end + 1, min(end + 3, len(words)))]
    if not behind:
        return "", set()
    word, no = behind[0], behind[1:] == ["емес"]
    both = {end + 1, end + 2} if no else {end + 1}
    if word.startswith(("артык", "астам")) or word == "коп":
        return ("<=" if no else ">"), both
    if word == "кем":
        return (">=" if no else "<"), both
    if word in _ONLY and end + 1 < len(words):
        return "<=", {end + 1}
    if word in ("деин", "деинки"):
        return "<=", {end + 1}
    if word.startswith(("кешик", "аспа")) and (is_negative(word) or word.startswith("аспа")):
        return "<=", {end + 1}
    return "", set()


def _with_frequencies(found: list[Quantity], words: Sequence[Word]) -> tuple[Quantity, ...]:
    """«екі жылда кемінде бір рет», «жылына екі рет»: a period and a count made one."""
    times = next((quantity for quantity in found if quantity.unit == "рет"), None)
    if times is None:
        return tuple(found)
    first = min(times.words)
    for period in found:
        unit = max(period.words)
        located = case_of(words[unit].key[-2:]) is Case.LOCATIVE
        if period.kind == "time" and period.unit == "ай" and located and 0 < first - unit <= 2:
            return _joined(found, words, period, times, period.value)
    for i in range(max(first - 2, 0), first):
        months = _PERIODS.get(words[i].key)
        if months is not None:
            return _joined(found, words, None, times, Fraction(months), i)
    for i, (one, two) in enumerate(pairwise(words)):
        if one.key == "жыл" and two.key == "саиын":
            return _joined(found, words, None, times, Fraction(12), i, i + 1)
    return tuple(found)


def _joined(
    found: list[Quantity],
    words: Sequence[Word],
    period: Quantity | None,
    times: Quantity,
    months: Fraction,
    *more: int,
) -> tuple[Quantity, ...]:
    own = times.words | frozenset(more) | (period.words if period else frozenset())
    relation = times.relation or (period.relation if period else "")
    value = months / times.value if times.value else months
    one = Quantity("frequency", value, "", relation, own, min(words[i].start for i in own), times.end)
    return (*(q for q in found if q not in (period, times)), one)
