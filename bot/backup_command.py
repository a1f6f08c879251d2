"""``backup`` and ``restore``: what they do with the settings of a run."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot import backup, console
from bot.service import open_storage
from bot.storage.copying import PostgresCopy, SqliteCopy, copy_of
from config.settings import Settings


def save(settings: Settings, file: Path) -> None:
    """:raises StorageError: nothing was written."""
    made = backup.save(_copy(settings), settings.data_dir, file)
    console.say(f"{file}: {', '.join(made.parts)}")
    if not made.has_secret:
        console.complain("INSTALLATION_SECRET is not in it: nobody can read the backup without; keep it too")


def restore(settings: Settings, file: Path, *, replace: bool) -> None:
    """:raises StorageError: the way out is in the message."""
    brought = backup.load(file, _copy(settings), settings.data_dir, replace=replace)
    asyncio.run(_opened(settings))
    made_at = brought.made_at.isoformat(timespec="seconds")
    console.say(f"restored as of {made_at}; the next start builds the index")


async def _opened(settings: Settings) -> None:
    """Migrated, of this secret, and with nothing done twice that was done after the backup was made."""
    storage = await open_storage(settings)
    try:
        async with storage.transaction():
            await storage.updates.forget_unfinished()
            await storage.deliveries.doubt()
    finally:
        await storage.close()


def _copy(settings: Settings) -> SqliteCopy | PostgresCopy:
    url = settings.database_url.get_secret_value() if settings.database_url else None
    return copy_of(url, settings.data_dir)
