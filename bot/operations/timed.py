"""The parts that answer, with a stop watch on each seam: built by the wiring in place of the plain ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.answers import Answer, Reply
from bot.claims import Checker
from bot.operations.metrics import Metrics, Stage
from bot.telegram.core import AnsweringCore, DocumentLine, FullText
from bot.verdicts import Verdict
from retrieval.embedder import Embedder, Vectors, WrappedEmbedder
from retrieval.search import Searcher, SearchResult


class TimedEmbedder(WrappedEmbedder):
    """Times the embedding of questions; that of passages has its own progress bar."""

    def __init__(self, embedder: Embedder, metrics: Metrics) -> None:
        super().__init__(embedder)
        self._metrics = metrics

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        with self._metrics.stage(Stage.EMBEDDING):
            return self._embedder.embed_queries(texts)


class TimedSearcher(Searcher):
    def __init__(self, *parts: Any, metrics: Metrics, **more: Any) -> None:
        super().__init__(*parts, **more)
        self._metrics = metrics

    def search(self, question: str, **how: Any) -> SearchResult:
        with self._metrics.stage(Stage.SEARCH):
            return super().search(question, **how)


class TimedChecker(Checker):
    """Counts verdicts too."""

    def __init__(self, *parts: Any, metrics: Metrics) -> None:
        super().__init__(*parts)
        self._metrics = metrics

    def check(self, claim: str) -> Verdict:
        with self._metrics.stage(Stage.CHECK):
            verdict = super().check(claim)
        self._metrics.judged(verdict.judgement)
        return verdict


class TimedCore:
    """Counts what became of the questions too."""

    def __init__(self, core: AnsweringCore, metrics: Metrics) -> None:
        self._core = core
        self._metrics = metrics

    async def reply(self, chat: str, question: str, earlier: Sequence[str] | None = None) -> Reply:
        with self._metrics.stage(Stage.ANSWER):
            reply = await self._core.reply(chat, question, earlier)
        self._metrics.replied(reply)
        return reply

    def quoted(self, passage_id: str) -> Answer | None:
        return self._core.quoted(passage_id)

    def full_text(self, passage_id: str) -> FullText | None:
        return self._core.full_text(passage_id)

    def documents(self) -> tuple[DocumentLine, ...]:
        return self._core.documents()

    def examples(self) -> tuple[str, ...]:
        return self._core.examples()
