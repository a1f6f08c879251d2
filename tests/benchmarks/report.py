"""``docs/performance.md`` and its plots, from the kept findings; nothing in it is written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.findings import RESULTS, Plot, Run, Table, shown

DOCS = Path(__file__).resolve().parents[2] / "docs"
_HEAD = """# Performance

Written by `make bench` (`python -m tests.benchmarks`): every figure was measured, none is an estimate. Each
section is of the day and the machine that it names; a part that was not run again keeps its last section.
Times are those of the clock on the wall: where a part's load stands above 1, other work ran beside it, and
its times are too high. `python -m tests.benchmarks --list` names the parts, `--full` takes the big sizes.
"""


def read_runs(order: Sequence[str], folder: Path = RESULTS) -> list[Run]:
    """The kept findings in this order; parts that were never run are left out."""
    return [Run.read(path) for name in order if (path := folder / f"{name}.json").is_file()]


def write_report(runs: Sequence[Run], docs: Path = DOCS) -> Path:
    """Page and plots. :raises OSError: they cannot be written."""
    for run in runs:
        for plot in run.findings.plots:
            draw(plot, docs / f"{plot.name}.png")
    path = docs / "performance.md"
    path.write_text(page(runs), encoding="utf-8")
    return path


def page(runs: Sequence[Run]) -> str:
    parts = [_HEAD, *_machines(runs), "## Wanted and measured\n", *_markdown(targets_table(runs)), ""]
    for run in runs:
        parts += [f"## {run.findings.title}\n", f"`{command(run)}`, {run.day}\n"]
        parts += [note + "\n" for note in run.findings.notes]
        for table in run.findings.tables:
            parts += [*_markdown(table), ""]
        parts += [f"![{plot.y_label} by {plot.x_label}]({plot.name}.png)\n" for plot in run.findings.plots]
    return "\n".join(parts).rstrip() + "\n"


def command(run: Run) -> str:
    return f"python -m tests.benchmarks {run.part}{' --full' if run.full else ''}"


def targets_table(runs: Sequence[Run]) -> Table:
    """Every figure that something was wanted of."""
    return Table(
        ("figure", "measured", "wanted", "met"),
        tuple(
            (target.name, f"{shown(target.measured)} {target.unit}".rstrip(), target.wish, _yes(target.met))
            for run in runs
            for target in run.findings.targets
        ),
    )


def _yes(met: bool) -> str:
    return "yes" if met else "**no**"


def _machines(runs: Sequence[Run]) -> list[str]:
    """Each machine once; the load is of each run, so it is told by part."""
    kinds: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for run in runs:
        fixed = tuple((name, value) for name, value in run.machine.items() if name != "load before")
        kinds.setdefault(fixed, []).append(f"{run.part} ({run.machine.get('load before', '?')})")
    lines = []
    for fixed, parts in kinds.items():
        lines += [f"- {name}: {value}" for name, value in fixed]
        lines += [f"- parts, with the machine's load in the minute before each: {', '.join(parts)}", ""]
    return lines


def _markdown(table: Table) -> list[str]:
    rows = [table.columns, ("---",) * len(table.columns), *table.rows]
    return ["| " + " | ".join(row) + " |" for row in rows]


def draw(plot: Plot, path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(6.4, 4.2))
    for line in plot.lines:
        axes.plot(line.x, line.y, marker="o", markersize=4, label=line.name)
    if plot.logarithmic:
        axes.set(xscale="log", yscale="log")
    axes.set(xlabel=plot.x_label, ylabel=plot.y_label)
    axes.grid(True, which="major", alpha=0.3)
    if len(plot.lines) > 1:
        axes.legend()
    figure.tight_layout()
    # no date and no version inside, so that the same findings give the same file
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
