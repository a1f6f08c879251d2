"""Calls of a Milvus server, its errors made ours. The one module that imports pymilvus."""

from __future__ import annotations

import importlib
import logging
import os
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import structlog

from retrieval.errors import IndexUnreachable, IndexUnusable, MilvusMissing

log = structlog.get_logger()

_CHANNEL = {
    # pymilvus opens another channel after a failure; this one doesn't wait for the turn of an older one,
    # and a server that comes back is noticed by the next question and not after minutes
    "grpc.use_local_subchannel_pool": 1,
    "grpc.initial_reconnect_backoff_ms": 200,
    "grpc.max_reconnect_backoff_ms": 2000,
}
_CONNECT_FAILED = 2
_NOT_FOUND = 100
_NOT_LOADED = 101


class NotLoaded(IndexUnusable):
    """The server holds the rows on its disk and not in its memory."""


class MilvusCalls:
    """One connection, safe to use from several threads, that tells the log when the server goes and is back.

    A call that hangs is tried again by pymilvus until its time is up; a refused connection fails at once.
    """

    def __init__(self, url: str, token: str | None, timeout_s: float) -> None:
        """:raises MilvusMissing: pymilvus is not installed.

        :raises IndexUnreachable: no server answers there.
        """
        parts = urlsplit(url)
        self.url = url
        self.pymilvus = _pymilvus()
        self._away = False
        self._state = threading.Lock()
        self.client: Any = self.made(
            url,
            lambda: self.pymilvus.MilvusClient(
                uri=f"{parts.scheme}://{parts.netloc}",
                token=token or "",
                db_name=parts.path.strip("/"),
                timeout=timeout_s,
                grpc_options=_CHANNEL,
                dedicated=True,  # not shared with whatever else in this process asks the same server
            ),
        )

    def made(self, what: str, call: Callable[[], Any]) -> Any:
        """What a call gives. :param what: the collection or alias that it is about.

        :raises IndexUnreachable: the server does not answer, or not in time.
        :raises NotLoaded: it has to load the collection first.
        :raises IndexUnusable: it refused, or has no such collection.
        """
        try:
            answer = call()
        except (self.pymilvus.MilvusException, _rpc_error()) as exc:
            error = self._error(what, exc)
            if isinstance(error, IndexUnreachable):
                self._tell(away=True, why=str(error))
            raise error from exc
        self._tell(away=False)
        return answer

    def _error(self, what: str, exc: Any) -> IndexUnreachable | IndexUnusable:
        if not isinstance(exc, self.pymilvus.MilvusException):
            return self._unreachable(str(exc.code()))  # not in time, or not for us
        if exc.code == _NOT_LOADED:
            return NotLoaded(f"{what} at {self.url} is not loaded: {exc.message}")
        if exc.code == _NOT_FOUND:
            return IndexUnusable(
                f"{what} is not at {self.url}; two newer versions may have been built: start anew"
            )
        if exc.code == _CONNECT_FAILED or not isinstance(exc.code, int):
            return self._unreachable(exc.message)
        return IndexUnusable(f"{what} at {self.url}: {exc.message}")

    def _unreachable(self, why: str) -> IndexUnreachable:
        return IndexUnreachable(
            f"the index server {self.url} does not answer ({why}); start it, or set another INDEX_URL"
        )

    def _tell(self, *, away: bool, why: str = "") -> None:
        with self._state:
            changed, self._away = away != self._away, away
        if changed and away:
            log.error("index_unreachable", url=self.url, why=why)
        elif changed:
            log.info("index_reachable_again", url=self.url)


def _rpc_error() -> type[Exception]:
    error: type[Exception] = importlib.import_module("grpc").RpcError
    return error


def _pymilvus() -> Any:
    # its import would read the project's .env into the environment, token and all
    before = os.environ.get("PYTHON_DOTENV_DISABLED")
    os.environ["PYTHON_DOTENV_DISABLED"] = "1"
    try:
        module = importlib.import_module("pymilvus")
    except ImportError as exc:
        raise MilvusMissing(
            "INDEX_URL names a Milvus server and pymilvus is not installed; "
            "run pip install -c constraints.txt '.[milvus]', or set INDEX_URL=faiss:"
        ) from exc
    finally:
        if before is None:
            del os.environ["PYTHON_DOTENV_DISABLED"]
        else:
            os.environ["PYTHON_DOTENV_DISABLED"] = before
    # every failed call with a traceback; what went wrong is told by our own errors
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL + 1)
    return module
