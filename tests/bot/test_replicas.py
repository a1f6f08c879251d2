"""Three real bots behind a balancer on one PostgreSQL, one killed with -9 in the middle of a burst."""

from __future__ import annotations

import asyncio
import json
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.bot.replicas_case import CHATS, QUESTIONS, SECRET, TOKEN, Outcome, outcome_of
from tests.postgres import PostgresServer


@pytest.fixture(scope="module")
def outcome(postgres: PostgresServer, real_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """In a thread, so that the loops of the tests are left alone."""
    work = tmp_path_factory.mktemp("replicas")
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, outcome_of(postgres, real_folder, work)).result()


def test_every_question_is_answered_exactly_once(outcome: Outcome) -> None:
    answers = Counter(
        (chat, message.reply_to) for chat in CHATS for message in outcome.sent[chat][: len(QUESTIONS)]
    )
    assert answers == Counter(outcome.asked)


def test_nothing_is_sent_after_the_last_answer(outcome: Outcome) -> None:
    assert {len(messages) for messages in outcome.sent.values()} == {len(QUESTIONS) + 1}


def test_the_answers_of_a_chat_come_in_the_order_of_its_questions(outcome: Outcome) -> None:
    for messages in outcome.sent.values():
        replies = [message.reply_to for message in messages[: len(QUESTIONS)]]
        assert replies == sorted(replies, key=lambda number: number or 0)


def test_one_replica_was_killed_and_the_others_stopped_well(outcome: Outcome) -> None:
    assert outcome.exits == (-signal.SIGKILL, 0, 0)


def test_what_the_killed_replica_had_in_work_was_taken_over(outcome: Outcome) -> None:
    assert sum(row["count"] for row in outcome.events("updates_taken_over")) >= 1


def test_calls_without_the_secret_get_401_from_each_replica_and_nothing_is_done(outcome: Outcome) -> None:
    assert outcome.refused == (401,) * 6
    assert outcome.after_strangers == 0


def test_every_line_of_the_logs_is_one_json_object_with_an_event_and_a_level(outcome: Outcome) -> None:
    for log in outcome.logs:
        rows = [json.loads(line) for line in log.splitlines()]
        assert all({"event", "level", "timestamp"} <= set(row) for row in rows)


def test_no_line_of_the_logs_holds_the_token_the_secret_or_words_of_a_question(outcome: Outcome) -> None:
    written = "".join(outcome.logs)
    assert written
    for hidden in (TOKEN, TOKEN.partition(":")[2], SECRET, *QUESTIONS, *_words(QUESTIONS)):
        assert hidden not in written


def test_each_answer_is_logged_with_the_number_of_its_update(outcome: Outcome) -> None:
    rows = outcome.events("question_answered")
    assert len({row["update_id"] for row in rows}) >= len(outcome.asked) - len(QUESTIONS)
    assert all(isinstance(row["update_id"], int) for row in rows)


def test_the_replicas_that_lived_have_counted_and_timed_their_work(outcome: Outcome) -> None:
    for figures in outcome.figures:
        for stage in ("embedding", "search", "answer", "send"):
            assert figures[f'assembly_stage_seconds_count{{stage="{stage}"}}'] > 0
        assert figures['assembly_questions_total{status="answered"}'] > 0
        assert figures['assembly_webhook_calls_total{code="401"}'] > 0
        assert figures["assembly_database_up"] == 1
        assert figures['assembly_queue_length{queue="deliveries"}'] == 0


def _words(questions: tuple[str, ...]) -> set[str]:
    """The longer ones: short ones stand in other lines too."""
    return {word.strip("?") for question in questions for word in question.split() if len(word) > 6}
