"""Dates and numbers as Kazakh writes them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date as _babel_date
from babel.numbers import format_decimal

_LOCALE = "kk"

# Case endings of the month names, January first: locative, ablative, dative. Vowel harmony and the
# last sound of the stem choose among да/де/та/те, дан/ден/тан/тен/нан/нен and ға/ге/қа/ке.
_MONTH_ENDINGS = (
    ("да", "дан", "ға"),  # қаңтар
    ("да", "нан", "ға"),  # ақпан
    ("да", "дан", "ға"),  # наурыз
    ("де", "ден", "ге"),  # сәуір
    ("да", "дан", "ға"),  # мамыр
    ("да", "нан", "ға"),  # маусым
    ("де", "ден", "ге"),  # шілде
    ("да", "дан", "ға"),  # тамыз
    ("те", "тен", "ке"),  # қыркүйек
    ("да", "нан", "ға"),  # қазан
    ("да", "дан", "ға"),  # қараша
    ("да", "нан", "ға"),  # желтоқсан
)


def format_date(day: date) -> str:
    """«2026 жылғы 1 шілде»"""
    return _babel_date(day, "y 'жылғы' d MMMM", locale=_LOCALE)


def date_in(day: date) -> str:
    """When something happened: «2026 жылғы 1 шілдеде»."""
    return format_date(day) + _MONTH_ENDINGS[day.month - 1][0]


def date_of(day: date) -> str:
    """Before a noun: «2022 жылғы 7 ақпандағы» (редакция)."""
    located = date_in(day)
    return located + ("гі" if located.endswith("е") else "ғы")


def date_from(day: date) -> str:
    """The first day of a span: «2026 жылғы 1 шілдеден бастап»."""
    return f"{format_date(day)}{_MONTH_ENDINGS[day.month - 1][1]} бастап"


def date_until(day: date) -> str:
    """The day before which a span ends: «2022 жылғы 7 ақпанға дейін»."""
    return f"{format_date(day)}{_MONTH_ENDINGS[day.month - 1][2]} дейін"


def format_number(value: int | float) -> str:
    """«12 345,6»: groups parted by a no-break space, a decimal comma (CLDR, kk)."""
    return format_decimal(value, locale=_LOCALE)
