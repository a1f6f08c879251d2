"""Dense and lexical scores to one ranking, by margins and not by ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

POOL = 200
"""How many of the best on each side stand for the distribution of the scores."""


def candidates(*sides: Scores, eligible: Mask | None = None, pool: int = POOL) -> Rows:
    """Rows, ascending, that are among the ``pool`` best eligible ones on any side; of equals the first."""
    count = len(sides[0])
    allowed = np.arange(count) if eligible is None else np.flatnonzero(eligible)
    if len(allowed) <= pool:
        return allowed
    return np.unique(np.concatenate([allowed[best_of(side[allowed], pool)] for side in sides]))


def best_of(scores: Scores, count: int) -> Rows:
    """Positions of the ``count`` highest scores, in no order; of equals at the edge the first are taken."""
    if len(scores) <= count:
        return np.arange(len(scores))
    edge = np.partition(scores, -count)[-count]
    above = np.flatnonzero(scores > edge)
    return np.concatenate([above, np.flatnonzero(scores == edge)[: count - len(above)]])


def standardize(scores: Scores) -> Scores:
    """Mean 0, standard deviation 1; all zero where every score is the same."""
    spread = scores.std()
    if spread < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Side:
    """Scores of the candidates by one measure, and what that measure counts for."""

    scores: Scores
    share: float = 1.0


def fuse(sides: Sequence[Side]) -> Scores:
    """The weighted sum of the standardized sides."""
    return np.asarray(sum(side.share * standardize(side.scores) for side in sides), dtype=np.float32)


def ranked(rows: Rows, scores: Scores, limit: int) -> Rows:
    """Positions into ``rows`` of the ``limit`` best, ties in row order (which is document order)."""
    return np.lexsort((rows, -scores))[:limit]
