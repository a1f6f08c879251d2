"""A whole database into a file and back: SQLite by its own online copy, PostgreSQL by pg_dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.engine import URL

from bot.storage.database import SQLITE_FILE
from bot.storage.errors import StorageError

TABLES_QUERY = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()"


class SqliteCopy:
    """``kind`` names the file in an archive."""

    kind = "database.sqlite3"

    def __init__(self, file: Path) -> None:
        self._file = file

    def save(self, copy: Path) -> None:
        """:raises StorageError: there is no database, or it cannot be read."""
        if not self._file.is_file():
            raise StorageError(
                f"database {self._file}: not there; wanted DATA_DIR or DATABASE_URL of the bot"
            )
        try:
            with (
                closing(sqlite3.connect(self._file, timeout=30)) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
        except sqlite3.Error as exc:
            raise StorageError(f"database {self._file}: {exc}") from exc

    def load(self, copy: Path, *, replace: bool) -> None:
        """:raises StorageError: a database is there, the bot is at work on it, or the copy is damaged."""
        try:
            with closing(sqlite3.connect(copy)) as source:
                if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    raise StorageError(f"{self.kind}: damaged; nothing was changed")
            if self._file.exists():
                self._set_aside(replace)
            self._file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(copy, self._file)
        except (sqlite3.Error, OSError) as exc:
            raise StorageError(f"database {self._file}: {exc}; nothing of it was restored") from exc

    def _set_aside(self, replace: bool) -> None:
        if not replace:
            raise StorageError(f"database {self._file}: there already; wanted none, or restore --replace")
        with closing(sqlite3.connect(self._file, timeout=1, isolation_level=None)) as present:
            # the bot's own connections keep it from leaving WAL mode: then it is still running
            if present.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
                raise StorageError(f"database {self._file}: in use; stop the bot first")
        moved = f"{self._file.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        self._file.rename(self._file.with_name(moved))


class PostgresCopy:
    """By the programs of the server's own version; the password goes by the environment, not by argument."""

    kind = "database.dump"

    def __init__(self, address: URL) -> None:
        self._address = address

    def save(self, copy: Path) -> None:
        """:raises StorageError: pg_dump is not there, or fails."""
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")

    def load(self, copy: Path, *, replace: bool) -> None:
        """:raises StorageError: it is not empty, or pg_restore fails; nothing was changed then."""
        found = self._run("psql", "--no-psqlrc", "--tuples-only", f"--command={TABLES_QUERY}").strip()
        if found != "0" and not replace:
            raise StorageError(
                f"database {self._address.database}: {found} tables already; wanted an empty one, "
                "or restore --replace"
            )
        clean = ["--clean", "--if-exists"] if found != "0" else []
        self._run(
            "pg_restore",
            "--single-transaction",
            "--no-owner",
            "--no-privileges",
            *clean,
            f"--dbname={self._address.database}",
            str(copy),
        )

    def _run(self, program: str, *arguments: str) -> str:
        address = self._address
        environment = {
            **os.environ,
            "PGHOST": address.host or "",
            "PGPORT": str(address.port or 5432),
            "PGUSER": address.username or "",
            "PGPASSWORD": address.password or "",
            "PGDATABASE": address.database or "",
        }
        try:
            done = subprocess.run(
                [program, *arguments], env=environment, capture_output=True, text=True, check=False
            )
        except FileNotFoundError as exc:
            raise StorageError(
                f"{program}: not found; wanted PostgreSQL's client programs of the server's version"
            ) from exc
        if done.returncode != 0:
            raise StorageError(f"{program}: {(done.stderr.strip() or 'failed').splitlines()[0]}")
        return done.stdout


def copy_of(url: str | None, data_dir: Path) -> SqliteCopy | PostgresCopy:
    """:param url: as in ``Database.open``."""
    address = make_url(url) if url else None
    if address is None:
        return SqliteCopy(data_dir / SQLITE_FILE)
    if address.get_backend_name() == "sqlite":
        return SqliteCopy(Path(address.database or SQLITE_FILE))
    return PostgresCopy(address)
