"""What a start need not do."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """No garbage is looked for while modules and texts are loaded, and never among what was loaded.

    All of it stays until the end of the process. Looking through it time and again took a fifth to a quarter
    of importing sentence-transformers.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
