"""Days on which questions were asked, subscriptions to documents, corrections to many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HASH = sa.String(64)
MOMENT = sa.DateTime(timezone=True)
NUMBERED = {"sqlite_autoincrement": True}  # a number of a deleted row never comes back

DAY_IN_KAZAKHSTAN = {
    "sqlite": "date(at, '+5 hours')",
    "postgresql": "CAST(at AT TIME ZONE 'UTC' + INTERVAL '5 hours' AS date)",
}


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("chat_key", HASH, sa.ForeignKey("chats.key", ondelete="CASCADE"), nullable=False),
        sa.Column("document", sa.Text(), nullable=False, index=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("chat_key", "document"),
    )
    op.create_table(
        "campaigns",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", HASH, nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        **NUMBERED,
    )
    _days_of_questions()
    with op.batch_alter_table("deliveries", table_kwargs=NUMBERED) as deliveries:
        deliveries.add_column(sa.Column("bulk", sa.Boolean(), nullable=False, server_default=sa.false()))
        deliveries.add_column(sa.Column("campaign_id", BIG, nullable=True))
        deliveries.create_foreign_key(None, "campaigns", ["campaign_id"], ["id"], ondelete="SET NULL")
    op.create_index(op.f("ix_deliveries_campaign_id"), "deliveries", ["campaign_id"])


def _days_of_questions() -> None:
    op.add_column("questions", sa.Column("day", sa.Date(), nullable=True))
    op.execute(f"UPDATE questions SET day = {DAY_IN_KAZAKHSTAN[op.get_context().dialect.name]}")
    with op.batch_alter_table("questions", table_kwargs=NUMBERED) as questions:
        questions.alter_column("day", existing_type=sa.Date(), nullable=False)
    op.create_index(op.f("ix_questions_day"), "questions", ["day"])
