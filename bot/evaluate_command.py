"""``python -m bot evaluate``: how well passages are found, on the live texts or on any collection."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot import console
from bot.question_set import AskedQuestion, read_questions
from bot.wiring import Bot
from config.settings import Settings
from retrieval.collections import Judgements, read_collection
from retrieval.embedder import Progress, load_embedder
from retrieval.embedding_cache import CachedEmbedder
from retrieval.evaluation import ABLATIONS, DEPTH, NAMES, Ranking, Scorecard, compare, score
from retrieval.search import Searcher
from retrieval.store import IndexStore
from retrieval.synonyms import load_synonyms
from retrieval.tuning import Tuning

CACHE_FOLDER = "embeddings"
RIGHT = "right"
"""Stands in a ranking for the first passage that answers; one right place is enough."""


@dataclass(frozen=True, slots=True)
class CollectionFiles:
    """JSON lines of passages and of queries, and their judgements; KazQAD's own files as they are."""

    passages: Path
    queries: Path
    qrels: Path


@dataclass(frozen=True, slots=True)
class Measured:
    """The whole ranking first, then with a part changed; ``kinds``: of the questions that have one."""

    cards: tuple[Scorecard, ...]
    kinds: Mapping[str, str]


Ranker = Callable[[Tuning], Mapping[str, Ranking]]


def evaluate_questions(bot: Bot, questions: Sequence[AskedQuestion], *, ablate: bool) -> Measured:
    """A question set on the texts that the bot holds.

    Curated answers are left out: what is measured is the search in the texts.
    """
    asked = {question.id: _made_whole(bot, question) for question in questions}
    gold = {question.id: question for question in questions}

    def ranker(tuning: Tuning) -> Mapping[str, Ranking]:
        bot.searcher.retune(tuning)
        return {id: _judged(bot, text, gold[id]) for id, text in asked.items()}

    cards = _cards(ranker, {question.id: {RIGHT: 1} for question in questions}, ablate=ablate)
    bot.searcher.retune(Tuning())
    return Measured(cards, {question.id: question.kind for question in questions})


def evaluate_collection(
    settings: Settings, files: CollectionFiles, *, ablate: bool, progress: Progress | None = None
) -> Measured:
    """Any collection, in an index that is thrown away; its vectors are kept in the data folder.

    :raises EvaluationError: a file is unreadable or in an unknown form.
    :raises EmbeddingError: the model cannot be loaded.
    """
    collection = read_collection(files.passages, files.queries, files.qrels)
    embedder = CachedEmbedder(load_embedder(settings.embedding_model), settings.data_dir / CACHE_FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        index = IndexStore(Path(folder)).open(collection.entries, embedder, progress).index
        searcher = Searcher(collection.entries, index, embedder, load_synonyms())

        def ranker(tuning: Tuning) -> Mapping[str, Ranking]:
            searcher.retune(tuning)
            return {
                question: [hit.passage.id for hit in searcher.search(text, limit=DEPTH).hits]
                for question, text in collection.questions.items()
            }

        cards = _cards(ranker, collection.judgements, ablate=ablate)
    embedder.save()
    return Measured(cards, collection.kinds)


def show(measured: Measured, out: Console | None = None) -> None:
    """Tables on standard output: by part switched off, and by kind of question."""
    out = out or Console()
    whole = measured.cards[0]
    table = _table(f"{len(whole.questions)} questions", "ranking")
    if len(measured.cards) > 1:
        table.add_column("nDCG@10 to all parts, 95 %", justify="right")
    for card in measured.cards:
        row = [card.name, *map(_figure, card.means())]
        if card is not whole:
            found = compare(whole, card)
            row.append(f"{found.mean:+.4f}  [{found.low:+.4f}, {found.high:+.4f}]")
        table.add_row(*row)
    out.print(table)
    kinds = Counter(measured.kinds.values())
    if kinds:
        by_kind = _table("by kind of question, all parts", "kind")
        for kind, count in sorted(kinds.items()):
            of_kind = [question for question, found in measured.kinds.items() if found == kind]
            by_kind.add_row(f"{kind} ({count})", *map(_figure, whole.means(of_kind)))
        out.print(by_kind)


def evaluate(
    settings: Settings,
    questions: Path | None,
    files: Sequence[Path],
    *,
    ablate: bool,
    build: Callable[[], Bot],
) -> None:
    """The command's body. :param files: passages, queries and qrels, where there are no ``questions``."""
    if questions is not None:
        asked = read_questions(questions)
        measured = evaluate_questions(build(), asked, ablate=ablate)
    else:
        with console.Bar("embedding passages") as bar:
            measured = evaluate_collection(
                settings, CollectionFiles(*files), ablate=ablate, progress=bar.update
            )
    show(measured)


def _cards(ranker: Ranker, judgements: Judgements, *, ablate: bool) -> tuple[Scorecard, ...]:
    whole = Tuning()
    variants = [("all parts", whole)]
    if ablate:
        variants += [(name, change(whole)) for name, change in ABLATIONS]
    return tuple(score(name, ranker(tuning), judgements) for name, tuning in variants)


def _made_whole(bot: Bot, question: AskedQuestion) -> str:
    """The last turn as the bot understands it after the ones before."""
    chat = f"evaluate {question.id}"
    for turn in question.turns[:-1]:
        bot.core.reply_now(chat, turn)
    return bot.core.understood(chat, question.turns[-1]) or question.turns[-1]


def _judged(bot: Bot, text: str, question: AskedQuestion) -> Ranking:
    """Ids of the passages found, the first right one under the name of RIGHT, further right ones left out."""
    ranking: list[str] = []
    for hit in bot.answerer.find(text)[1].hits:
        right = any(gold.fits(hit.passage) for gold in question.gold)
        if not right or RIGHT not in ranking:
            ranking.append(RIGHT if right else hit.passage.id)
    return ranking


def _table(title: str, first: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for name in NAMES:
        table.add_column(name, justify="right")
    return table


def _figure(value: float) -> str:
    return f"{value:.4f}"
