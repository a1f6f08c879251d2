"""What rules a matter of the repealed law today: reads ``successors.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import CatalogError
from knowledge.model import Reference

_FIELDS = {"article", "point", "targets", "none", "reason"}
_TARGET_FIELDS = {"document", "article", "point"}


@dataclass(frozen=True, slots=True)
class SuccessorRow:
    """A place in the repealed law and the places that rule its matter now.

    Empty ``targets``: nothing took its place, and ``reason`` (Kazakh, one line, for users) says so.
    """

    source: Reference
    targets: tuple[Reference, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Successors:
    """The rows for one repealed document."""

    document: str
    rows: tuple[SuccessorRow, ...]

    def of(self, article: str, point: str | None = None) -> SuccessorRow | None:
        """The row of the point, else of its article; None where the table has neither."""
        own = (row for row in self.rows if row.source.article == article and row.source.point == point)
        return next(own, None) or (self.of(article) if point is not None else None)


def load_successors(path: Path | None = None) -> Successors:
    """The table at ``path``; None: the project's own.

    :raises CatalogError: unreadable, or a row is wrong; the message names the row and the field.
    """
    path = path or Path(__file__).with_name("successors.toml")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise CatalogError(f"{path.name} cannot be read: {exc}") from exc
    _refuse_unknown(path.name, content, {"document", "row"})
    document, tables = _text(path.name, content, "document"), content.get("row")
    if not isinstance(tables, list):
        raise CatalogError(f"{path.name}: row: found {tables!r}, wanted tables [[row]]")
    rows: list[SuccessorRow] = []
    for table in tables:
        row = _row(path.name, document, table)
        if any(row.source == known.source for known in rows):
            raise CatalogError(f"{path.name}: {_name(table)}: found it twice, wanted it once")
        rows.append(row)
    return Successors(document, tuple(rows))


def _row(file: str, document: str, table: Any) -> SuccessorRow:
    where = f"{file}: {_name(table)}"
    _refuse_unknown(where, table, _FIELDS)
    targets, nothing = table.get("targets", []), table.get("none", False)
    if not isinstance(targets, list) or not isinstance(nothing, bool) or bool(targets) == nothing:
        raise CatalogError(f"{where}: targets: found {targets!r}, wanted at least one, or none = true")
    for target in targets:
        _refuse_unknown(f"{where}: targets", target, _TARGET_FIELDS)
    return SuccessorRow(
        source=_reference(where, table, document),
        targets=tuple(_reference(where, target, _text(where, target, "document")) for target in targets),
        reason=_text(where, table, "reason"),
    )


def _reference(where: str, table: dict[str, Any], document: str) -> Reference:
    point = _text(where, table, "point") if "point" in table else None
    return Reference(document, _text(where, table, "article"), point)


def _name(table: Any) -> str:
    if not isinstance(table, dict):
        return "row"
    point = f", point {table['point']}" if "point" in table else ""
    return f"row of article {table.get('article', '?')}{point}"


def _refuse_unknown(where: str, table: Any, fields: set[str]) -> None:
    if not isinstance(table, dict):
        raise CatalogError(f"{where}: found {table!r}, wanted a table")
    for key in table:
        if key not in fields:
            raise CatalogError(f"{where}: {key}: no such field, wanted one of {', '.join(sorted(fields))}")


def _text(where: str, table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise CatalogError(f"{where}: {key}: found {value!r}, wanted a text")
    return value
