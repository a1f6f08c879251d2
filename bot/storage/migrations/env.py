"""Run by Alembic, with the connection, the lock and the transaction of ``bot.storage.migrate``."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table only by copying it
)
context.run_migrations()
