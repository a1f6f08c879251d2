"""Arrays in one file, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
"""What numpy and the file system raise over a file that is cut short or is something else."""


def write_npz(path: Path, **arrays: np.ndarray[Any, Any]) -> None:
    """Beside first, then in one step. :raises OSError: the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]  # its stubs take the arrays for its flag
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
