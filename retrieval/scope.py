"""Whether a question sounds like one that these texts can answer: a linear reading of its vector.

A vector knows the difference between a term of office and an officer's telephone number without any word
list. The weights belong to one model; for another there are none, and the feature says nothing (0).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.embedder import Vectors
from retrieval.errors import RetrievalError


@dataclass(frozen=True, slots=True)
class Scope:
    """``weights``: (dim,) float32, or None for a model that nothing was fitted for."""

    weights: Vectors | None
    bias: float = 0.0

    def logit(self, query: Vectors) -> float:
        """Above 0 for a question within the texts' scope; ``query`` is the raw (dim,) vector."""
        return 0.0 if self.weights is None else float(query @ self.weights + self.bias)


def load_scope(model: str, dim: int, folder: Path | None = None) -> Scope:
    """The weights for a model, ``scope-<model>.npy``: dim weights and the bias.

    :raises RetrievalError: the file is there and does not fit the model.
    """
    folder = folder or Path(__file__).parent
    path = folder / f"scope-{model}.npy"
    if "/" in model or not path.is_file():
        return Scope(None)
    stored = np.load(path)
    if stored.shape != (dim + 1,):
        raise RetrievalError(f"{path.name} holds {stored.shape} values, wanted {dim + 1}")
    return Scope(np.asarray(stored[:-1], dtype=np.float32), float(stored[-1]))
