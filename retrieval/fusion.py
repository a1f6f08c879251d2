"""Dense and lexical scores to one ranking, by margins and not by ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval import kernels

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

POOL = 200
"""How many of the best on each side stand for the distribution of the scores."""
_ALL = np.zeros(0, dtype=np.bool_)


def candidates(*sides: Scores, eligible: Mask | None = None, pool: int = POOL) -> Rows:
    """Rows, ascending, that are among the ``pool`` best eligible ones on any side; of equals the first."""
    return np.unique(np.concatenate([best_of(side, pool, eligible) for side in sides]))


def best_of(scores: Scores, count: int, eligible: Mask | None = None) -> Rows:
    """The rows of the ``count`` highest scores, ascending; of equals at the edge the first are taken."""
    found: Rows = kernels.best_rows(scores, count, _ALL if eligible is None else eligible)
    return found


def standardize(scores: Scores) -> Scores:
    """Mean 0, standard deviation 1; all zero where every score is the same."""
    found: Scores = kernels.standardized(scores)
    return found


@dataclass(frozen=True, slots=True)
class Side:
    """Scores of the candidates by one measure, and what that measure counts for."""

    scores: Scores
    share: float = 1.0


def fuse(sides: Sequence[Side]) -> Scores:
    """The weighted sum of the standardized sides."""
    return np.asarray(sum(side.share * standardize(side.scores) for side in sides), dtype=np.float32)


def ranked(rows: Rows, scores: Scores, limit: int) -> Rows:
    """Positions into ``rows`` of the ``limit`` best, ties in row order (which is document order).

    :param rows: ascending.
    """
    if len(rows) > limit:
        # both in row order from here on
        best = best_of(scores, limit)
        return np.asarray(best[np.argsort(-scores[best], kind="stable")])
    return np.argsort(-scores, kind="stable")
