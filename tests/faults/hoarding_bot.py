"""The bot of ``process_bot``; from SIGUSR1 on it takes every file descriptor that is free, until SIGUSR2."""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from bot.telegram import housekeeping
from tests.bot.process_bot import main

MOST = 128
EVERY_S = 0.002

_hoard: list[int] = []


def begin(*_: object) -> None:
    signal.signal(signal.SIGALRM, take_all)
    signal.setitimer(signal.ITIMER_REAL, EVERY_S, EVERY_S)  # one that is closed meanwhile is taken too
    take_all()


def take_all(*_: object) -> None:
    try:
        while True:
            _hoard.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        pass


def give_back(*_: object) -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, lambda *_: None)  # one may be on its way
    while _hoard:
        os.close(_hoard.pop())


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST, MOST))
    signal.signal(signal.SIGUSR1, begin)
    signal.signal(signal.SIGUSR2, give_back)
    housekeeping._LOOK_AGAIN_S = 0.2
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
