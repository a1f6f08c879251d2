"""A filter lets through exactly the passages of its mask."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.milvus_filters import Filters, among


def test_neighbours_are_a_range_and_the_others_a_list() -> None:
    numbers = np.array([1, 2, 3, 7, 9, 12, 13])
    assert among("id", numbers) == "((id >= 1 and id <= 3) or (id >= 12 and id <= 13) or id in [7, 9])"
    assert among("id", np.array([4])) == "(id in [4])"


def test_whole_documents_go_by_their_names() -> None:
    filters = Filters(["a", "a", 'b"', "c", "c"])
    assert filters.of(np.array([True, True, False, True, False])) == '(document in ["a"] or (passage in [3]))'
    assert filters.of(np.array([False, False, True, True, True])) == '(document in ["b\\"", "c"])'
    assert filters.of(np.array([False] * 5)) == "(passage < -1)"
    assert filters.of(None) == filters.of(np.array([True] * 5)) == "passage >= 0"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=25))
def test_a_filter_is_its_mask(passages: list[tuple[str, bool]]) -> None:
    documents = [document for document, _ in passages]
    mask = np.array([wanted for _, wanted in passages])
    where = Filters(documents).of(mask)
    # for these operators the language of filters is Python's
    let_through = [eval(where, {"passage": p, "document": d}) for p, d in enumerate(documents)]
    assert let_through == mask.tolist()
