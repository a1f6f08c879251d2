"""Which secret a database belongs to."""

from __future__ import annotations

from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.errors import SecretMismatch
from bot.storage.tables import InstallationRow


async def belongs_to(database: Database, fingerprint: str) -> None:
    """Claim a new database for this secret; refuse one of another secret.

    Under another secret nobody could be told from anybody, and what is owed could not be sent.

    :raises SecretMismatch: it was made under another secret.
    """
    async with database.write() as session:
        statement = database.insert(InstallationRow).values(id=1, fingerprint=fingerprint)
        await session.execute(statement.on_conflict_do_nothing())
        kept = await session.scalar(select(InstallationRow.fingerprint))
    if kept != fingerprint:
        raise SecretMismatch(
            "the database was made under another installation secret; wanted the same INSTALLATION_SECRET, "
            "or the same installation.key in the data folder, for every replica and after every move"
        )
