"""The search alone, on KazQAD's validation part with vectors made beforehand."""

from __future__ import annotations

from pathlib import Path

from retrieval.evaluation import NAMES, evaluate
from retrieval.search import Searcher
from retrieval.store import build_index
from retrieval.synonyms import load_synonyms
from retrieval.transliteration import read_question
from tests.benchmarks.findings import Findings, Target, table
from tests.benchmarks.kazqad import load_measure
from tests.benchmarks.measuring import seconds, timed


def run(full: bool, work: Path) -> Findings:
    measure = load_measure(work)
    collection = measure.collection
    built_s, index = seconds(lambda: build_index(collection.entries, measure.texts, measure.embedder))
    searcher = Searcher(collection.entries, index, measure.embedder, load_synonyms())
    questions = list(collection.questions.values()) * (3 if full else 1)
    whole = timed(searcher.search, questions, warm=50)
    reading = timed(read_question, questions, warm=50)
    means = evaluate(searcher, collection.questions, collection.judgements).means()
    return Findings(
        "The search alone",
        (
            f"KazQAD, validation part: {len(collection.entries)} passages, {len(collection.questions)} "
            "questions, vectors made beforehand. A search reads the question (script, words, dates, "
            "synonyms, typos), takes the candidates of both sides, fuses them, does its round of feedback "
            "and weighs the evidence for an answer.",
        ),
        (
            table(
                ("step", "median ms", "95 % ms"),
                (
                    ("search, question to hits", whole.median_ms, whole.p95_ms),
                    ("of it normalization and script", reading.median_ms, reading.p95_ms),
                    ("the index built, vectors given", built_s * 1e3, "—"),
                ),
            ),
            table(NAMES, (tuple(f"{mean:.4f}" for mean in means),)),
        ),
        (Target("nDCG@10 on KazQAD, validation part", round(means[0], 4), 0.845, "", least=True),),
    )
