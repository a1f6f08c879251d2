"""The Telegram service: its database, what its handlers are handed, and its life from start to stop."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.storage.damage import set_damaged_aside
from bot.storage.people import installation_secret
from bot.storage.storage import Storage
from bot.telegram.application import ALLOWED_UPDATES, build_application
from bot.telegram.dependencies import Dependencies, StaffRoom
from bot.telegram.journalists.watching import announce_new_texts
from bot.telegram.outgoing import Outgoing
from bot.wiring import Bot, clock_of
from config.settings import Settings

log = structlog.get_logger()


def serve(bot: Bot, settings: Settings) -> None:
    """Poll Telegram until the process is told to stop; the database is opened before and closed after.

    :raises bot.storage.errors.StorageError: the database cannot be used.
    :raises telegram.error.InvalidToken: Telegram does not know the token.
    """
    assert settings.telegram_token is not None
    with asyncio.Runner() as runner:
        storage = runner.run(open_whole_storage(settings))
        try:
            application = build_application(
                dependencies_of(bot, storage, settings),
                token=settings.telegram_token.get_secret_value(),
                api_url=settings.telegram_api_url,
            )
            runner.run(announce_new_texts(bot.library, storage, settings.data_dir, clock_of(settings)()))
            log.info("polling", api=settings.telegram_api_url)
            # on the runner's loop; a Telegram that can't be reached yet is waited for
            application.run_polling(
                allowed_updates=list(ALLOWED_UPDATES), bootstrap_retries=-1, close_loop=False
            )
        finally:
            runner.run(storage.close())


async def open_storage(settings: Settings) -> Storage:
    """:raises bot.storage.errors.StorageError: the database, or the installation's secret, cannot be used."""
    url = settings.database_url.get_secret_value() if settings.database_url else None
    secret = installation_secret(settings.data_dir, settings.installation_secret)
    retention = timedelta(days=settings.retention_days)
    return await Storage.open(url, settings.data_dir, secret, retention=retention)


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
        core=bot.core,
        checker=bot.checker,
        storage=storage,
        searcher=bot.searcher,
        library=bot.library,
        catalog=bot.catalog,
        staff=StaffRoom(settings.staff_chat_id, frozenset(settings.staff_ids)),
        today=clock_of(settings),
        questions_per_minute=settings.max_questions_per_minute,
        staff_answers=bot.staff_answers,
    )
