"""How well passages are found: nDCG, MRR and recall, with intervals, part by part.

The measures are those of ir-measures; nDCG is Järvelin & Kekäläinen 2002 with the grades as gains.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG

from retrieval.collections import Judgements
from retrieval.search import Searcher
from retrieval.tuning import Tuning

MEASURES = (nDCG @ 10, RR @ 10, R @ 1, R @ 5, R @ 10)
NAMES = ("nDCG@10", "MRR@10", "recall@1", "recall@5", "recall@10")
DEPTH = 10
_RESAMPLES = 2000

Ranking = Sequence[str]
"""Passage ids, best first."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Per question values, (questions, measures) float64, in the order of ``NAMES``."""

    name: str
    questions: tuple[str, ...]
    values: np.ndarray

    def means(self, only: Sequence[str] | None = None) -> tuple[float, ...]:
        """Mean of each measure over all questions, or over those of ``only``."""
        rows = [self.questions.index(q) for q in only] if only is not None else slice(None)
        return tuple(float(value) for value in self.values[rows].mean(axis=0))


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean difference of nDCG@10 of one scorecard to another, with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def score(name: str, rankings: Mapping[str, Ranking], judgements: Judgements) -> Scorecard:
    """Judge the rankings of some questions; a question without a ranking scores 0."""
    questions = tuple(judgements)
    run = [
        # descending made-up scores keep the order of the ranking
        ir_measures.ScoredDoc(question, passage, float(DEPTH - rank))
        for question in questions
        for rank, passage in enumerate(rankings.get(question, ())[:DEPTH])
    ]
    qrels = [
        ir_measures.Qrel(question, passage, grade)
        for question, found in judgements.items()
        for passage, grade in found.items()
    ]
    values = np.zeros((len(questions), len(MEASURES)))
    rows = {question: row for row, question in enumerate(questions)}
    columns = {str(measure): column for column, measure in enumerate(MEASURES)}
    for metric in ir_measures.iter_calc(list(MEASURES), qrels, run):
        values[rows[metric.query_id], columns[str(metric.measure)]] = metric.value
    return Scorecard(name, questions, values)


def evaluate(
    searcher: Searcher, questions: Mapping[str, str], judgements: Judgements, name: str = "all parts"
) -> Scorecard:
    """Ask every question and judge what comes."""
    rankings = {
        question: [hit.passage.id for hit in searcher.search(text, limit=DEPTH).hits]
        for question, text in questions.items()
    }
    return score(name, rankings, judgements)


def compare(one: Scorecard, other: Scorecard, *, seed: int = 0) -> Difference:
    """Paired bootstrap (Efron & Tibshirani 1993) of nDCG@10: ``other`` minus ``one``."""
    deltas = other.values[:, 0] - one.values[:, 0]
    picks = np.random.default_rng(seed).integers(0, len(deltas), size=(_RESAMPLES, len(deltas)))
    low, high = np.quantile(deltas[picks].mean(axis=1), [0.025, 0.975])
    return Difference(float(deltas.mean()), float(low), float(high))


ABLATIONS: tuple[tuple[str, Callable[[Tuning], Tuning]], ...] = (
    ("without vectors of passages", lambda t: replace(t, dense=False)),
    ("without vectors of sentences", lambda t: replace(t, sentences=False)),
    ("without words", lambda t: replace(t, lexical=False)),
    ("word beginnings, not stems", lambda t: replace(t, stems=False)),
    ("without dates and numbers", lambda t: replace(t, dates=False)),
    ("without synonyms", lambda t: replace(t, synonyms=False)),
    ("without typo matching", lambda t: replace(t, typos=False)),
    ("without feedback", lambda t: replace(t, feedback=False)),
    ("without the questions written for places", lambda t: replace(t, asked=False)),
    ("asking words left out", lambda t: replace(t, asking_words=False)),
)
"""One part changed at a time."""
