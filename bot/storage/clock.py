"""Time as storage sees it: aware moments in UTC, days as people in Kazakhstan count them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

Clock = Callable[[], datetime]
"""Tells the moment, aware, in UTC; tests set another one."""

KAZAKHSTAN = timezone(timedelta(hours=5))
"""One zone for the whole country since 1 March 2024. Fixed: older time zone tables give Almaty six hours."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The calendar day in Kazakhstan."""
    return moment.astimezone(KAZAKHSTAN).date()
