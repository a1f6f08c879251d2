"""A real HTTP server on the loopback interface that serves law texts, and fails as the internet does."""

from __future__ import annotations

import gzip
import sys
import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. ``body`` None: the file itself; ``sent`` bytes of it go out before the line is cut.

    ``times``: the body comes so often, one after the other, and no length is promised.
    """

    status: int = 200
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    sent: int | None = None
    stall: bool = False
    drop: bool = False
    times: int | None = None


STALL = Reply(stall=True)
DROP = Reply(drop=True)
SERVER_ERROR = Reply(500, b"out of order")
WEB_PAGE = Reply(body=b"<!DOCTYPE html>\n<html><body>Sign in</body></html>")


def cut_off(sent: int) -> Reply:
    """The right length is promised, and only ``sent`` bytes of it come."""
    return Reply(sent=sent)


def busy(retry_after: str) -> Reply:
    return Reply(429, b"slow down", (("Retry-After", retry_after),))


def redirect(location: str) -> Reply:
    return Reply(302, b"", (("Location", location),))


def endless(part: bytes, times: int, encoding: str = "identity") -> Reply:
    return Reply(body=part, headers=(("Content-Encoding", encoding),), times=times)


def packed(body: bytes) -> Reply:
    return Reply(body=gzip.compress(body), headers=(("Content-Encoding", "gzip"),))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is what some tests are about."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class SourceServer:
    """Files by path (or a folder's); a path may have answers that come first, one a request.

    ``requests`` are the paths asked for, in order.
    """

    def __init__(self, files: Mapping[str, bytes], folder: Path | None = None) -> None:
        self.files = dict(files)
        self.folder = folder
        self.requests: list[str] = []
        self._asked = threading.Condition()
        self._scripts: dict[str, deque[Reply]] = defaultdict(deque)
        self._closing = threading.Event()
        source = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # the name is the standard library's
                source.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def script(self, path: str, *replies: Reply) -> None:
        """Answer the next requests for ``path`` so; then as usual."""
        self._scripts[path].extend(replies)

    def wait_for(self, path: str) -> None:
        """Until that path has been asked for."""
        with self._asked:
            assert self._asked.wait_for(lambda: path in self.requests, 30), f"nobody asked for {path}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.lstrip("/")
        with self._asked:
            self.requests.append(path)
            self._asked.notify_all()
        script = self._scripts[path]
        reply = script.popleft() if script else Reply()
        if reply.stall:
            self._closing.wait(30)
        if reply.stall or reply.drop:
            handler.close_connection = True
            return
        body = reply.body if reply.body is not None else self._file(path)
        handler.send_response(404 if body is None else reply.status)
        body = body or b""
        if reply.times is None:
            handler.send_header("Content-Length", str(len(body)))
        for name, value in reply.headers:
            handler.send_header(name, value)
        handler.end_headers()
        if reply.times is not None:
            handler.close_connection = True
            for _ in range(reply.times):
                handler.wfile.write(body)
            return
        handler.wfile.write(body if reply.sent is None else body[: reply.sent])
        handler.close_connection = handler.close_connection or reply.sent is not None

    def _file(self, path: str) -> bytes | None:
        if path in self.files:
            return self.files[path]
        file = self.folder / path if self.folder else None
        return file.read_bytes() if file and file.is_file() else None

    @contextmanager
    def running(self) -> Iterator[SourceServer]:
        self._thread.start()
        try:
            yield self
        finally:
            self._closing.set()
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
