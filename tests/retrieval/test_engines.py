"""One contract for every engine: the same scores by definition, and the same ranking to the last tie."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from retrieval.engine import Engine, Pool, Query
from retrieval.entries import Entry
from retrieval.fusion import POOL, Mask, candidates
from retrieval.milvus_server import MOST_ROWS
from retrieval.milvus_store import MilvusStore
from retrieval.question_terms import QuestionTerms
from retrieval.search import Searcher, SearchResult
from retrieval.store import IndexStore, build_index
from retrieval.synonyms import Synonyms
from retrieval.terms import folded_words, index_terms
from retrieval.tuning import Tuning
from tests.milvus_server import MilvusProcess
from tests.retrieval.engine_case import (
    ENTRIES,
    MODEL,
    OF_A_DAY,
    OF_MOST,
    OF_ONE_LAW,
    QUESTIONS,
    bm25,
    cosines,
    replaced,
    without,
)
from tests.retrieval.milvus_case import CLUSTER, a_prefix, drop_all, store_on

SYNONYMS = Synonyms({"endings": {"kazakh": ["ы", "ді", "ны"]}})
KINDS = ["files", "milvus", "milvus that chooses", *(["cluster"] if CLUSTER else [])]
Store = IndexStore | MilvusStore
REPLACED = 203
DELETED = ENTRIES[213]
NEW_TEXT = "Зымыран ұшқан күні ғарышкер ғаламшарға қонды."
CHANGED = replaced(without(ENTRIES, 213), REPLACED, NEW_TEXT)


@pytest.fixture(scope="module", params=KINDS)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, milvus: MilvusProcess
) -> Iterator[Store]:
    """``milvus that chooses`` takes the collection for one too large for its scores to be fetched."""
    folder = tmp_path_factory.mktemp("index")
    if request.param == "files":
        yield IndexStore(folder)
        return
    url, prefix = CLUSTER if request.param == "cluster" else milvus.url, a_prefix()
    at_once = 0 if request.param == "milvus that chooses" else MOST_ROWS
    yield store_on(url, folder, prefix, at_once=at_once)
    drop_all(url, prefix)


@pytest.fixture(scope="module")
def engine(store: Store) -> Engine:
    return store.open(ENTRIES, MODEL).index


@pytest.fixture(scope="module")
def changed(store: Store, engine: Engine) -> Engine:
    """The next version: one passage deleted, one replaced."""
    assert engine.passages == len(ENTRIES)
    return store.open(CHANGED, MODEL).index


@cache
def files(entries: tuple[Entry, ...] = ENTRIES) -> Engine:
    """What the others are compared with."""
    texts = [key for entry in entries for key in entry.keys]
    texts += [sentence for entry in entries for sentence in entry.sentences]
    return build_index(entries, MODEL.embed_passages(texts), MODEL)


@cache
def asked(question: str) -> Query:
    terms, _ = QuestionTerms(files().lexical, SYNONYMS).of(question, folded_words(question), Tuning())
    return Query(files().centring.queries(MODEL.embed_queries([question]))[0], terms)


@cache
def by_definition(question: str) -> Pool:
    """Every passage with its scores as they are defined, and not as any engine computes them."""
    query, centred = asked(question), files().centring.passages
    keys = [centred(MODEL.embed_passages(entry.keys)) for entry in ENTRIES]
    parts = [
        centred(MODEL.embed_passages(entry.sentences)) if entry.sentences else own
        for entry, own in zip(ENTRIES, keys, strict=True)
    ]
    lexical = bm25(query.terms, ENTRIES)
    return Pool(np.arange(len(ENTRIES)), cosines(query.vector, keys), cosines(query.vector, parts), lexical)


def pool(engine: Engine, query: Query, mask: Mask | None = None) -> Pool:
    return engine.pools(query, [mask])[0]


def assert_near(found: npt.ArrayLike, wanted: npt.ArrayLike) -> None:
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-6)


def assert_same(found: SearchResult, wanted: SearchResult) -> None:
    """Ids in the same order, scores within 1e-6, the same evidence."""
    for ours, theirs in ((found.hits, wanted.hits), (found.apart, wanted.apart)):
        assert [hit.passage.id for hit in ours] == [hit.passage.id for hit in theirs]
        for name in ("score", "dense", "lexical"):
            assert_near([getattr(hit, name) for hit in ours], [getattr(hit, name) for hit in theirs])
    assert found.evidence is not None
    assert wanted.evidence is not None
    assert_near(found.evidence.vector(), wanted.evidence.vector())


def searched(
    engine: Engine,
    question: str,
    entries: tuple[Entry, ...] = ENTRIES,
    *,
    mask: Mask | None = None,
    apart: Mask | None = None,
) -> SearchResult:
    searcher = Searcher(entries, engine, MODEL, SYNONYMS)
    return searcher.search(question, limit=30, eligible=mask, apart=apart)


@pytest.mark.parametrize("question", QUESTIONS[:2])
def test_dense_scores_are_the_cosines_of_keys_and_of_sentences(engine: Engine, question: str) -> None:
    found, wanted = pool(engine, asked(question), OF_A_DAY), by_definition(question)
    assert found.rows.tolist() == np.flatnonzero(OF_A_DAY).tolist()
    assert_near(found.dense, wanted.dense[OF_A_DAY])
    assert_near(found.sentences, wanted.sentences[OF_A_DAY])


@pytest.mark.parametrize("question", QUESTIONS)
def test_lexical_scores_are_bm25(engine: Engine, question: str) -> None:
    found = pool(engine, asked(question), OF_ONE_LAW)
    assert_near(found.lexical, by_definition(question).lexical[OF_ONE_LAW])


def test_a_question_without_a_known_word_has_no_lexical_score(engine: Engine) -> None:
    query = Query(asked(QUESTIONS[0]).vector, {"zz": 1.0})
    assert pool(engine, query, OF_A_DAY).lexical.tolist() == [0.0] * OF_A_DAY.sum()


@pytest.mark.parametrize("mask", [None, OF_MOST], ids=["of all", "of most"])
@pytest.mark.parametrize("question", [QUESTIONS[0], QUESTIONS[5]])
def test_candidates_are_the_best_of_both_sides(engine: Engine, question: str, mask: Mask | None) -> None:
    wanted = by_definition(question)
    best = candidates(
        wanted.dense.astype(np.float32), wanted.lexical.astype(np.float32), eligible=mask, pool=POOL
    )
    found = pool(engine, asked(question), mask)
    assert found.rows.tolist() == best.tolist()
    assert POOL < len(found.rows) < len(ENTRIES)
    assert_near(found.lexical, wanted.lexical[best])


@pytest.mark.parametrize(
    "mask", [None, OF_ONE_LAW, OF_A_DAY, OF_MOST], ids=["all", "a document", "a day in force", "most"]
)
@pytest.mark.parametrize("question", QUESTIONS[1:4])
def test_the_ranking_is_the_same(engine: Engine, question: str, mask: Mask | None) -> None:
    found = searched(engine, question, mask=mask)
    assert len(found.hits) == 30
    assert_same(found, searched(files(), question, mask=mask))


def test_passages_apart_are_ranked_the_same(engine: Engine) -> None:
    found = searched(engine, QUESTIONS[0], mask=OF_MOST, apart=OF_ONE_LAW)
    assert {hit.passage.document for hit in found.apart} == {"law-new"}
    assert_same(found, searched(files(), QUESTIONS[0], mask=OF_MOST, apart=OF_ONE_LAW))


def test_no_passage_is_found_where_none_may_answer(engine: Engine) -> None:
    none = np.zeros(len(ENTRIES), dtype=np.bool_)
    assert pool(engine, asked(QUESTIONS[0]), none).rows.tolist() == []


def test_equal_texts_have_equal_scores_and_go_by_row(engine: Engine) -> None:
    found = searched(engine, ENTRIES[1].keys[0])
    assert [hit.passage.id for hit in found.hits[:2]] == ["law-old/2008-10-20/1", "law-old/2022-02-07/1"]
    assert found.hits[0].score == found.hits[1].score


def test_the_terms_of_a_passage_are_those_of_all_its_keys(engine: Engine) -> None:
    held = engine.held(5)
    assert len(ENTRIES[5].keys) == 2
    assert all(term in held for key in ENTRIES[5].keys for term in index_terms(key))
    assert "^zxqw" not in held
    assert sum(term in held for term in engine.lexical.terms()) == len(
        {term for key in ENTRIES[5].keys for term in index_terms(key)}
    )


def test_how_rare_a_term_is_does_not_depend_on_the_engine(engine: Engine) -> None:
    lexical = files().lexical
    assert sorted(engine.lexical.terms()) == sorted(lexical.terms())
    for term in (*lexical.terms()[:50], "zz"):
        assert engine.lexical.rarity(term) == lexical.rarity(term)
        assert (term in engine.lexical) == (term in lexical)


def test_a_deleted_passage_is_found_no_more(engine: Engine, changed: Engine) -> None:
    question = DELETED.keys[0]
    assert searched(engine, question).hits[0].passage == DELETED.passage
    found = searched(changed, question, CHANGED)
    assert DELETED.passage.id not in {hit.passage.id for hit in found.hits}
    assert_same(found, searched(files(CHANGED), question, CHANGED))


def test_a_replaced_passage_is_found_by_its_new_text_only(changed: Engine) -> None:
    found = searched(changed, "Ғарышкер қайда қонды?", CHANGED)
    assert found.hits[0].passage.text == NEW_TEXT
    assert_same(found, searched(files(CHANGED), "Ғарышкер қайда қонды?", CHANGED))
    old = searched(changed, ENTRIES[REPLACED].keys[0], CHANGED)
    assert old.hits[0].passage.id != ENTRIES[REPLACED].passage.id


def test_who_reads_the_version_before_a_change_reads_on(engine: Engine, changed: Engine) -> None:
    assert changed.passages == engine.passages - 1
    assert_same(searched(engine, DELETED.keys[0]), searched(files(), DELETED.keys[0]))
