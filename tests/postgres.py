"""A real PostgreSQL server in a temporary folder, for as long as the tests run."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psutil
import pytest

START_TIMEOUT_S = 120
USER = "bot"
PROGRAMS = ("initdb", "postgres", "pg_isready")


def find_binaries() -> Path | None:
    """The folder of a server's programs: where PATH finds them, else Debian's newest; or None."""
    found = shutil.which("initdb")
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    debian.sort(key=lambda folder: float(folder.parent.name), reverse=True)
    folders = [Path(found).resolve().parent, *debian] if found else debian
    return next((folder for folder in folders if all((folder / name).exists() for name in PROGRAMS)), None)


def missing() -> str | None:
    """Why no server can be started here, or None."""
    if find_binaries() is None:
        return "no PostgreSQL server here: initdb is neither on PATH nor under /usr/lib/postgresql"
    if os.geteuid() == 0 and _account() is None:
        return "PostgreSQL does not run as root, and there is neither a user postgres nor nobody"
    return None


def _account() -> str | None:
    """Whom the server runs as; PostgreSQL refuses root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


class PostgresServer:
    """Listens on a free loopback port, by password only, without a socket file."""

    def __init__(self) -> None:
        binaries = find_binaries()
        assert binaries is not None
        self._binaries = binaries
        self._password = secrets.token_hex(16)
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://{USER}:{self._password}@127.0.0.1:{self._port}/{database}"

    def start(self) -> None:
        account = _account() if os.geteuid() == 0 else None
        secret = self._folder / "password"
        secret.write_text(self._password, "utf-8")
        if account:
            shutil.chown(self._folder, account)
            shutil.chown(secret, account)
        log = (self._folder / "log").open("wb")
        options = [f"--pgdata={self._data}", f"--username={USER}", f"--pwfile={secret}"]
        # not scram: its thousands of hashes a connection would take most of the tests' time
        access = ["--auth=md5", "--encoding=UTF8", "--locale=C", "--no-sync"]
        if self._run("initdb", *options, *access, account=account, log=log).wait() != 0:
            raise self._not_started()
        log.close()
        self._serve()

    def _serve(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self._port),
            "unix_socket_directories": "",
            "fsync": "off",
            "autovacuum": "off",
            "jit": "off",
            "shared_buffers": "16MB",
        }
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        account = _account() if os.geteuid() == 0 else None
        with (self._folder / "log").open("ab") as log:
            self._process = self._run("postgres", "-D", str(self._data), *arguments, account=account, log=log)
        self._wait()

    def stop(self) -> None:
        self.go_away()
        shutil.rmtree(self._folder)

    def go_away(self) -> None:
        """As after a crash: every connection breaks, and new ones are refused; its data stays."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)  # "immediate shutdown": nothing here is worth writing
            self._process.wait(30)
            self._process = None

    def come_back(self) -> None:
        """Recover what it had, and take connections again."""
        self._serve()

    def freeze(self) -> None:
        """No process of the server does anything, and no connection breaks, as on a hung machine."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        server = psutil.Process(self._process.pid)
        for process in (server, *server.children(recursive=True)):
            process.send_signal(number)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _run(
        self, program: str, *arguments: str, account: str | None, log: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(self._binaries / program), *arguments],
            stdout=log,
            stderr=log,
            cwd=self._folder,
            env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
            user=account,
            group=pwd.getpwnam(account).pw_gid if account else None,
            extra_groups=[] if account else None,
        )

    def _wait(self) -> None:
        """Until it takes connections."""
        ask = [str(self._binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self._port)]
        assert self._process is not None
        end = time.monotonic() + START_TIMEOUT_S
        while subprocess.run(ask, check=False).returncode != 0:
            if self._process.poll() is not None or time.monotonic() > end:
                raise self._not_started()
            time.sleep(0.05)

    def _not_started(self) -> RuntimeError:
        log = (self._folder / "log").read_text("utf-8", "replace")
        self.stop()
        return RuntimeError(f"PostgreSQL did not start:\n{log}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served() -> Iterator[PostgresServer]:
    """What a fixture yields: a server of its own, or a skip by name where none can be had."""
    reason = missing()
    if reason:
        pytest.skip(reason)
    server = PostgresServer()
    server.start()
    yield server
    server.stop()
