"""The ablation tables of ``docs/quality.md``, as Markdown.

    python -m tests.benchmarks.ablation [--collection PASSAGES QUERIES QRELS]

By default the collection is the KazQAD validation part in ``../shared/eval``, beside the checkout. The
questions of ``tests/data/questions.jsonl`` are asked by halves; only the fitted one was looked at while the
search was tuned.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.evaluate_command import (
    CACHE_FOLDER,
    CollectionFiles,
    Measured,
    evaluate_collection,
    evaluate_questions,
)
from bot.question_set import read_questions
from bot.wiring import build_bot
from config.settings import Settings, load_settings
from retrieval.collections import read_collection
from retrieval.embedder import load_embedder
from retrieval.embedding_cache import CachedEmbedder
from retrieval.evaluation import NAMES, compare, evaluate
from retrieval.search import Searcher
from retrieval.store import build_index
from retrieval.synonyms import load_synonyms
from retrieval.tuning import Tuning
from tests.benchmarks.question_set import DATA, read_rows

EVAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "eval"
KAZQAD = (
    EVAL / "kazqad-validation.jsonl",
    EVAL / "kazqad-validation.jsonl",
    EVAL / "kazqad-validation-qrels.tsv",
)
LETTERS = "абвгғдежзийкқлмнңоөпрстуұүфхһцчшыіэюя"
LONG = 6


def misspelt(text: str, words: int, seed: str) -> str:
    """One letter left out, changed, added or swapped with the next in each of a few long words."""
    chance = random.Random(seed)
    parts = text.split()
    long = [at for at, part in enumerate(parts) if len(part.strip("?!.,«»")) >= LONG]
    for at in chance.sample(long, min(words, len(long))):
        word = parts[at]
        place = chance.randrange(1, len(word.rstrip("?!.,«»")) - 1)
        before, letter, after = word[:place], word[place], word[place + 1 :]
        other = chance.choice(LETTERS)
        left_out, changed, added = before + after, before + other + after, before + other + letter + after
        parts[at] = chance.choice([left_out, changed, added, before + after[0] + letter + after[1:]])
    return " ".join(parts)


def typo_rows(settings: Settings, files: Sequence[Path]) -> list[str]:
    """The collection with misspelt questions, typo matching on and off."""
    collection = read_collection(*files)
    embedder = CachedEmbedder(load_embedder(settings.embedding_model), settings.data_dir / CACHE_FOLDER)
    texts = [key for entry in collection.entries for key in entry.keys]
    texts += [sentence for entry in collection.entries for sentence in entry.sentences]
    index = build_index(collection.entries, embedder.embed_passages(texts), embedder)
    searcher = Searcher(collection.entries, index, embedder, load_synonyms())
    rows = [
        "| misspelt words a question | typo matching | without | difference, 95 % |",
        "| --- | --- | --- | --- |",
    ]
    for words in (1, 3):
        asked = {id: misspelt(text, words, id) for id, text in collection.questions.items()}
        searcher.retune(Tuning())
        whole = evaluate(searcher, asked, collection.judgements)
        searcher.retune(Tuning(typos=False))
        without = evaluate(searcher, asked, collection.judgements)
        found = compare(without, whole)
        rows.append(
            f"| {words} | {whole.means()[0]:.4f} | {without.means()[0]:.4f} "
            f"| {found.mean:+.4f} ({found.low:+.4f} … {found.high:+.4f}) |"
        )
    embedder.save()
    return rows


def table(measured: Measured) -> list[str]:
    """The rankings and what each part brings."""
    whole = measured.cards[0]
    rows = [
        f"| {len(whole.questions)} questions | {' | '.join(NAMES)} | nDCG@10 to all parts, 95 % |",
        "| --- " * (len(NAMES) + 2) + "|",
    ]
    for card in measured.cards:
        found = compare(whole, card)
        against = "" if card is whole else f"{found.mean:+.4f} ({found.low:+.4f} … {found.high:+.4f})"
        rows.append(f"| {card.name} | {' | '.join(f'{mean:.4f}' for mean in card.means())} | {against} |")
    return rows


def kinds_table(measured: Measured) -> list[str]:
    by_kind: dict[str, list[str]] = {}
    for question, kind in sorted(measured.kinds.items()):
        by_kind.setdefault(kind, []).append(question)
    rows = [f"| kind | questions | {' | '.join(NAMES)} |", "| --- " * (len(NAMES) + 2) + "|"]
    for kind, questions in sorted(by_kind.items()):
        means = " | ".join(f"{mean:.3f}" for mean in measured.cards[0].means(questions))
        rows.append(f"| {kind} | {len(questions)} | {means} |")
    return rows


def said(title: str, *tables: Sequence[str]) -> None:
    print(f"### {title}\n")
    for rows in tables:
        print("\n".join(rows) + "\n", flush=True)


def halves(settings: Settings) -> Mapping[str, Measured]:
    bot = build_bot(settings)
    held_out = {row.id for row in read_rows() if row.held_out}
    questions = read_questions(DATA / "questions.jsonl")
    return {
        name: evaluate_questions(bot, [q for q in questions if (q.id in held_out) == which], ablate=True)
        for name, which in (("fitted half", False), ("held-out half", True))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--collection", nargs=3, type=Path, default=KAZQAD)
    files: Sequence[Path] = parser.parse_args().collection
    settings = load_settings()
    said("Collection", table(evaluate_collection(settings, CollectionFiles(*files), ablate=True)))
    said("Collection, misspelt", typo_rows(settings, files))
    for name, measured in halves(settings).items():
        said(f"questions.jsonl, {name}", table(measured), kinds_table(measured))


if __name__ == "__main__":
    main()
