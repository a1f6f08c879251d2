"""Where law texts come from: a web address or a folder, both laid out as the public source is."""

from __future__ import annotations

import ipaddress
import math
import random
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol, TypeVar

import httpx

from knowledge.errors import SyncError

T = TypeVar("T")

BACKOFF_S = 0.5
MAX_WAIT_S = 30.0
MAX_REDIRECTS = 3
# how long past the timeout of one request a source may stay silent before it counts as out of reach
GRACE_S = 3.0
WANTED = "an https address, an http address of this machine (http://127.0.0.1:8000), or a folder"


class UnreachableError(SyncError):
    """The source as a whole does not answer; asking it for the next text would be in vain."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one text may cost: ``timeout_s`` a request, beginning to end; ``max_bytes`` as unpacked."""

    timeout_s: float
    attempts: int
    max_bytes: int


class Mirror(Protocol):
    """A place that holds files by path."""

    def fetch(self, path: str) -> bytes | None:
        """The file's bytes; None where the place answers that it has no such file.

        :raises UnreachableError: where the place itself is out of reach.
        :raises SyncError: where this file cannot be had.
        """
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


def open_mirror(source: str, limits: Limits, pause: Callable[[float], None] = time.sleep) -> Mirror:
    """The mirror at ``source``, a web address or a folder; ``pause`` waits between attempts.

    An address is https: what comes over http, anybody on the way may have written. This machine itself
    (``http://127.0.0.1:8000``) may do without. No other host than that of ``source`` is ever asked.

    :raises SyncError: where ``source`` is an address of another kind.
    """
    if "://" not in source:
        return FolderMirror(Path(source), limits)
    try:
        base = httpx.URL(source)
    except httpx.InvalidURL as exc:
        raise SyncError(f"{source}: {exc}; wanted {WANTED}") from exc
    if base.scheme not in ("http", "https") or not base.host:
        raise SyncError(f"{_shown(base)}: wanted {WANTED}")
    if base.scheme == "http" and not _is_this_machine(base.host):
        raise SyncError(f"{_shown(base)}: not https, and not this machine; wanted {WANTED}")
    return WebMirror(base, limits, pause)


class FolderMirror:
    """Files under a folder of this machine."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._max_bytes = limits.max_bytes

    def fetch(self, path: str) -> bytes | None:
        if not self._folder.is_dir():
            raise UnreachableError(f"source {self._folder} cannot be reached: there is no such folder")
        file = self._folder / path
        try:
            with file.open("rb") as opened:
                body = opened.read(self._max_bytes + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as exc:
            raise SyncError(f"{file}: {exc.strerror}") from exc
        if len(body) > self._max_bytes:
            raise SyncError(f"{file}: larger than {self._max_bytes} bytes")
        return body

    def close(self) -> None:
        pass


class _AttemptError(Exception):
    """An attempt that is worth another one; ``wait_s`` is what the server asked for."""

    def __init__(self, cause: str, *, wait_s: float | None = None, connected: bool = True) -> None:
        super().__init__(cause)
        self.wait_s = wait_s
        self.connected = connected


class WebMirror:
    """Files under a web address."""

    def __init__(self, base: httpx.URL, limits: Limits, pause: Callable[[float], None]) -> None:
        self._base = base
        self._limits = limits
        self._pause = pause
        self._client = httpx.Client(
            timeout=limits.timeout_s,
            follow_redirects=False,
            headers={"Accept-Encoding": "identity", "User-Agent": "assembly-bot"},
        )
        self._answered = False  # has the source ever said anything
        self._give_up_at = math.inf

    def close(self) -> None:
        self._client.close()

    def fetch(self, path: str) -> bytes | None:
        url = self._base.copy_with(path=self._base.path.rstrip("/") + "/" + path)
        if not self._answered and self._give_up_at == math.inf:
            self._give_up_at = time.monotonic() + self._limits.timeout_s + GRACE_S
        for attempt in range(1, self._limits.attempts + 1):
            try:
                # the client's own timeouts tell more and come first; this one holds for name look-ups
                # and for headers that trickle in, which no timeout of the client bounds
                return _within(min(self._limits.timeout_s + 1, self._patience_s()), lambda: self._ask(url))
            except _AttemptError as error:
                last = error
            wait_s = last.wait_s if last.wait_s is not None else _backoff_s(attempt)
            if wait_s > MAX_WAIT_S:
                raise SyncError(f"{_shown(url)}: {last}, and asks to wait {wait_s:.0f} s")
            if attempt == self._limits.attempts or wait_s >= self._patience_s():
                break
            self._pause(wait_s)
        if not self._answered or not last.connected:
            raise UnreachableError(f"source {_shown(self._base)} cannot be reached: {last}") from last
        raise SyncError(f"{_shown(url)}: {last} ({attempt} attempts)") from last

    def _patience_s(self) -> float:
        """A source that has never answered is not given one timeout after the other."""
        return math.inf if self._answered else self._give_up_at - time.monotonic()

    def _ask(self, url: httpx.URL) -> bytes | None:
        deadline = time.monotonic() + self._limits.timeout_s
        try:
            for _ in range(MAX_REDIRECTS + 1):
                with self._client.stream("GET", url) as response:
                    self._answered = True
                    if response.next_request is None:
                        return self._body(response, deadline)
                    url = _same_host(url, response.next_request.url)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as exc:
            raise _AttemptError(str(exc) or type(exc).__name__, connected=False) from exc
        except httpx.TimeoutException as exc:
            raise _AttemptError(f"no answer within {self._limits.timeout_s:g} s") from exc
        except httpx.TransportError as exc:
            raise _AttemptError(f"the answer broke off: {exc}") from exc
        raise SyncError(f"{_shown(url)}: more than {MAX_REDIRECTS} redirects")

    def _body(self, response: httpx.Response, deadline: float) -> bytes | None:
        status = response.status_code
        if status in (404, 410):
            return None
        if status in (408, 429) or status >= 500:
            raise _AttemptError(
                f"status {status}", wait_s=_retry_after_s(response.headers.get("retry-after", ""))
            )
        packing = response.headers.get("content-encoding", "identity").lower()
        if status != 200 or packing not in ("identity", "gzip"):
            raise SyncError(
                f"{_shown(response.url)}: status {status}, content encoding {packing}; wanted a file"
            )
        # unpacked here and not by the client: its decoder takes a chunk at once, however large it becomes
        unpacker = zlib.decompressobj(wbits=31) if packing == "gzip" else None
        body, max_bytes = bytearray(), self._limits.max_bytes
        for chunk in response.iter_raw():
            try:
                body += unpacker.decompress(chunk, max_bytes + 1 - len(body)) if unpacker else chunk
            except zlib.error as exc:
                raise _AttemptError(f"the packed answer is broken: {exc}") from exc
            if len(body) > max_bytes:
                raise SyncError(f"{_shown(response.url)}: larger than {max_bytes} bytes")
            if time.monotonic() > deadline:
                raise _AttemptError(f"not the whole text within {self._limits.timeout_s:g} s")
        if unpacker and not unpacker.eof:
            raise _AttemptError("the packed answer broke off")
        return bytes(body)


def _within(limit_s: float, work: Callable[[], T]) -> T:
    """What ``work`` gives or raises; ``_AttemptError`` after ``limit_s``, and the thread ends by itself."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as exc:
            future.set_exception(exc)

    threading.Thread(target=run, name="sync", daemon=True).start()
    try:
        return future.result(limit_s)
    except TimeoutError as exc:
        raise _AttemptError(f"no answer within {limit_s:.1f} s") from exc


def _shown(url: httpx.URL) -> str:
    """The address for a message: without a password, should it have one."""
    return str(url.copy_with(userinfo=b""))


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _same_host(url: httpx.URL, target: httpx.URL) -> httpx.URL:
    if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
        raise SyncError(f"{_shown(url)}: redirects to {_shown(target)}; wanted the same host")
    return target


def _backoff_s(attempt: int) -> float:
    """Exponential, with jitter, so that many bots do not come back at the same moment."""
    return BACKOFF_S * 2.0 ** (attempt - 1) * random.uniform(0.5, 1.5)


def _retry_after_s(header: str) -> float | None:
    """Seconds asked for by ``Retry-After`` (RFC 9110, 10.2.3: a number, or a day and time)."""
    if header.strip().isdecimal():
        return float(header)
    with suppress(ValueError):
        asked: datetime = parsedate_to_datetime(header)
        return max(0.0, (asked.replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds())
    return None
