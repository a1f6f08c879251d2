"""``meta.yaml``, which stands beside a law at the source: which act it is, and the day of each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from knowledge.errors import SyncError

MAX_BYTES = 20_000
"""Twenty times the longest one of the source; the YAML reader is slow, and written in Python."""


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases: a few lines of them can stand for more values than any memory holds."""

    def compose_node(self, parent: Any, index: int) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class UpstreamMeta:
    """What can be used of it; a field of another kind than it should be counts as absent."""

    act_code: str | None
    days: Mapping[str, date]

    def day(self, language: str) -> date | None:
        """The day of the text in that language (``kaz``, ``rus``)."""
        return self.days.get(language)


def read_meta(body: bytes | None, languages: tuple[str, ...]) -> UpstreamMeta:
    """The file's bytes, read; None: there is no such file, and nothing is known.

    :raises SyncError: it is too long, or no YAML.
    """
    if body is not None and len(body) > MAX_BYTES:
        raise SyncError(f"meta.yaml on main has {len(body)} bytes, wanted at most {MAX_BYTES}")
    try:
        record = yaml.load(body.decode("utf-8"), _PlainLoader) if body else None
    except (yaml.YAMLError, ValueError, RecursionError) as exc:
        raise SyncError("meta.yaml on main cannot be read") from exc
    record = record if isinstance(record, Mapping) else {}
    code, days = record.get("act_code"), record.get("version_date")
    found = {language: days.get(language) if isinstance(days, Mapping) else days for language in languages}
    return UpstreamMeta(
        code if isinstance(code, str) else str(code) if isinstance(code, int) and 0 < code < 10**12 else None,
        {language: day for language, text in found.items() if (day := _day(text)) is not None},
    )


def _day(value: object) -> date | None:
    if not isinstance(value, str | date):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
