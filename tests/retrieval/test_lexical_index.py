"""BM25 gives what its formula says, for weighted terms and for rows that count as longer than they are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import IndexUnusable
from retrieval.lexical_index import K1, B, LexicalIndex

TERMS = st.sampled_from(list("абвгде"))
ROWS = st.lists(st.lists(TERMS, min_size=1, max_size=12), min_size=1, max_size=8)


def by_formula(
    rows: Sequence[Sequence[str]], asked: Mapping[str, float], lengths: Sequence[float] | None = None
) -> list[float]:
    """Robertson & Zaragoza 2009 with the idf of Lucene, term by term and row by row."""
    sizes = [float(len(row)) for row in rows] if lengths is None else list(lengths)
    mean = sum(sizes) / len(sizes)
    scores = []
    for row, size in zip(rows, sizes, strict=True):
        counts = Counter(row)
        score = 0.0
        for term, weight in asked.items():
            found = sum(term in other for other in rows)
            idf = math.log(1 + (len(rows) - found + 0.5) / (found + 0.5))
            times = counts[term]
            score += weight * idf * times / (times + K1 * (1 - B + B * size / mean))
        scores.append(score)
    return scores


@given(ROWS, st.dictionaries(TERMS, st.floats(0.1, 3), min_size=1))
@settings(max_examples=60, deadline=None)
def test_scores_are_those_of_the_formula(rows: list[list[str]], asked: dict[str, float]) -> None:
    found = LexicalIndex.from_terms(rows).scores(asked)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, by_formula(rows, asked), rtol=1e-5, atol=1e-6)


@given(ROWS, st.data())
@settings(max_examples=40, deadline=None)
def test_a_row_counts_for_the_length_it_is_given(rows: list[list[str]], data: st.DataObject) -> None:
    lengths = [len(row) + data.draw(st.integers(0, 9)) for row in rows]
    found = LexicalIndex.from_terms(rows, lengths).scores({"а": 1.0, "б": 2.0})
    np.testing.assert_allclose(found, by_formula(rows, {"а": 1.0, "б": 2.0}, lengths), rtol=1e-5, atol=1e-6)


@given(ROWS, st.data())
@settings(max_examples=40, deadline=None)
def test_what_neighbouring_rows_hold_is_what_stands_in_them(
    rows: list[list[str]], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(rows) - 1))
    last = data.draw(st.integers(first, len(rows) - 1))
    held = LexicalIndex.from_terms(rows).held(first, last)
    standing = {term for row in rows[first : last + 1] for term in row}
    assert {term for term in "абвгдеж" if term in held} == standing


def test_a_question_of_unknown_terms_scores_nothing_anywhere() -> None:
    index = LexicalIndex.from_terms([["а", "б"], ["в"]])
    assert index.scores({"ж": 1.0}).tolist() == [0.0, 0.0]
    assert index.scores({}).tolist() == [0.0, 0.0]
    assert index.scores({"": 1.0}).tolist() == [0.0, 0.0]


def test_a_row_without_terms_is_never_found_and_breaks_nothing() -> None:
    index = LexicalIndex.from_terms([[], ["а"]])
    assert index.scores({"а": 1.0})[0] == 0.0
    assert index.terms() == ("а",)


def test_rarity_is_one_for_a_term_of_one_row_and_nought_for_a_term_of_all() -> None:
    index = LexicalIndex.from_terms([["а", "б"], ["а"], ["а"], ["а", "в", "в"]])
    assert index.rarity("б") == index.rarity("в") == index.rarity("ж") == 1.0
    assert index.rarity("а") == 0.0
    assert index.document_frequency("а") == 4
    assert index.document_frequency("ж") == 0


def test_an_index_that_was_saved_gives_the_same_scores(tmp_path: Path) -> None:
    index = LexicalIndex.from_terms([["а", "б"], ["б", "в", "в"]])
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical", 2)
    asked = {"б": 1.0, "в": 0.5}
    assert loaded.scores(asked).tolist() == index.scores(asked).tolist()


def test_a_damaged_or_foreign_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="not a readable BM25 index"):
        LexicalIndex.load(tmp_path / "absent", 2)
    LexicalIndex.from_terms([["а"]]).save(tmp_path / "lexical")
    with pytest.raises(IndexUnusable, match="holds 1 rows, wanted 2"):
        LexicalIndex.load(tmp_path / "lexical", 2)
    (tmp_path / "lexical" / "data.csc.index.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises(IndexUnusable, match="not a readable BM25 index"):
        LexicalIndex.load(tmp_path / "lexical", 1)
