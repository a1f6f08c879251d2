"""Several processes on one database: whose turn it is in a chat, who leads; groups that moved.

``updates.chat_key`` is there while an update is unfinished; ``chats.moved_to``, of a group that moved.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

HASH = sa.String(64)


def upgrade() -> None:
    op.add_column("updates", sa.Column("chat_key", HASH, nullable=True))
    op.create_index(op.f("ix_updates_chat_key"), "updates", ["chat_key"])
    op.add_column("chats", sa.Column("moved_to", HASH, nullable=True))
    op.add_column("installation", sa.Column("leader", sa.Text(), nullable=True))
    op.add_column("installation", sa.Column("leads_until", sa.DateTime(timezone=True), nullable=True))
