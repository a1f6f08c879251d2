"""The figures of one process, in Prometheus' text format."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.answers import Answer, NoAnswer, Reply
from bot.storage.values import Load, QuestionStatus
from bot.verdicts import Judgement

_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Stage(StrEnum):
    """Where the time of a question goes. ``SEARCH`` holds its ``EMBEDDING``, ``ANSWER`` holds both.

    ``SEND`` is Telegram's part; ``CHECK`` is the whole of checking a claim.
    """

    EMBEDDING = "embedding"
    SEARCH = "search"
    ANSWER = "answer"
    CHECK = "check"
    SEND = "send"


class Metrics:
    """Counts from the start of the process on. Safe to use from any thread."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._stages = Histogram(
            "assembly_stage_seconds",
            "Time by stage; search holds embedding, answer holds search.",
            ["stage"],
            buckets=_BUCKETS_S,
            registry=registry,
        )
        self._questions = Counter(
            "assembly_questions", "Questions by what became of them.", ["status"], registry=registry
        )
        self._verdicts = Counter(
            "assembly_verdicts", "Checked claims by verdict.", ["verdict"], registry=registry
        )
        self._deliveries = Counter(
            "assembly_deliveries", "Attempts to send by outcome.", ["outcome"], registry=registry
        )
        self._skipped = Counter(
            "assembly_questions_skipped", "Questions too old after a downtime.", registry=registry
        )
        self._webhook = Counter(
            "assembly_webhook_calls", "Calls of the webhook by status.", ["code"], registry=registry
        )
        self._queues = Gauge(
            "assembly_queue_length",
            "What waits in the database: staff's open cards, messages owed, updates in work.",
            ["queue"],
            registry=registry,
        )
        self._database = Gauge("assembly_database_up", "1: the database answers.", registry=registry)
        self._sync_age = Gauge(
            "assembly_sync_age_seconds", "Since the texts were last found complete.", registry=registry
        )
        # series that are there from the start: an alert on a rate has to see the first increase
        for stage in Stage:
            self._stages.labels(stage.value)
        for status in (QuestionStatus.ANSWERED, QuestionStatus.REFUSED, QuestionStatus.SMALLTALK):
            self._questions.labels(status.value)
        for judgement in Judgement:
            self._verdicts.labels(judgement.value)
        for outcome in ("sent", "postponed", "blocked", "failed"):
            self._deliveries.labels(outcome)

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Time the block; one that fails counts too."""
        started_s = time.perf_counter()
        try:
            yield
        finally:
            self._stages.labels(stage.value).observe(time.perf_counter() - started_s)

    def replied(self, reply: Reply) -> None:
        status = QuestionStatus.SMALLTALK
        if isinstance(reply, Answer):
            status = QuestionStatus.ANSWERED
        elif isinstance(reply, NoAnswer):
            status = QuestionStatus.REFUSED
        self._questions.labels(status.value).inc()

    def judged(self, judgement: Judgement) -> None:
        self._verdicts.labels(judgement.value).inc()

    def delivered(self, outcome: str) -> None:
        """:param outcome: sent, postponed, blocked or failed."""
        self._deliveries.labels(outcome).inc()

    def skipped(self) -> None:
        self._skipped.inc()

    def called(self, code: int) -> None:
        """The webhook answered a call with this status."""
        self._webhook.labels(str(code)).inc()

    def text(self, load: Load | None, sync_age_s: float | None) -> bytes:
        """The page for Prometheus.

        :param load: None: the database does not answer.
        :param sync_age_s: None: the texts were never complete; the gauge is then NaN.
        """
        self._database.set(0 if load is None else 1)
        waiting = {
            "staff": load.staff_cards if load else None,
            "deliveries": load.deliveries if load else None,
            "updates": load.updates if load else None,
        }
        for queue, length in waiting.items():
            self._queues.labels(queue).set(float("nan") if length is None else length)
        self._sync_age.set(float("nan") if sync_age_s is None else sync_age_s)
        return generate_latest(self._registry)
