"""The page of measurements says what the kept findings say."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.__main__ import PARTS
from tests.benchmarks.findings import Findings, Line, Plot, Run, Target, table
from tests.benchmarks.report import DOCS, page, read_runs, write_report

FOUND = Findings(
    "Lookups",
    ("One after another.",),
    (table(("step", "ms"), (("first", 0.12345), ("second", 1234.5))),),
    (Target("first step", 0.12, 0.1, "ms"), Target("recall", 0.98, 0.97, "", least=True)),
    (Plot("lookups", "passages", "ms", (Line("first", (1, 10), (0.1, 0.2)),), logarithmic=True),),
)
RUN = Run("search", True, "2026-11-23", {"cores": "2", "load before": "0.1"}, FOUND)


def test_the_page_of_measurements_holds_the_kept_findings_and_nothing_else():
    runs = read_runs(tuple(PARTS))
    assert (DOCS / "performance.md").read_text(encoding="utf-8") == page(runs)
    assert all((DOCS / f"{plot.name}.png").is_file() for run in runs for plot in run.findings.plots)


def test_findings_are_read_back_as_they_were_written(tmp_path: Path):
    RUN.write(tmp_path)
    assert read_runs(("growth", "search"), tmp_path) == [RUN]


def test_a_figure_that_missed_its_mark_is_said_to_have_missed_it():
    assert "| first step | 0.120 ms | ≤ 0.100 ms | **no** |" in page([RUN])
    assert "| recall | 0.980 | ≥ 0.970 | yes |" in page([RUN])


def test_a_section_names_the_command_and_the_day_it_was_measured():
    assert "`python -m tests.benchmarks search --full`, 2026-11-23" in page([RUN])


def test_a_plot_is_drawn_beside_the_page(tmp_path: Path):
    write_report([RUN], tmp_path)
    assert (tmp_path / "lookups.png").read_bytes().startswith(b"\x89PNG")
