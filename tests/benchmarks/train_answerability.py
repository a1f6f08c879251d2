"""Fits the decision to answer or to refuse, and says how good it is.

    python -m tests.benchmarks.train_answerability [--write]

Fitted on one half of ``tests/data/questions.jsonl``, judged on the other (``question_set.Row.held_out``);
both rates are printed and the calibration of the judged half is drawn. What ``--write`` keeps is then
fitted on both halves, at the threshold found on the first.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.preprocessing import StandardScaler

from bot.answering import Answerer
from bot.wiring import Bot, build_bot
from config.settings import load_settings
from retrieval.evidence import CURATED_FEATURES, FEATURES
from tests.benchmarks.question_set import Row, is_gold, read_rows

ROOT = Path(__file__).resolve().parents[2]
SCOPE_C = 10.0
FALSE_REFUSALS = 0.05  # at most so many of the answerable questions should be refused,
FALSE_ANSWERS = 0.10  # and so many of the others answered


@dataclass(frozen=True)
class Sample:
    """One question: its vector, the features of the best passage and of curated entries, and the truth."""

    row: Row
    vector: np.ndarray
    passage: np.ndarray | None
    passage_right: bool
    curated: tuple[tuple[np.ndarray, bool], ...]


def collect(bot: Bot, rows: Sequence[Row]) -> list[Sample]:
    """Ask every question and keep what was found."""
    return [sample_of(bot, row) for row in rows if not row.small_talk]


def sample_of(bot: Bot, row: Row) -> Sample:
    answerer: Answerer = bot.answerer
    for turn in row.turns[:-1]:
        bot.core.reply_now(row.id, turn)
    question = bot.core.understood(row.id, row.turns[-1]) or row.turns[-1]
    moment, result = answerer.find(question)
    assert result.vector is not None
    passage, right = None, False
    if result.evidence is not None:
        passage = np.array(result.evidence.vector())
        right = is_gold(answerer.from_texts(question, result, moment).citations[0], row.gold)
    curated = []
    for evidence, entry in answerer.curated.evidence(result):
        answer = answerer.from_curated(question, entry, result, moment)
        if answer is not None:
            curated.append((np.array(evidence.vector()), is_gold(answer.citations[0], row.gold)))
    return Sample(row, result.vector, passage, right, tuple(curated))


def with_scope(samples: Sequence[Sample], logits: np.ndarray) -> list[Sample]:
    """The samples with the last feature, scope, set anew."""
    return [
        replace(
            sample,
            passage=None if sample.passage is None else np.r_[sample.passage[:-1], logit],
            curated=tuple((np.r_[vector[:-1], logit], right) for vector, right in sample.curated),
        )
        for sample, logit in zip(samples, logits, strict=True)
    ]


@dataclass(frozen=True)
class Linear:
    weights: np.ndarray
    bias: float

    @classmethod
    def fitted(cls, rows: Sequence[np.ndarray], right: Sequence[bool]) -> Linear:
        """Fitted on standardized features, given back for the raw ones."""
        scaler = StandardScaler().fit(rows)
        model = LogisticRegression(max_iter=2000).fit(scaler.transform(rows), right)
        weights = model.coef_[0] / scaler.scale_
        return cls(weights, float(model.intercept_[0] - weights @ scaler.mean_))

    def probability(self, values: np.ndarray) -> float:
        return float(1 / (1 + np.exp(-(values @ self.weights + self.bias))))


@dataclass(frozen=True)
class Decider:
    passage: Linear
    curated: Linear

    @classmethod
    def fitted(cls, samples: Sequence[Sample]) -> Decider:
        found = [s for s in samples if s.passage is not None]
        entries = [pair for s in samples for pair in s.curated]
        passages = [s.passage for s in found if s.passage is not None]
        return cls(
            Linear.fitted(passages, [s.passage_right for s in found]),
            Linear.fitted([vector for vector, _ in entries], [right for _, right in entries]),
        )

    def decide(self, sample: Sample) -> tuple[float, bool]:
        """Probability of the likelier side, and whether that side is right."""
        by_passage = self.passage.probability(sample.passage) if sample.passage is not None else 0.0
        entries = ((self.curated.probability(vector), right) for vector, right in sample.curated)
        best = max(entries, default=(0.0, False))
        return best if best[0] >= by_passage else (by_passage, sample.passage_right)


@dataclass(frozen=True)
class Rates:
    """Shares, 0..1: of answerable questions refused and answered rightly, of unanswerable ones refused."""

    false_refusal: float
    first: float
    refused: float

    @classmethod
    def at(cls, threshold: float, decider: Decider, samples: Sequence[Sample]) -> Rates:
        decided = [(s.row.answerable, *decider.decide(s)) for s in samples]
        answerable = [(p, right) for can, p, right in decided if can]
        other = [p for can, p, _ in decided if not can]
        return cls(
            float(np.mean([p < threshold for p, _ in answerable])),
            float(np.mean([p >= threshold and right for p, right in answerable])),
            float(np.mean([p < threshold for p in other])),
        )


def best_threshold(decider: Decider, samples: Sequence[Sample]) -> float:
    def cost(threshold: float) -> float:
        rates = Rates.at(threshold, decider, samples)
        return max(rates.false_refusal / FALSE_REFUSALS, (1 - rates.refused) / FALSE_ANSWERS)

    return min((round(float(t), 2) for t in np.arange(0.2, 0.6, 0.01)), key=cost)


def scope_logits(fit: Sequence[Sample], other: Sequence[Sample]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Out-of-fold logits of ``fit``, logits of ``other``, and the stored form (weights and bias)."""
    vectors = np.stack([s.vector for s in fit])
    mean = vectors.mean(axis=0)
    answerable = [s.row.answerable for s in fit]
    model = LogisticRegression(C=SCOPE_C, max_iter=3000)
    own = cross_val_predict(model, vectors - mean, answerable, cv=10, method="decision_function")
    model.fit(vectors - mean, answerable)
    weights = model.coef_[0]
    bias = float(model.intercept_[0] - weights @ mean)
    others = np.array([s.vector @ weights + bias for s in other])
    return own, others, np.r_[weights, bias].astype(np.float32)


def draw(decider: Decider, samples: Sequence[Sample], path: Path) -> None:
    """Said probability against the share that was right, in five equal groups."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    decided = sorted(decider.decide(s) for s in samples)
    groups = np.array_split(np.array([(p, float(right)) for p, right in decided]), 8)
    said, was = zip(*[(group[:, 0].mean(), group[:, 1].mean()) for group in groups], strict=True)
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="0.7", linestyle="--")
    axes.plot(said, was, marker="o")
    axes.set(xlabel="said probability", ylabel="share answered rightly", xlim=(0, 1), ylim=(0, 1))
    axes.set_title(f"held-out half, {len(samples)} questions")
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def written(decider: Decider, threshold: float) -> str:
    lines = [
        "# Fitted by tests/benchmarks/train_answerability.py; see docs/quality.md for what it achieves.",
        f"threshold = {threshold}",
    ]
    for name, linear, features in (
        ("passage", decider.passage, FEATURES),
        ("curated", decider.curated, CURATED_FEATURES),
    ):
        lines += ["", f"[{name}]", f"bias = {linear.bias:.5f}", "", f"[{name}.weights]"]
        named = zip(features, linear.weights, strict=True)
        lines += [f"{feature} = {weight:.5f}" for feature, weight in named]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the coefficients and the plot")
    keep = parser.parse_args().write
    bot = build_bot(load_settings())
    samples = collect(bot, read_rows())
    fit = [s for s in samples if not s.row.held_out]
    judged = [s for s in samples if s.row.held_out]
    own, others, _ = scope_logits(fit, judged)
    fit, judged = with_scope(fit, own), with_scope(judged, others)
    decider = Decider.fitted(fit)
    threshold = best_threshold(decider, fit)
    for name, half in (("fitted half", fit), ("held-out half", judged)):
        rates = Rates.at(threshold, decider, half)
        print(
            f"{name}: {len(half)} questions, threshold {threshold}: refused {rates.refused:.3f}, "
            f"false refusal {rates.false_refusal:.3f}, first right {rates.first:.3f}"
        )
    for step in np.arange(0.25, 0.6, 0.05):
        print(f"  {step:.2f}", Rates.at(float(step), decider, judged))
    if keep:
        draw(decider, judged, ROOT / "docs" / "calibration.png")
        own, _, stored = scope_logits(samples, [])
        final = Decider.fitted(with_scope(samples, own))
        (ROOT / "retrieval" / "answerability.toml").write_text(written(final, threshold), encoding="utf-8")
        np.save(ROOT / "retrieval" / f"scope-{bot.embedder.name}.npy", stored)


if __name__ == "__main__":
    main()
