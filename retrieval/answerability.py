"""Whether there is an answer at all: a calibrated probability, by logistic regression.

The coefficients are fitted by ``tests/benchmarks/train_answerability.py`` and kept in
``answerability.toml``; the features are those of ``evidence.py``.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import RetrievalError
from retrieval.evidence import FEATURES, Evidence


@dataclass(frozen=True, slots=True)
class Answerability:
    """``weights`` in the order of ``FEATURES``; below ``threshold`` the bot says that it found nothing."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, evidence: Evidence) -> float:
        """That the best passage answers the question, 0..1."""
        logit = self.bias + math.fsum(
            weight * value for weight, value in zip(self.weights, evidence.vector(), strict=True)
        )
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit))))


def load_answerability(path: Path | None = None) -> Answerability:
    """The coefficients at ``path``; None: the project's own.

    :raises RetrievalError: the file is unreadable or fits other features.
    """
    path = path or Path(__file__).with_name("answerability.toml")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        weights = content["weights"]
        if set(weights) != set(FEATURES):
            raise RetrievalError(f"{path.name}: weights for {sorted(weights)}, wanted {sorted(FEATURES)}")
        ordered = tuple(float(weights[name]) for name in FEATURES)
        return Answerability(ordered, float(content["bias"]), float(content["threshold"]))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as exc:
        raise RetrievalError(f"{path.name} cannot be read: {exc}") from exc
