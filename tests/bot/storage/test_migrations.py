"""From one schema to the next."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage import Storage, StorageError
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.people import Keys
from bot.storage.tables import Base
from bot.storage.values import DayCount, FeedbackCount
from tests.bot.storage.samples import AIGUL, SECRET, HandClock

KEYS = Keys(SECRET)


def engine_of(url: str) -> AsyncEngine:
    return create_async_engine(make_url(url), poolclass=NullPool)


async def fill_first_schema(url: str) -> None:
    """What the first program left behind: a question with all that hangs on it, a delivery owed."""
    person, chat = KEYS.person(AIGUL), KEYS.chat(AIGUL)
    rows: tuple[tuple[str, dict[str, object]], ...] = (
        ("chats (key, sealed_id)", {"key": chat, "sealed": KEYS.seal_number(AIGUL)}),
        (
            "questions (id, person_key, chat_key, text, same_key, status, probability, elapsed_ms, at)",
            {
                "id": 41,
                "p": person,
                "c": chat,
                "t": "Сұрақ",
                "s": "s",
                "st": "answered",
                "pr": 0.5,
                "ms": 9.5,
            },
        ),
        (
            "question_passages (question_id, rank, passage_id, digest, document, article)",
            {"q": 41, "r": 0, "i": "p", "d": "d", "doc": "law-assembly", "a": "9"},
        ),
        (
            "question_messages (question_id, chat_key, message_id, ours)",
            {"q": 41, "c": chat, "m": 7, "o": True},
        ),
        (
            "feedback (question_id, person_key, vote, at)",
            {"q": 41, "p": person, "v": "up"},
        ),
        (
            "deliveries (chat_key, dedupe_key, kind, payload, question_id, state, attempts, in_doubt,"
            " due_at, owed_at)",
            {"c": chat, "k": "u:1", "ki": "answer", "pa": "{}", "q": 41, "st": "owed", "at": 0, "d": False},
        ),
    )
    moment = {"sqlite": "'2026-11-02 19:30:00.000000'", "postgresql": "TIMESTAMPTZ '2026-11-03 00:30:00+05'"}
    engine = engine_of(url)
    async with engine.begin() as connection:
        for target, values in rows:
            names = [f":{name}" for name in values]
            names += [moment[engine.dialect.name]] * (target.count(",") + 1 - len(names))
            await connection.execute(text(f"INSERT INTO {target} VALUES ({', '.join(names)})"), values)
    await engine.dispose()


async def test_a_database_of_the_first_schema_keeps_its_rows(
    empty_url: str, tmp_path: Path, clock: HandClock
) -> None:
    await migrate(make_url(empty_url), "0001")
    await fill_first_schema(empty_url)
    storage = await Storage.open(empty_url, tmp_path, SECRET, clock=clock)
    kept = await storage.questions.by_message(AIGUL, 7)
    assert kept is not None
    assert (kept.id, kept.text, [passage.id for passage in kept.passages]) == (41, "Сұрақ", ["p"])
    counted = await storage.statistics.between(date(2026, 11, 2), date(2026, 11, 3))
    # half past seven in the evening of the 2nd in UTC is after midnight in Kazakhstan
    assert counted.days == (DayCount(date(2026, 11, 2)), DayCount(date(2026, 11, 3), answered=1))
    assert counted.feedback == FeedbackCount(up=1)
    clock.move(days=1)
    (delivery,) = await storage.deliveries.due()
    assert (delivery.chat_id, delivery.dedupe_key, delivery.question_id) == (AIGUL, "u:1", 41)
    forgotten = await storage.privacy.forget(AIGUL)
    await storage.close()
    assert (forgotten.questions, forgotten.votes, forgotten.owed) == (1, 1, 1)


async def test_the_migrations_make_the_tables_that_the_program_uses(url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    engine = engine_of(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(differences)
    await engine.dispose()
    assert found == []


async def test_an_sqlite_table_never_gives_a_number_twice(sqlite_template: Path) -> None:
    opened = engine_of(f"sqlite+aiosqlite:///{sqlite_template}")
    statement = text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' ORDER BY name")
    async with opened.connect() as connection:
        names = list(await connection.scalars(statement))
    await opened.dispose()
    assert names == ["campaigns", "cards", "curated_answers", "deliveries", "questions"]


async def test_a_migration_that_is_done_twice_changes_nothing(url: str, tmp_path: Path) -> None:
    for _ in range(2):
        database = await Database.open(url, tmp_path)
        await database.close()
    opened = engine_of(url)
    async with opened.connect() as connection:
        versions = list(await connection.scalars(text("SELECT version_num FROM alembic_version")))
    await opened.dispose()
    assert versions == ["0003"]


async def test_replicas_that_start_together_migrate_one_after_the_other(
    empty_url: str, tmp_path: Path
) -> None:
    opened = await asyncio.gather(*(Storage.open(empty_url, tmp_path, SECRET) for _ in range(4)))
    claims = await asyncio.gather(*(storage.updates.claim(1) for storage in opened))
    await asyncio.gather(*(storage.close() for storage in opened))
    assert claims.count(None) == 3


async def test_a_step_that_fails_leaves_the_schema_that_was_there(empty_url: str, tmp_path: Path) -> None:
    await migrate(make_url(empty_url), "0001")
    opened = engine_of(empty_url)
    async with opened.begin() as connection:
        await connection.execute(text("CREATE TABLE campaigns (id INTEGER)"))  # in the way of the next step
    with pytest.raises(StorageError, match="campaigns"):
        await Database.open(empty_url, tmp_path)
    async with opened.connect() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        version = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    await opened.dispose()
    assert version == "0001"
    assert "subscriptions" not in tables


async def test_a_database_of_a_newer_program_is_left_alone(empty_url: str, tmp_path: Path) -> None:
    await migrate(make_url(empty_url))
    opened = engine_of(empty_url)
    async with opened.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await opened.dispose()
    with pytest.raises(StorageError, match=r"9999.*run the newest program"):
        await Database.open(empty_url, tmp_path)
