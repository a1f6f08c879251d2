"""A question that was asked before is not embedded again, and gets the same vector."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.embedder import Vectors
from retrieval.query_cache import RememberedQueries
from tests.retrieval.fake_embedder import FakeEmbedder


class Counting(FakeEmbedder):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed_queries(texts)


def test_a_question_that_was_asked_before_is_not_embedded_again() -> None:
    model = Counting()
    queries = RememberedQueries(model)
    first = queries.embed_queries(["Кім басқарады?"])
    again = queries.embed_queries([" Кім  басқарады? "])
    assert model.asked == ["Кім басқарады?"]
    assert again.tolist() == first.tolist() == FakeEmbedder().embed_queries(["Кім басқарады?"]).tolist()


def test_only_what_is_missing_is_embedded_and_the_order_stays() -> None:
    model = Counting()
    queries = RememberedQueries(model)
    queries.embed_queries(["екі"])
    found = queries.embed_queries(["бір", "екі", "үш", "бір"])
    assert model.asked == ["екі", "бір", "үш"]
    np.testing.assert_array_equal(found, FakeEmbedder().embed_queries(["бір", "екі", "үш", "бір"]))


def test_the_question_that_was_not_asked_for_longest_is_forgotten() -> None:
    model = Counting()
    queries = RememberedQueries(model, size=2)
    for question in ("бір", "екі", "бір", "үш", "бір", "екі"):
        queries.embed_queries([question])
    assert model.asked == ["бір", "екі", "үш", "екі"]
    assert len(queries) == 2


def test_no_question_gives_no_vector() -> None:
    assert RememberedQueries(FakeEmbedder()).embed_queries([]).shape == (0, FakeEmbedder().dim)
