"""A real Milvus server for tests: milvus-lite in a process of its own, to be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

_STARTS_WITHIN_S = 60.0


class MilvusProcess:
    """``milvus-lite server`` on a port of the loopback interface."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Returns when the port answers."""
        command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(self._folder / "milvus")]
        command += ["--host", "127.0.0.1", "--port", str(self.port)]
        with (self._folder / "milvus.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        ends = time.monotonic() + _STARTS_WITHIN_S
        while not self._answers():
            said = (self._folder / "milvus.log").read_text(encoding="utf-8")[-2000:]
            assert self._process.poll() is None, f"milvus-lite ended by itself: {said}"
            assert time.monotonic() < ends, f"milvus-lite does not listen after {_STARTS_WITHIN_S} s: {said}"
            time.sleep(0.05)

    def kill(self) -> None:
        """As the kernel does it when memory runs out: no time to write anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        os.kill(self._process.pid, how)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False
