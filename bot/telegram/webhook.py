"""Updates by webhook: Telegram calls this process, where ``run_polling`` would call Telegram.

A handler of our own before the library's queue, as its documentation has it for custom webhooks: the
library's answers 403 to a wrong secret where 401 is meant, and writes what it cannot read to the log, words
and all.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.operations.metrics import Metrics
from bot.operations.server import bound_socket
from bot.telegram.application import ALLOWED_UPDATES, TelegramApplication
from bot.telegram.inbox import Inbox

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_BODY_BYTES = 1_000_000
_MAX_PAUSE_S = 30.0
_HANG_UP_S = 5.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """Where Telegram calls (``url``, with the path that is listened to), and where we listen."""

    url: str
    secret: str
    host: str
    port: int

    def __repr__(self) -> str:
        return f"WebhookAddress({self.url!r}, {self.host!r}, {self.port})"


async def run_webhook(
    application: TelegramApplication,
    address: WebhookAddress,
    metrics: Metrics,
    stop: asyncio.Event,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve until ``stop``. The webhook stays set: other replicas live on, and Telegram waits.

    :param ready: called when the port is open and the application at work.
    :raises telegram.error.InvalidToken: Telegram does not know the token.
    :raises telegram.error.BadRequest: Telegram does not take the address.
    :raises OSError: the port cannot be had.
    """
    try:
        if await _patiently(application.initialize, stop):
            await _at_work(application, address, metrics, stop, ready)
    finally:
        await application.shutdown()


def stopped_by_signals() -> asyncio.Event:
    """Set by SIGTERM and SIGINT; to be called on the running loop of the main thread."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


async def _at_work(
    application: TelegramApplication,
    address: WebhookAddress,
    metrics: Metrics,
    stop: asyncio.Event,
    ready: Callable[[], None],
) -> None:
    if application.post_init is not None:
        await application.post_init(application)
    server = HTTPServer(webhook_application(application, address, metrics), max_body_size=MAX_BODY_BYTES)
    try:
        server.add_socket(bound_socket(address.host, address.port))
        await application.start()

        async def announce() -> None:
            await application.bot.set_webhook(
                address.url, allowed_updates=list(ALLOWED_UPDATES), secret_token=address.secret
            )

        ready()
        if await _patiently(announce, stop):
            log.info("webhook_set", url=address.url, port=address.port)
            await stop.wait()
    finally:
        server.stop()
        await hang_up(server)
        if isinstance(application.update_queue, Inbox):
            application.update_queue.turns.close()
        if application.running:
            await application.stop()
        if application.post_stop is not None:
            await application.post_stop(application)


async def hang_up(server: HTTPServer) -> None:
    """Close what is open; a connection that does not let go is left to the end of the process."""
    with suppress(TimeoutError):
        await asyncio.wait_for(server.close_all_connections(), _HANG_UP_S)


async def _patiently(call: Callable[[], Awaitable[None]], stop: asyncio.Event) -> bool:
    """Again and again while Telegram is out of reach; False where ``stop`` came first."""
    pause_s = 1.0
    while not stop.is_set():
        try:
            await call()
            return True
        except BadRequest:
            raise
        except (NetworkError, RetryAfter) as error:
            log.warning("telegram_unreachable", error=type(error).__name__)
        try:
            await asyncio.wait_for(stop.wait(), pause_s)
        except TimeoutError:
            pause_s = min(2 * pause_s, _MAX_PAUSE_S)
    return False


def webhook_application(
    application: TelegramApplication, address: WebhookAddress, metrics: Metrics
) -> Application:
    """What is served: one path, one method."""
    path = urlsplit(address.url).path or "/"
    parts = {"bot_application": application, "secret": address.secret}

    def called(handler: RequestHandler) -> None:
        metrics.called(handler.get_status())

    return Application([(path, UpdateHandler, parts)], log_function=called)


class UpdateHandler(RequestHandler):
    """Answers 200 once an update is claimed in the database; until then Telegram keeps it and repeats it."""

    SUPPORTED_METHODS = ("POST",)

    def initialize(self, bot_application: TelegramApplication, secret: str) -> None:
        self._bot_application = bot_application
        self._secret = secret.encode()

    async def post(self) -> None:
        given = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret):
            log.warning(
                "webhook_refused", secret="wrong" if given else "missing", peer=self.request.remote_ip
            )
            self.set_status(401)
            return
        update = self._read()
        if update is None:
            return
        try:
            await self._bot_application.update_queue.put(update)
        except NetworkError as error:
            log.error("update_not_claimed", update_id=update.update_id, error=str(error))
            self.set_status(503)

    def _read(self) -> Update | None:
        """None where nobody can read it: answered 200 all the same where Telegram itself sent it, since it
        would only be sent again."""
        try:
            data = json.loads(self.request.body)
            if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
                raise ValueError("no update")
        except ValueError:
            log.warning("webhook_body_unreadable", bytes=len(self.request.body))
            self.set_status(400)
            return None
        try:
            return Update.de_json(data, self._bot_application.bot)
        except Exception as error:  # whatever the library meets in a form that it does not know
            log.error("update_unreadable", update_id=data["update_id"], error=type(error).__name__)
            return None
