"""``make bench``: what this machine does with the project, part by part.

    python -m tests.benchmarks [PART …] [--full] [--list] [--work FOLDER]

Without parts: all quick ones. Each part runs in a process of its own, so that memory is its own too, and its
findings are kept as JSON in ``tests/benchmarks/results``; ``docs/performance.md`` is rendered from all of
them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable

from tests.benchmarks.findings import Findings, Run, Table
from tests.benchmarks.measuring import this_machine
from tests.benchmarks.report import read_runs, targets_table, write_report

ROOT = Path(__file__).resolve().parents[2]
PARTS = {
    "questions": "a question from end to end beside its bare embedding, cold and later",
    "indexing": "the index from nothing, and after one article changed",
    "telegram": "question to sendMessage on loopback, beside an echo bot",
    "search": "the search alone on KazQAD: quality, and what each stage takes",
    "growth": "10² to 10⁶ passages: build, load, memory, query, recall",
    "churn": "additions, deletions and replacements without a rebuild",
    "embedding": "texts a second, by threads, with the cache, with other backends",
    "crowd": "1 to 200 people at once: throughput, latency, the event loop",
    "peers": "four other hybrid searches on the same passages and vectors",
    "soak": "20 questions a second on loopback, memory and lost answers",
}
SLOW = frozenset({"peers", "soak"})
"""Not run unless named: one installs other projects, one takes its time."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}, or all")
    parser.add_argument("--full", action="store_true", help="the big sizes, and every part")
    parser.add_argument("--list", action="store_true", help="name the parts")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "data" / "benchmarks", help="folder of files to reuse"
    )
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    console = Console(stderr=told.alone)
    if told.list:
        for name, about in PARTS.items():
            console.print(f"{name:10} {about}", highlight=False)
        return 0
    unknown = [name for name in told.parts if name not in (*PARTS, "all")]
    if unknown:
        parser.error(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if told.alone:
        run_here(told.parts[0], told.full, told.work)
        return 0
    chosen = _chosen(told.parts, told.full)
    failed = [name for name in chosen if not run_apart(name, told.full, told.work, console)]
    runs = read_runs(tuple(PARTS))
    for run in runs:
        if run.part in chosen and run.part not in failed:
            _show(console, run)
    console.print(_rich(targets_table(runs), "Wanted and measured"))
    console.print(f"written: {write_report(runs).relative_to(ROOT)}")
    if failed:
        console.print(f"[red]failed: {', '.join(failed)}; their earlier figures stand[/red]")
    return bool(failed)


def _chosen(named: Sequence[str], full: bool) -> list[str]:
    if "all" in named or (full and not named):
        return list(PARTS)
    return [name for name in PARTS if name in named] if named else [n for n in PARTS if n not in SLOW]


def run_apart(name: str, full: bool, work: Path, console: Console) -> bool:
    """A part in a process of its own; whether it came to its end."""
    console.rule(f"{name}: {PARTS[name]}")
    command = [sys.executable, "-m", "tests.benchmarks", name, "--alone", "--work", str(work.resolve())]
    return subprocess.run([*command, *(["--full"] if full else [])], cwd=ROOT, check=False).returncode == 0


def run_here(name: str, full: bool, work: Path) -> None:
    """Measure a part and keep what was found."""
    work.mkdir(parents=True, exist_ok=True)
    machine = this_machine()
    found: Findings = import_module(f"tests.benchmarks.parts.{name}").run(full, work)
    Run(name, full, date.today().isoformat(), machine, found).write()


def _show(console: Console, run: Run) -> None:
    for table in run.findings.tables:
        console.print(_rich(table, run.findings.title))


def _rich(table: Table, title: str) -> RichTable:
    drawn = RichTable(title=title, title_justify="left")
    for at, column in enumerate(table.columns):
        drawn.add_column(column, justify="left" if at == 0 else "right")
    for row in table.rows:
        drawn.add_row(*(cell.replace("**", "") for cell in row))
    return drawn


if __name__ == "__main__":
    sys.exit(main())
