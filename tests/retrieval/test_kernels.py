"""The compiled loops say what numpy says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from retrieval import kernels

SCORES = hnp.arrays(np.float32, st.integers(1, 60), elements=st.integers(-5, 5).map(float))
ASCENDING = st.sets(st.integers(0, 30)).map(lambda found: np.array(sorted(found), dtype=np.int64))


@given(SCORES, st.integers(1, 70), st.data())
def test_the_best_rows_are_the_first_of_a_stable_sort(
    scores: np.ndarray, count: int, data: st.DataObject
) -> None:
    allowed = data.draw(hnp.arrays(np.bool_, len(scores)))
    eligible = np.flatnonzero(allowed)
    wanted = eligible[np.argsort(-scores[eligible], kind="stable")[:count]]
    assert kernels.best_rows(scores, count, allowed).tolist() == sorted(wanted.tolist())


def test_without_a_mask_every_row_may_be_among_the_best() -> None:
    scores = np.array([2, 1, 2, 3], dtype=np.float32)
    assert kernels.best_rows(scores, 2, np.zeros(0, dtype=np.bool_)).tolist() == [0, 3]


@given(ASCENDING, ASCENDING)
def test_a_union_holds_each_number_once(one: np.ndarray, other: np.ndarray) -> None:
    assert kernels.union(one, other).tolist() == sorted({*one.tolist(), *other.tolist()})


@given(ASCENDING, st.integers(0, 30), st.integers(0, 30), st.data())
def test_a_part_of_a_column_holds_what_stands_in_it(
    rows: np.ndarray, first: int, last: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(rows)))
    end = data.draw(st.integers(start, len(rows)))
    wanted = any(first <= row <= last for row in rows[start:end].tolist())
    assert kernels.holds(rows.astype(np.int32), start, end, first, last) == wanted


def test_columns_are_added_up_by_their_weights() -> None:
    # two columns of three rows: (1, 0, 2) and (0, 4, 8)
    starts, rows = np.array([0, 2, 4]), np.array([0, 2, 1, 2], dtype=np.int32)
    values = np.array([1, 2, 4, 8], dtype=np.float32)
    found = kernels.weighted_columns(starts, rows, values, np.array([0, 1]), np.array([1.0, 0.5]), 3)
    assert found.tolist() == [1.0, 2.0, 6.0]
