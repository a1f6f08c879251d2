"""/healthz, /readyz and /metrics on a port of their own, in a thread of their own."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.operations.health import Health

_HANG_UP_S = 2.0

log = structlog.get_logger()

Reason = Callable[[], Awaitable[str | None]]


def bound_socket(host: str, port: int) -> socket.socket:
    """For a tornado server, whose own ``listen`` leaves a socket open where the port is taken.

    :raises OSError: the port cannot be had.
    """
    bound = socket.create_server((host, port))
    bound.setblocking(False)
    return bound


class OpsServer:
    """``start`` comes back when the port is bound; ``port`` is then the real one (0 asks for any)."""

    def __init__(self, health: Health, host: str, port: int) -> None:
        self.port = port
        self._host = host
        self._application = Application(
            [
                (r"/healthz", _Check, {"why_not": health.why_not_alive}),
                (r"/readyz", _Check, {"why_not": health.why_not_ready}),
                (r"/metrics", _Figures, {"page": health.page}),
            ],
            log_function=lambda handler: None,
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="operations", daemon=True)

    def start(self) -> None:
        """:raises OSError: the port cannot be had."""
        self._thread.start()
        try:
            self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        except OSError:
            self._end()
            raise

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result()
        self._end()

    async def _listen(self) -> HTTPServer:
        bound = bound_socket(self._host, self.port)
        self.port = bound.getsockname()[1]
        server = HTTPServer(self._application, max_body_size=0)
        server.add_socket(bound)
        return server

    async def _hang_up(self) -> None:
        self._server.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._server.close_all_connections(), _HANG_UP_S)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextmanager
def observed(health: Health, host: str, port: int) -> Iterator[None]:
    """The server for as long as the block runs; ``port`` 0: none.

    A port that is taken is told of and gone without: the answers matter more than their figures.
    """
    server = OpsServer(health, host, port) if port else None
    try:
        if server is not None:
            server.start()
            log.info("operations", host=host, port=server.port)
    except OSError as error:
        log.error("operations_port_not_had", host=host, port=port, error=error.strerror, see="OPS_PORT")
        server = None
    try:
        yield
    finally:
        if server is not None:
            server.stop()


class _Check(RequestHandler):
    """200, or 503 with the reason."""

    def initialize(self, why_not: Reason) -> None:
        self._why_not = why_not

    async def get(self) -> None:
        reason = await self._why_not()
        self.set_status(200 if reason is None else 503)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write(f"{reason or 'ok'}\n")


class _Figures(RequestHandler):
    def initialize(self, page: Callable[[], Awaitable[bytes]]) -> None:
        self._page = page

    async def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.write(await self._page())
