"""A SQLite file that cannot be read any more is kept aside, so that the bot can start and nothing is lost."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.storage.database import SQLITE_FILE
from bot.storage.errors import StorageError

_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_COMPANIONS = ("", "-wal", "-shm")  # what SQLite keeps beside the file goes with it


def set_damaged_aside(url: str | None, data_dir: Path) -> Path | None:
    """Where the damaged file lies now, ``bot.sqlite3.damaged-20261122T101530Z``; None where none is damaged.

    Reads the whole file once. A file that is busy or may not be read is not taken for a damaged one.

    :param url: as in ``Database.open``.
    :raises StorageError: it is damaged, and cannot be moved.
    """
    file = _file(url, data_dir)
    if file is None or not file.is_file():
        return None
    with _alone(file.parent):
        if not _is_damaged(file):
            return None
        aside = file.with_name(f"{file.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        try:
            for companion in _COMPANIONS:
                with suppress(FileNotFoundError):
                    Path(f"{file}{companion}").rename(f"{aside}{companion}")
        except OSError as exc:
            raise StorageError(
                f"database {file} is damaged and cannot be moved to {aside.name}: {exc.strerror}; bring back "
                "a copy, or move it away by hand"
            ) from exc
        return aside


def _file(url: str | None, data_dir: Path) -> Path | None:
    if url is None:
        return data_dir / SQLITE_FILE
    try:
        address = make_url(url)
    except ArgumentError:
        return None
    return Path(address.database) if address.get_backend_name() == "sqlite" and address.database else None


def _is_damaged(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file, timeout=30)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as exc:
        return int(getattr(exc, "sqlite_errorcode", 0)) & 0xFF in _DAMAGED
    return bool(found != ("ok",))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Of processes that start together, one moves the file; the others find a new one."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
