"""The Telegram service: its database, what its handlers are handed, and its life from start to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import structlog

from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.operations.health import Health
from bot.operations.metrics import Metrics
from bot.operations.timed import TimedCore
from bot.storage.damage import set_damaged_aside
from bot.storage.people import installation_secret
from bot.storage.storage import Storage
from bot.telegram.application import ALLOWED_UPDATES, TelegramApplication, build_application
from bot.telegram.dependencies import Dependencies, StaffRoom
from bot.telegram.journalists.watching import announce_new_texts
from bot.telegram.outgoing import Outgoing
from bot.telegram.webhook import WebhookAddress, run_webhook, stopped_by_signals
from bot.threads import keep_loop_free
from bot.wiring import Bot, clock_of
from config.settings import Settings, SettingsError
from knowledge.library import Library

log = structlog.get_logger()


def serve(bot: Bot, settings: Settings, health: Health, *, webhook: bool = False) -> None:
    """Answer until the process is told to stop; the database is opened before and closed after.

    :param webhook: Telegram calls this process, which else polls Telegram.
    :raises bot.storage.errors.StorageError: the database cannot be used.
    :raises telegram.error.InvalidToken: Telegram does not know the token.
    :raises telegram.error.BadRequest: Telegram does not take the webhook's address.
    :raises OSError: the webhook's port cannot be had.
    """
    assert settings.telegram_token is not None
    with asyncio.Runner() as runner:
        keep_loop_free(runner.get_loop())
        storage = runner.run(open_whole_storage(settings))
        try:
            application = build_application(
                dependencies_of(bot, storage, settings),
                token=settings.telegram_token.get_secret_value(),
                api_url=settings.telegram_api_url,
            )
            runner.run(announce_new_texts(bot.library, storage, settings.data_dir, clock_of(settings)()))
            ready = partial(health.serving, runner.get_loop(), storage)
            if webhook:
                runner.run(_called(application, webhook_address(settings), bot.metrics, ready))
            else:
                log.info("polling", api=settings.telegram_api_url)
                ready()
                # on the runner's loop; a Telegram that can't be reached yet is waited for
                application.run_polling(
                    allowed_updates=list(ALLOWED_UPDATES), bootstrap_retries=-1, close_loop=False
                )
        finally:
            health.waits_for("stopping")
            runner.run(storage.close())


async def _called(
    application: TelegramApplication, address: WebhookAddress, metrics: Metrics, ready: Callable[[], None]
) -> None:
    await run_webhook(application, address, metrics, stopped_by_signals(), ready)


def webhook_address(settings: Settings) -> WebhookAddress:
    """:raises SettingsError: what a webhook needs is not set."""
    url, secret = settings.webhook_url, settings.webhook_secret
    if url is None or secret is None:
        missing = {"WEBHOOK_URL": url, "WEBHOOK_SECRET": secret}
        wanted = {
            "WEBHOOK_URL": "the public https address at which Telegram calls this bot",
            "WEBHOOK_SECRET": "16 to 256 letters, digits, _ and -",
        }
        lines = [
            f"{name}: not set; run --webhook wants {wanted[name]}" for name in missing if not missing[name]
        ]
        raise SettingsError("\n".join(lines))
    return WebhookAddress(url, secret.get_secret_value(), settings.webhook_host, settings.webhook_port)


async def open_storage(settings: Settings) -> Storage:
    """:raises bot.storage.errors.StorageError: the database, or the installation's secret, cannot be used."""
    url = settings.database_url.get_secret_value() if settings.database_url else None
    secret = installation_secret(settings.data_dir, settings.installation_secret)
    retention = timedelta(days=settings.retention_days)
    lease = timedelta(seconds=settings.lease_s)
    return await Storage.open(
        url, settings.data_dir, secret, retention=retention, holder=settings.replica, lease=lease
    )


async def open_whole_storage(settings: Settings) -> Storage:
    """As ``open_storage``; a damaged SQLite file is set aside first, which the log and the staff are told.

    :raises bot.storage.errors.StorageError: as ``open_storage``; the damaged file cannot be moved.
    """
    url = settings.database_url.get_secret_value() if settings.database_url else None
    aside = set_damaged_aside(url, settings.data_dir)
    storage = await open_storage(settings)
    if aside is None:
        return storage
    log.error(
        "database_damaged",
        kept_as=str(aside),
        meaning="The database file is damaged. It was set aside and a new, empty one is in use: questions, "
        "answers of staff and messages owed until now are in the file set aside and nowhere else. "
        "Stop the bot and bring back a copy, or recover the rows with `sqlite3 FILE .recover`.",
    )
    if settings.staff_chat_id is not None:
        await storage.deliveries.owe(
            settings.staff_chat_id,
            Outgoing(escape(say.DATABASE_DAMAGED)).to_json(),
            dedupe_key=f"damaged:{aside.name}",
            kind="staff",
        )
    return storage


def dependencies_of(bot: Bot, storage: Storage, settings: Settings) -> Dependencies:
    """What the handlers are handed."""
    return Dependencies(
        core=TimedCore(bot.core, bot.metrics),
        checker=bot.checker,
        storage=storage,
        searcher=bot.searcher,
        library=bot.library,
        catalog=bot.catalog,
        staff=StaffRoom(settings.staff_chat_id, frozenset(settings.staff_ids)),
        today=clock_of(settings),
        questions_per_minute=settings.max_questions_per_minute,
        staff_answers=bot.staff_answers,
        held=partial(Library.load, bot.catalog, settings.data_dir),
        metrics=bot.metrics,
        max_question_age=timedelta(minutes=settings.max_question_age_minutes),
    )
