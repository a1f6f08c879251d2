"""Margins of both sides are added up; ties go to the text that stands first."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from retrieval.fusion import Scores, Side, candidates, fuse, ranked, standardize

SCORES = hnp.arrays(np.float32, st.integers(2, 40), elements=st.floats(-50, 50, width=16))


def array(*values: float) -> Scores:
    return np.array(values, dtype=np.float32)


@given(SCORES)
def test_standardized_scores_keep_their_order_and_have_mean_nought_and_deviation_one(scores: Scores) -> None:
    found = standardize(scores)
    if np.allclose(scores.std(), 0, atol=1e-6):
        return
    assert abs(float(found.mean())) < 1e-3
    assert abs(float(found.std()) - 1) < 1e-3
    assert np.all(np.diff(found[np.argsort(scores, kind="stable")]) >= 0)


def test_scores_that_are_all_equal_say_nothing() -> None:
    assert standardize(array(3, 3, 3)).tolist() == [0.0, 0.0, 0.0]


def test_a_side_counts_for_its_share() -> None:
    one, two = array(0, 0, 3), array(3, 0, 0)
    equal = fuse([Side(one), Side(two)])
    assert equal[0] == equal[2]
    assert fuse([Side(one), Side(two, 0.5)]).argmax() == 2


def test_equal_scores_are_ranked_in_row_order() -> None:
    assert ranked(np.array([4, 7, 9]), array(1, 2, 2), 3).tolist() == [1, 2, 0]
    assert ranked(np.array([4, 7, 9]), array(2, 2, 2), 2).tolist() == [0, 1]


@given(SCORES, st.integers(1, 10), st.data())
def test_candidates_hold_the_best_of_each_side_and_only_eligible_ones(
    dense: Scores, pool: int, data: st.DataObject
) -> None:
    lexical = data.draw(hnp.arrays(np.float32, len(dense), elements=st.floats(0, 9, width=16)))
    eligible = data.draw(hnp.arrays(np.bool_, len(dense)))
    rows = candidates(dense, lexical, eligible=eligible, pool=pool)
    assert rows.tolist() == sorted(set(rows.tolist()))
    assert set(rows.tolist()) <= set(np.flatnonzero(eligible).tolist())
    for side in (dense, lexical):
        better = [int(np.sum(side[eligible] > side[row])) for row in np.flatnonzero(eligible)]
        sure = [int(row) for row, above in zip(np.flatnonzero(eligible), better, strict=True) if above == 0]
        assert set(sure) & set(rows.tolist()) or not sure


def test_of_equals_at_the_edge_the_first_are_candidates() -> None:
    assert candidates(array(5, 1, 1, 1, 1, 1), array(0, 0, 0, 0, 0, 0), pool=3).tolist() == [0, 1, 2]
    eligible = np.array([False, True, True, True, True, True])
    assert candidates(array(9, 1, 2, 2, 1, 3), eligible=eligible, pool=2).tolist() == [2, 5]


def test_without_limits_every_row_is_a_candidate() -> None:
    assert candidates(array(1, 2, 3), array(3, 2, 1)).tolist() == [0, 1, 2]
