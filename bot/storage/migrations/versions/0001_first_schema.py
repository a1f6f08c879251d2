"""The first schema: turns, questions, votes, staff work, updates, deliveries, passages shown.

Names of keys and indexes come from the naming convention of the metadata.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()
HASH = sa.String(64)
WORD = sa.String(16)
MOMENT = sa.DateTime(timezone=True)
NUMBERED = {"sqlite_autoincrement": True}  # a number of a deleted row never comes back


def _column(name: str, kind: Any, *more: Any, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *more, **{"nullable": False} | options)


def _maybe(name: str, kind: Any, *more: Any, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *more, nullable=True, **options)


def _id() -> sa.Column[Any]:
    return sa.Column("id", BIG, primary_key=True, autoincrement=True)


def _part(name: str, of: str) -> sa.Column[Any]:
    return sa.Column(name, BIG, sa.ForeignKey(of, ondelete="CASCADE"), primary_key=True)


def _chat(**options: Any) -> sa.Column[Any]:
    return _column("chat_key", HASH, sa.ForeignKey("chats.key", ondelete="CASCADE"), **options)


def _maybe_question() -> sa.Column[Any]:
    return _maybe("question_id", BIG, sa.ForeignKey("questions.id", ondelete="SET NULL"), index=True)


def upgrade() -> None:
    _people()
    _questions()
    _staff()
    _sending()


def _people() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        _column("fingerprint", HASH),
    )
    op.create_table(
        "chats",
        sa.Column("key", HASH, primary_key=True),
        _column("sealed_id", sa.LargeBinary()),
        _maybe("blocked_at", MOMENT),
    )


def _questions() -> None:
    op.create_table(
        "turns",
        _id(),
        _column("chat_key", HASH),
        _maybe("person_key", HASH, index=True),
        _column("question", TEXT),
        _maybe("understood", TEXT),
        _column("passages", sa.JSON()),
        _column("at", MOMENT, index=True),
    )
    op.create_index(op.f("ix_turns_chat_key_at"), "turns", ["chat_key", "at"])
    op.create_table(
        "questions",
        _id(),
        _maybe("person_key", HASH, index=True),
        _maybe("chat_key", HASH),
        _maybe("text", TEXT),
        _maybe("understood", TEXT),
        _column("same_key", HASH, index=True),
        _column("status", WORD),
        _column("probability", sa.Double()),
        _column("elapsed_ms", sa.Double()),
        _column("at", MOMENT, index=True),
        **NUMBERED,
    )
    op.create_table(
        "question_passages",
        _part("question_id", "questions.id"),
        sa.Column("rank", sa.Integer(), primary_key=True, autoincrement=False),
        _column("passage_id", TEXT),
        _column("digest", HASH),
        _column("document", TEXT),
        _maybe("article", TEXT),
    )
    op.create_table(
        "question_messages",
        sa.Column("chat_key", HASH, primary_key=True),
        sa.Column("message_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        _column("question_id", BIG, sa.ForeignKey("questions.id", ondelete="CASCADE"), index=True),
        _column("ours", sa.Boolean()),
    )
    op.create_table(
        "feedback",
        _id(),
        _column("question_id", BIG, sa.ForeignKey("questions.id", ondelete="CASCADE")),
        _maybe("person_key", HASH, index=True),
        _column("vote", WORD),
        _maybe("reason", WORD),
        _column("at", MOMENT),
        sa.UniqueConstraint("question_id", "person_key"),
    )


def _staff() -> None:
    op.create_table(
        "cards",
        _id(),
        _maybe("person_key", HASH, index=True),
        _maybe("question", TEXT),
        _maybe("understood", TEXT),
        _column("passages", sa.JSON()),
        _column("embedding", sa.LargeBinary()),
        _column("asked", sa.Integer()),
        _column("state", WORD, index=True),
        _maybe("staff_message_id", sa.BigInteger(), unique=True),
        _column("opened_at", MOMENT),
        _maybe("settled_at", MOMENT),
        _maybe("settled_by", HASH),
        **NUMBERED,
    )
    op.create_table(
        "askers",
        _part("card_id", "cards.id"),
        sa.Column("person_key", HASH, primary_key=True, index=True),
        _chat(index=True),
        _maybe("reply_to", sa.BigInteger()),
        _maybe_question(),
    )
    op.create_table(
        "curated_answers",
        _id(),
        _column("text", TEXT),
        _column("questions", sa.JSON()),
        _column("folded", TEXT),
        _column("status", WORD, index=True),
        _maybe("reason", TEXT),
        _maybe("author", HASH),
        _column("created_at", MOMENT),
        _column("changed_at", MOMENT),
        **NUMBERED,
    )
    op.create_table(
        "curated_citations",
        _part("answer_id", "curated_answers.id"),
        sa.Column("rank", sa.Integer(), primary_key=True, autoincrement=False),
        _column("document", TEXT),
        _column("edition", TEXT),
        _maybe("article", TEXT),
        _maybe("point", TEXT),
        _column("passage_id", TEXT),
        _column("digest", HASH, index=True),
        _column("quote", TEXT),
    )
    op.create_table(
        "curated_changes",
        _id(),
        _column("answer_id", BIG, sa.ForeignKey("curated_answers.id", ondelete="CASCADE"), index=True),
        _column("kind", WORD),
        _maybe("by", HASH),
        _column("at", MOMENT),
        _maybe("reason", TEXT),
        _column("text", TEXT),
        _column("questions", sa.JSON()),
        _column("citations", sa.JSON()),
    )


def _sending() -> None:
    op.create_table(
        "updates",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        _column("at", MOMENT, index=True),
        _maybe("sealed_payload", sa.LargeBinary()),
        _column("holder", TEXT),
        _maybe("leased_until", MOMENT),
        _maybe("done_at", MOMENT),
    )
    op.create_table(
        "deliveries",
        _id(),
        _chat(),
        _column("dedupe_key", TEXT, unique=True),
        _column("kind", TEXT),
        _maybe("payload", TEXT),
        _maybe("reply_to", sa.BigInteger()),
        _maybe_question(),
        _column("state", WORD),
        _column("attempts", sa.Integer()),
        _column("in_doubt", sa.Boolean()),
        _maybe("holder", TEXT),
        _maybe("leased_until", MOMENT),
        _column("due_at", MOMENT),
        _maybe("error", TEXT),
        _maybe("message_id", sa.BigInteger()),
        _column("owed_at", MOMENT),
        _maybe("settled_at", MOMENT),
        **NUMBERED,
    )
    op.create_index(op.f("ix_deliveries_state_due_at"), "deliveries", ["state", "due_at"])
    op.create_index(op.f("ix_deliveries_chat_key_state"), "deliveries", ["chat_key", "state"])
    op.create_table(
        "sent_passages",
        _id(),
        _chat(index=True),
        _column("passage_id", TEXT),
        _column("digest", HASH),
        _column("document", TEXT),
        _maybe("article", TEXT),
        _column("at", MOMENT, index=True),
    )
    op.create_index(op.f("ix_sent_passages_digest_at"), "sent_passages", ["digest", "at"])
    op.create_index(
        op.f("ix_sent_passages_document_article_at"), "sent_passages", ["document", "article", "at"]
    )
