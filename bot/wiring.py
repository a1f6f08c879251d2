"""Builds every object once and in order. With ``__main__``, the only place that reads settings."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.answering import Answerer
from bot.citing import Citer
from bot.claims import Checker
from bot.composer import Composer
from bot.conflicts import Conflicts
from bot.core import Core
from bot.curated import CuratedAnswers
from bot.dialogue import Dialogue
from bot.eligibility import Eligibility
from bot.faq_match import FaqMatcher
from bot.operations.health import SYNC_MARK
from bot.operations.metrics import Metrics
from bot.operations.timed import TimedChecker, TimedEmbedder, TimedSearcher
from bot.smalltalk import load_smalltalk
from bot.staff_answers import Likeness, StaffAnswers
from config.settings import Settings
from knowledge.article_text import load_article_notes
from knowledge.asked import load_asked
from knowledge.catalog import Catalog, load_catalog
from knowledge.library import Library
from knowledge.successors import load_successors
from knowledge.sync import SyncEvent, SyncReport, sync
from retrieval.agreement import Wordings
from retrieval.answerability import load_answerability
from retrieval.asked_index import AskedIndex
from retrieval.embedder import Embedder, Progress, load_embedder
from retrieval.engine import Engine
from retrieval.entries import asked_of, entries_of
from retrieval.milvus_server import MilvusServer
from retrieval.milvus_store import MilvusStore
from retrieval.query_cache import RememberedQueries
from retrieval.search import Searcher
from retrieval.store import IndexStore, Opened
from retrieval.subjects import SubjectPrior
from retrieval.synonyms import load_synonyms

INDEX_FOLDER = "index"
FAISS = "faiss:"


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that is ready to answer."""

    core: Core
    answerer: Answerer
    searcher: Searcher
    library: Library
    catalog: Catalog
    embedder: Embedder
    opened: Opened[Engine]
    staff_answers: StaffAnswers
    checker: Checker
    metrics: Metrics


def clock_of(settings: Settings) -> Callable[[], date]:
    """Today, or the fixed day that TODAY names."""
    fixed = settings.today
    return (lambda: fixed) if fixed else date.today


class ClockError(Exception):
    """The machine's clock cannot be right; the message says why, and the way out."""


def refuse_wrong_clock(settings: Settings, catalog: Catalog) -> None:
    """What is in force is told by the day: one before the newest text would make every answer wrong.

    :raises ClockError: today is a day before that of the newest edition in the catalog.
    """
    newest = max(edition.day for document in catalog.documents for edition in document.editions)
    today = date.today()
    if settings.today is None and today < newest:
        raise ClockError(
            f"the clock of this machine says {today}, a day before the newest text ({newest}): answers about "
            "what is in force today would be wrong; set the clock, or TODAY"
        )


def bring_texts(
    settings: Settings,
    *,
    source: str | None = None,
    refresh: bool = False,
    progress: Callable[[SyncEvent], None] | None = None,
) -> SyncReport:
    """Sync the data folder. :raises knowledge.errors.SyncError: see ``knowledge.sync.sync``."""
    report = sync(
        load_catalog(),
        settings.data_dir,
        source=source or settings.source_url,
        timeout_s=settings.sync_timeout_s,
        attempts=settings.sync_attempts,
        max_bytes=settings.sync_max_bytes,
        refresh=refresh,
        progress=progress,
    )
    if report.complete:
        (settings.data_dir / SYNC_MARK).touch()
    return report


def build_checker(settings: Settings) -> Checker:
    """What ``check`` needs: the texts, no model and no index.

    :raises ClockError: see ``refuse_wrong_clock``.
    """
    catalog, notes, clock = load_catalog(), load_article_notes(), clock_of(settings)
    refuse_wrong_clock(settings, catalog)
    library = Library.load(catalog, settings.data_dir)
    return Checker(catalog, library, Citer(catalog, library, notes, clock), notes, load_successors(), clock)


def build_bot(
    settings: Settings,
    *,
    progress: Progress | None = None,
    rebuild: bool = False,
    metrics: Metrics | None = None,
) -> Bot:
    """Everything from texts to answers.

    :param metrics: where its parts count and time their work.
    :raises ClockError: see ``refuse_wrong_clock``.
    :raises retrieval.errors.EmbeddingError: the model cannot be loaded.
    :raises retrieval.errors.RetrievalError: INDEX_URL names a server, and it or its client is not there.
    :raises OSError: the index cannot be written.
    """
    store = _store(settings)  # first, since a server that is away is soon found out, and a model loads long
    catalog = load_catalog()
    refuse_wrong_clock(settings, catalog)
    clock, metrics = clock_of(settings), metrics or Metrics()
    library = Library.load(catalog, settings.data_dir)
    model = load_embedder(
        settings.embedding_model, backend=settings.embedding_backend, file=settings.embedding_file
    )
    embedder = TimedEmbedder(model, metrics)
    queries = RememberedQueries(embedder)
    entries = entries_of(library, catalog)
    opened = store.open(entries, embedder, progress, rebuild=rebuild)
    synonyms = load_synonyms()
    asked = AskedIndex.open(
        _index_folder(settings),
        asked_of(entries, load_asked()),
        embedder,
        opened.index.centring,
        Wordings(synonyms, opened.index.lexical.rarity),
        progress,
        rebuild=rebuild,
    )
    if asked is not None and asked.embedded:
        note = opened.note or f"{asked.embedded} questions that people ask are new"
        opened = replace(opened, embedded=opened.embedded + asked.embedded, note=note)
    searcher = TimedSearcher(
        entries,
        opened.index,
        queries,
        synonyms,
        prior=SubjectPrior(entries),
        asked=asked,
        metrics=metrics,
    )
    notes = load_article_notes()
    citer = Citer(catalog, library, notes, clock)
    truncated = frozenset(id for id, note in notes.items() if note.truncated)
    matcher = FaqMatcher(library.faq, synonyms, opened.index.lexical.rarity)
    answerability, successors = load_answerability(), load_successors()
    answerer = Answerer(
        catalog,
        library,
        searcher,
        Eligibility(searcher.passages, library, catalog, clock, truncated),
        answerability,
        CuratedAnswers(catalog, library, matcher, answerability),
        Composer(catalog, library, citer, successors, Conflicts(successors, notes), clock),
        load_smalltalk(),
        clock,
    )
    likeness = Likeness(synonyms, opened.index.lexical.rarity, queries.embed_queries)
    staff_answers = StaffAnswers(library, citer, likeness, matcher)
    core = Core(answerer, Dialogue(time.monotonic), citer, catalog, library, clock, staff_answers)
    checker = TimedChecker(catalog, library, citer, notes, successors, clock, metrics=metrics)
    return Bot(core, answerer, searcher, library, catalog, embedder, opened, staff_answers, checker, metrics)


def _store(settings: Settings) -> IndexStore | MilvusStore:
    """The index where INDEX_URL says; what a Milvus server holds is embedded in the data folder first."""
    store = IndexStore(_index_folder(settings))
    if settings.index_url.startswith(FAISS):
        return store
    token = settings.index_token.get_secret_value() if settings.index_token else None
    return MilvusStore(MilvusServer(settings.index_url, token, timeout_s=settings.index_timeout_s), store)


def _index_folder(settings: Settings) -> Path:
    """Where index files lie on this machine, whatever engine is asked."""
    named = settings.index_url.removeprefix(FAISS) if settings.index_url.startswith(FAISS) else ""
    return Path(named) if named else settings.data_dir / INDEX_FOLDER
