"""Keys and sentences are scored, and a passage gets the best of its own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.embedder import Vectors
from retrieval.engine import Pool, Query
from retrieval.index import SearchIndex
from retrieval.profiles import Profiles
from retrieval.spans import Spans
from retrieval.store import build_index
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.texts import ENTRIES, entry

MODEL = FakeEmbedder()
TEXTS = [key for one in ENTRIES for key in one.keys] + [text for one in ENTRIES for text in one.sentences]
EVERY = np.arange(3)
INDEX = build_index(ENTRIES, MODEL.embed_passages(TEXTS), MODEL)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.data())
def test_the_best_of_each_run_is_its_greatest_score(sizes: list[int], data: st.DataObject) -> None:
    owners = [owner for owner, size in enumerate(sizes) for _ in range(size)]
    scores = np.array(
        data.draw(st.lists(st.integers(-9, 9), min_size=len(owners), max_size=len(owners))), dtype=np.float32
    )
    assert Spans.of(owners, len(sizes)).best(scores).tolist() == [
        max(score for score, owner in zip(scores, owners, strict=True) if owner == one)
        for one in range(len(sizes))
    ]


def test_runs_of_nothing_have_no_best() -> None:
    assert Spans.of([], 0).best(np.empty(0, dtype=np.float32)).shape == (0,)


def test_the_nearest_row_of_a_passage_is_the_first_of_equals_and_none_where_it_has_no_rows() -> None:
    vectors = np.array([[1, 0], [0, 1], [0, 1], [1, 0]], dtype=np.float32)
    runs = Spans.of([0, 0, 0, 2], 3)
    scores, rows = runs.nearest(np.array([0, 1, 2]), vectors, np.array([0, 1], dtype=np.float32))
    assert scores.tolist() == [1.0, -2.0, 0.0]
    assert rows.tolist() == [1, -1, 3]
    assert runs.owners(np.array([3, 0, 2])).tolist() == [0, 2]


def asked(vector: Vectors, index: SearchIndex = INDEX) -> Pool:
    """The pool of a query without words, which holds every passage of these few."""
    return index.pools(Query(vector, {}), [None])[0]


def test_a_passage_without_sentences_keeps_the_score_of_its_whole() -> None:
    found = asked(INDEX.centring.queries(MODEL.embed_queries(["кім тағайындайды"]))[0])
    cut = np.flatnonzero(np.diff(INDEX.sentences.starts)).tolist()
    assert cut == [row for row, one in enumerate(ENTRIES) if one.sentences]
    assert 1 not in cut
    assert found.sentences[1] == found.dense[1]


def test_a_passage_is_scored_by_its_best_sentence() -> None:
    sentence = ENTRIES[0].sentences[1]
    found = asked(INDEX.sentence_vectors.vector(1))
    assert sentence.endswith("бекітеді.")
    np.testing.assert_allclose(found.sentences[0], 1.0, atol=1e-5)
    assert found.sentences[0] > found.dense[0]


def test_a_passage_stands_for_itself_by_its_key_nearest_to_the_question() -> None:
    two = (entry("Бір", "Бірінші мәтін.", 0, "Екінші сөз.", "Екінші сөз."), entry("Екі", "Екінші сөз.", 1))
    texts = [key for one in two for key in one.keys]
    index = build_index(two, MODEL.embed_passages(texts), MODEL)
    query = Query(index.dense.vector(1), {})
    dense, words = index.alike(query, index.pools(query, [None])[0], np.array([0]), [1.0])
    np.testing.assert_allclose(dense[0], 1.0, atol=1e-5)
    np.testing.assert_allclose(words[0], 1.0, atol=1e-5)


def test_each_set_of_passages_has_a_pool_of_its_own() -> None:
    query = Query(INDEX.centring.queries(MODEL.embed_queries(["кім"]))[0], {"^кiтап": 1.0})
    odd = np.arange(len(ENTRIES)) % 2 == 1
    one, two, whole = INDEX.pools(query, [odd, ~odd, None])
    assert (one.rows.tolist(), two.rows.tolist()) == ([1, 3, 5], [0, 2, 4])
    assert one.dense.tolist() == whole.dense[1::2].tolist()
    assert two.lexical.tolist() == whole.lexical[0::2].tolist()


def test_what_a_passage_holds_is_all_its_keys_together() -> None:
    two = (entry("Бір", "Алма.", 0, "Груша."), entry("Екі", "Өрік.", 1))
    index = build_index(two, MODEL.embed_passages([key for one in two for key in one.keys]), MODEL)
    held = index.held(0)
    assert "^алма" in held
    assert "^груша" in held
    assert "^орик" not in held


def test_traits_tell_which_passages_have_a_date_and_which_a_number() -> None:
    assert INDEX.traits.dates.tolist() == [False, False, False, True, False, False]
    assert INDEX.traits.numbers.tolist() == [True, True, False, True, False, False]


def test_profiles_give_the_cosine_of_their_words() -> None:
    rows = [["а", "б"], ["а", "а", "в"], ["г"]]
    profiles = Profiles.from_terms(rows)
    idf = {"а": np.log(4 / 3) + 1, "б": np.log(4 / 2) + 1, "в": np.log(4 / 2) + 1}
    dot = idf["а"] * 2 * idf["а"]
    norms = np.hypot(idf["а"], idf["б"]) * np.hypot(2 * idf["а"], idf["в"])
    np.testing.assert_allclose(
        profiles.likeness(np.array([0]), [1.0], EVERY), [1.0, dot / norms, 0.0], rtol=1e-5
    )
    np.testing.assert_allclose(
        profiles.likeness(np.array([0, 2]), [0.25, 0.75], EVERY), [0.25, 0.25 * dot / norms, 0.75], rtol=1e-5
    )


def test_a_passage_without_words_is_like_nothing() -> None:
    profiles = Profiles.from_terms([[], ["а"]])
    assert profiles.likeness(np.array([0]), [1.0], EVERY[:2]).tolist() == [0.0, 0.0]
