"""A fitted logistic regression: named weights, a bias, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.errors import RetrievalError


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights in the order of the features that it was asked for."""

    weights: tuple[float, ...]
    bias: float

    @classmethod
    def of(cls, name: str, content: Mapping[str, Any], features: Sequence[str]) -> Logistic:
        """From a table with ``bias`` and ``weights``.

        :raises RetrievalError: the table is not such a one, or is fitted to other features.
        """
        try:
            weights = content["weights"]
            if set(weights) != set(features):
                raise RetrievalError(f"{name}: weights for {sorted(weights)}, wanted {sorted(features)}")
            return cls(tuple(float(weights[feature]) for feature in features), float(content["bias"]))
        except (KeyError, TypeError, ValueError) as exc:
            raise RetrievalError(f"{name}: wanted bias and weights, found {content!r}") from exc

    def probability(self, values: Sequence[float]) -> float:
        """0..1 for a vector of the features."""
        logit = self.bias + math.fsum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit))))
