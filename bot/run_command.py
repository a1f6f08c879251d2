"""``run`` with a token: the operations' port first, then texts, index, database, Telegram."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from telegram.error import BadRequest, InvalidToken

from bot.operations.health import Health
from bot.operations.metrics import Metrics
from bot.operations.server import observed
from bot.service import serve, webhook_address
from bot.storage.errors import StorageError
from bot.wiring import Bot
from config.settings import Settings, SettingsError


class CannotRun(Exception):
    """The bot does not start, or had to stop; ``status`` is the exit status of the process."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


class Build(Protocol):
    """Loads the model and the index, showing how far it is."""

    def __call__(self, settings: Settings, *, metrics: Metrics) -> Bot: ...


def run(settings: Settings, bring: Callable[[Settings], None], build: Build, *, webhook: bool) -> None:
    """Answer in Telegram until the process is told to stop.

    :raises CannotRun: with what an operator has to know.
    """
    if webhook:
        try:
            webhook_address(settings)  # before the minutes that sync and index may take
        except SettingsError as error:
            raise CannotRun(str(error), status=2) from error
    health = Health(Metrics(), settings.data_dir)
    with observed(health, settings.ops_host, settings.ops_port):
        health.waits_for("texts: being brought")
        bring(settings)
        health.waits_for("index: being loaded")
        bot = build(settings, metrics=health.metrics)
        health.waits_for("database: being opened")
        _serve(bot, settings, health, webhook=webhook)


def _serve(bot: Bot, settings: Settings, health: Health, *, webhook: bool) -> None:
    try:
        serve(bot, settings, health, webhook=webhook)
    except StorageError as error:
        raise CannotRun(str(error)) from error
    except InvalidToken as error:
        raise CannotRun(
            "TELEGRAM_TOKEN: Telegram does not know this token; wanted the one from @BotFather"
        ) from error
    except BadRequest as error:
        raise CannotRun(
            f"WEBHOOK_URL: Telegram does not take it ({error.message}); wanted a public https address"
        ) from error
    except OSError as error:
        if not webhook:
            raise
        raise CannotRun(
            f"WEBHOOK_PORT={settings.webhook_port}: {error.strerror}; wanted a free port"
        ) from error
