"""How the event loop and the threads that answer share the interpreter."""

from __future__ import annotations

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor

SWITCH_S = 0.001
"""After so long a thread that works in Python lets the next one. The loop waits for each of those at work in
turn; with Python's own 5 ms and its pool of six threads on two cores it was away for 30 ms and more."""


def keep_loop_free(loop: asyncio.AbstractEventLoop) -> None:
    """As many threads for ``asyncio.to_thread`` as there are cores: more would only take turns.

    The rest of the questions waits in line, where it costs nothing.
    """
    sys.setswitchinterval(SWITCH_S)
    loop.set_default_executor(ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="answering"))
