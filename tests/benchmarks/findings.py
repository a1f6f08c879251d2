"""What a part of the benchmark found, as it is kept between runs: JSON, one file a part."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are ready to be shown; the first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A measured figure beside what was wanted of it: at most (or, ``least``, at least) ``wanted``."""

    name: str
    measured: float
    wanted: float
    unit: str
    least: bool = False

    @property
    def met(self) -> bool:
        return self.measured >= self.wanted if self.least else self.measured <= self.wanted

    @property
    def wish(self) -> str:
        return f"{'≥' if self.least else '≤'} {shown(self.wanted)} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plot; both axes logarithmic where the plot says so."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Saved as ``name``.png beside the report."""

    name: str
    x_label: str
    y_label: str
    lines: tuple[Line, ...]
    logarithmic: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """One section of the report. ``notes``: how it was measured, and what must be known about the figures."""

    title: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    targets: tuple[Target, ...] = ()
    plots: tuple[Plot, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Findings with the circumstances that they were made in."""

    part: str
    full: bool
    day: str
    machine: dict[str, str]
    findings: Findings = field(repr=False)

    def write(self, folder: Path = RESULTS) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / f"{self.part}.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Run:
        """:raises ValueError: the file holds something else."""
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = held.pop("findings")
        return cls(
            **held,
            findings=Findings(
                found["title"],
                tuple(found["notes"]),
                tuple(Table(tuple(t["columns"]), tuple(map(tuple, t["rows"]))) for t in found["tables"]),
                tuple(Target(**target) for target in found["targets"]),
                tuple(_plot(plot) for plot in found["plots"]),
            ),
        )


def _plot(held: dict[str, Any]) -> Plot:
    lines = tuple(Line(line["name"], tuple(line["x"]), tuple(line["y"])) for line in held.pop("lines"))
    return Plot(**held, lines=lines)


def shown(value: float) -> str:
    """Three significant figures, thousands apart."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def table(columns: Sequence[str], rows: Sequence[Sequence[str | float]]) -> Table:
    """Numbers are written out by ``shown``."""
    return Table(
        tuple(columns),
        tuple(tuple(cell if isinstance(cell, str) else shown(cell) for cell in row) for row in rows),
    )
