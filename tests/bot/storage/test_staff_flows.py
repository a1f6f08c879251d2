"""The staff's flows once more, end to end on PostgreSQL; their own tests run them on SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.storage.storage import Storage
from tests.bot import staff_case, test_staff_answers, test_staff_cards, test_staff_corrections
from tests.bot.storage.conftest import admin
from tests.bot.telegram_running import SECRET

COUNT_FROM_ONE = """
DO $$ DECLARE found record; BEGIN
FOR found IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
EXECUTE format('ALTER SEQUENCE %I RESTART', found.sequencename);
END LOOP; END $$
"""

Flow = Callable[[Path], Awaitable[None]]

FLOWS: tuple[Flow, ...] = (
    test_staff_cards.test_a_reply_to_the_card_answers_everybody_under_his_own_question,
    test_staff_answers.test_a_kept_answer_is_given_at_once_to_the_next_one_who_asks,
    test_staff_answers.test_a_retired_answer_is_given_no_more_and_keeps_its_history,
    test_staff_corrections.test_a_correction_is_counted_and_shown_before_it_goes_to_anybody,
)


@pytest.fixture
def engine() -> str:
    return "postgresql"


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.__name__.removeprefix("test_"))
async def test_on_postgresql_too(
    flow: Flow, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await admin(url, COUNT_FROM_ONE)  # the flows know card № 1

    @asynccontextmanager
    async def storage_on(folder: Path) -> AsyncIterator[Storage]:
        storage = await Storage.open(url, folder, SECRET)
        try:
            yield storage
        finally:
            await storage.close()

    monkeypatch.setattr(staff_case, "storage_in", storage_on)
    await flow(tmp_path)
