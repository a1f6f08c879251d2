"""The inner loops of a search, compiled by numba: one pass over what is needed, no copies, no interpreter
lock.

They are compiled when this module is first imported, some seconds; numba keeps the result beside the module,
or in the user's cache folder. Where neither can be written each start compiles anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from numba import njit, types

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
ShortInts = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

F = TypeVar("F", bound=Callable[..., Any])

_int32s = types.Array(types.int32, 1, "C", readonly=True)
_int64s = types.Array(types.int64, 1, "C", readonly=True)
_float32s = types.Array(types.float32, 1, "C", readonly=True)
_float64s = types.Array(types.float64, 1, "C", readonly=True)
_bools = types.Array(types.boolean, 1, "C", readonly=True)
_matrix = types.Array(types.float32, 2, "C", readonly=True)
_new = types.Array(types.float32, 1, "C")


def _compiled(signature: Any, **options: Any) -> Callable[[F], F]:
    def compile(function: F) -> F:
        try:
            return njit(signature, nogil=True, cache=True, **options)(function)  # type: ignore[no-any-return]
        except RuntimeError:  # no folder for the cache
            return njit(signature, nogil=True, **options)(function)  # type: ignore[no-any-return]

    return compile


@_compiled(_new(_int64s, _int32s, _float32s, _int64s, _float64s, types.int64))
def weighted_columns(
    starts: Ints, rows: ShortInts, values: Floats, columns: Ints, weights: Doubles, count: int
) -> Floats:
    """(count,) float32: the chosen columns of a sparse matrix by columns, added up by their weights."""
    total = np.zeros(count, np.float64)
    for at in range(len(columns)):
        weight = weights[at]
        for place in range(starts[columns[at]], starts[columns[at] + 1]):
            total[rows[place]] += weight * values[place]
    return total.astype(np.float32)


@_compiled(
    types.Tuple([types.Array(types.int32, 1, "C"), types.Array(types.float32, 1, "C")])(  # type: ignore[no-untyped-call]
        _int64s, _int32s, _float32s, _int64s
    )
)
def by_columns(
    starts: Ints, columns: ShortInts, values: Floats, column_starts: Ints
) -> tuple[ShortInts, Floats]:
    """A sparse matrix by rows turned into one by columns: row numbers, ascending in each, and values."""
    rows = np.empty(len(columns), np.int32)
    found = np.empty(len(columns), np.float32)
    free = column_starts.copy()
    for row in range(len(starts) - 1):
        for place in range(starts[row], starts[row + 1]):
            at = free[columns[place]]
            free[columns[place]] += 1
            rows[at] = row
            found[at] = values[place]
    return rows, found


@_compiled(types.Array(types.int64, 1, "C")(_float32s, types.int64, _bools))
def best_rows(scores: Floats, count: int, allowed: Bools) -> Ints:
    """The rows of the ``count`` highest scores, ascending; of equals the first.

    ``allowed``: (n,), or (0,) for all.
    """
    every = len(allowed) == 0
    heap = np.empty(count, np.float32)  # the lowest of the best so far on top
    rows = np.empty(count, np.int64)
    held = 0
    for row in range(len(scores)):
        if not every and not allowed[row]:
            continue
        score = scores[row]
        if held < count:
            at = held
            held += 1
            while at > 0:
                above = (at - 1) >> 1
                # of equals the later row goes first
                if heap[above] < score or (heap[above] == score and rows[above] > row):
                    break
                heap[at] = heap[above]
                rows[at] = rows[above]
                at = above
            heap[at] = score
            rows[at] = row
        elif score > heap[0]:
            at = 0
            while True:
                below = 2 * at + 1
                if below >= count:
                    break
                if below + 1 < count and (
                    heap[below + 1] < heap[below]
                    or (heap[below + 1] == heap[below] and rows[below + 1] > rows[below])
                ):
                    below += 1
                if heap[below] > score or (heap[below] == score and rows[below] < row):
                    break
                heap[at] = heap[below]
                rows[at] = rows[below]
                at = below
            heap[at] = score
            rows[at] = row
    return np.sort(rows[:held])


@_compiled(
    types.Tuple([types.Array(types.float32, 1, "C"), types.Array(types.int64, 1, "C")])(  # type: ignore[no-untyped-call]
        _matrix, _int64s, _int64s, _float32s
    ),
    fastmath=True,
)
def best_in_runs(vectors: Floats, firsts: Ints, ends: Ints, query: Floats) -> tuple[Floats, Ints]:
    """The highest inner product in each run of rows, the first row with it; -2 and -1 for an empty run."""
    best = np.full(len(firsts), np.float32(-2.0))
    rows = np.full(len(firsts), -1)
    dim = len(query)
    for run in range(len(firsts)):
        for row in range(firsts[run], ends[run]):
            product = np.float32(0.0)
            for at in range(dim):
                product += vectors[row, at] * query[at]
            if product > best[run]:
                best[run] = product
                rows[run] = row
    return best, rows


@_compiled(_new(_int64s, _int32s, _float32s, _int64s, _float64s, _int64s, types.int64))
def likeness(
    starts: Ints, columns: ShortInts, weights: Floats, sources: Ints, shares: Doubles, rows: Ints, width: int
) -> Floats:
    """Inner products of ``rows`` of a sparse matrix with its rows ``sources``, added up by their shares."""
    wanted = np.zeros(width, np.float64)
    for at in range(len(sources)):
        for place in range(starts[sources[at]], starts[sources[at] + 1]):
            wanted[columns[place]] += shares[at] * weights[place]
    found = np.empty(len(rows), np.float32)
    for at in range(len(rows)):
        total = 0.0
        for place in range(starts[rows[at]], starts[rows[at] + 1]):
            total += wanted[columns[place]] * weights[place]
        found[at] = total
    return found


@_compiled(types.Array(types.int64, 1, "C")(_int64s, _int64s))
def union(one: Ints, other: Ints) -> Ints:
    """Two ascending lists of different numbers as one."""
    both = np.empty(len(one) + len(other), np.int64)
    here, there, count = 0, 0, 0
    while here < len(one) or there < len(other):
        if there == len(other) or (here < len(one) and one[here] <= other[there]):
            there += there < len(other) and one[here] == other[there]
            both[count] = one[here]
            here += 1
        else:
            both[count] = other[there]
            there += 1
        count += 1
    return both[:count]


@_compiled(types.boolean(_int32s, types.int64, types.int64, types.int64, types.int64))
def holds(rows: ShortInts, start: int, end: int, first: int, last: int) -> bool:
    """Whether a number from ``first`` to ``last`` stands in ``rows[start:end]``, which ascends."""
    low, high = start, end
    while low < high:
        middle = (low + high) >> 1
        if rows[middle] < first:
            low = middle + 1
        else:
            high = middle
    return low < end and rows[low] <= last


@_compiled(_new(_float32s))
def standardized(scores: Floats) -> Floats:
    """Mean 0, standard deviation 1; all zero where every score is the same."""
    count = len(scores)
    mean = 0.0
    for at in range(count):
        mean += scores[at]
    mean /= count
    spread = 0.0
    for at in range(count):
        spread += (scores[at] - mean) ** 2
    spread = np.sqrt(spread / count)
    found = np.zeros(count, np.float32)
    if spread >= 1e-9:
        for at in range(count):
            found[at] = (scores[at] - mean) / spread
    return found
