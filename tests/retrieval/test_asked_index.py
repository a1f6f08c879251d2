"""Questions written for passages, as the search uses them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.asked import load_asked
from retrieval.agreement import Wordings
from retrieval.asked_index import FILE, AskedIndex, WiderLexicon
from retrieval.centring import Centring
from retrieval.embedder import BUNDLED, load_embedder
from retrieval.engine import Query
from retrieval.lexical_index import LexicalIndex
from retrieval.manifest import digest
from retrieval.question_vectors import read_vectors, shipped_path
from retrieval.synonyms import Synonyms
from retrieval.terms import index_terms, query_terms, words_of
from tests.retrieval.fake_embedder import FakeEmbedder

ASKED = (("Төрағаны кім сайлайды?", "Кто избирает председателя?"), (), ("Кеңес неше адамнан тұрады?",))
NO_CENTRING = Centring(*(np.zeros(FakeEmbedder().dim, dtype=np.float32) for _ in range(3)))
WORDINGS = Wordings(Synonyms({"endings": {"kazakh": []}}), lambda term: 1.0)


def opened(folder: Path, asked: tuple[tuple[str, ...], ...] = ASKED, *, rebuild: bool = False) -> AskedIndex:
    index = AskedIndex.open(folder, asked, FakeEmbedder(), NO_CENTRING, WORDINGS, rebuild=rebuild)
    assert index is not None
    return index


def query(question: str) -> Query:
    vector = NO_CENTRING.queries(FakeEmbedder().embed_queries([question]))[0]
    return Query(vector, query_terms(words_of(question), stems=True))


def test_the_passage_whose_question_it_is_scores_highest_on_both_sides(tmp_path: Path) -> None:
    scores = opened(tmp_path).scores(query("Кеңес неше адамнан тұрады?"))
    assert int(scores.dense.argmax()) == int(scores.lexical.argmax()) == 2
    assert scores.dense[2] == pytest.approx(1.0, abs=1e-5)


def test_a_passage_without_questions_gets_the_least_of_the_others(tmp_path: Path) -> None:
    scores = opened(tmp_path).scores(query("Төрағаны кім сайлайды?"))
    assert scores.lexical[1] == 0.0
    assert scores.dense[1] == min(scores.dense[0], scores.dense[2])


def test_likeness_tells_of_the_same_words_and_the_same_kind_of_question(tmp_path: Path) -> None:
    index = opened(tmp_path)
    same, other = "Төрағаны кім сайлайды?", "Төрағаны қашан сайлайды?"
    found = index.likeness(query(same), words_of(same), 0)
    assert (found.both, found.same_type) == (1.0, True)
    assert not index.likeness(query(other), words_of(other), 0).same_type
    nothing = index.likeness(query(same), words_of(same), 1)
    assert (nothing.dense, nothing.both, nothing.same_type) == (0.0, 0.0, False)


def test_vectors_are_made_once_and_kept(tmp_path: Path) -> None:
    assert opened(tmp_path).embedded == 3
    assert opened(tmp_path).embedded == 0
    assert opened(tmp_path, (*ASKED, ("Жаңа сұрақ па?",))).embedded == 1
    assert opened(tmp_path, rebuild=True).embedded == 3


def test_a_damaged_file_of_vectors_is_made_anew(tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:100])
    assert opened(tmp_path).embedded == 3
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_nothing_is_opened_where_nothing_is_asked(tmp_path: Path) -> None:
    assert AskedIndex.open(tmp_path, ((), ()), FakeEmbedder(), NO_CENTRING, WORDINGS) is None


def test_a_word_known_from_a_question_alone_is_known() -> None:
    texts = LexicalIndex.from_terms([index_terms("бас бостандығынан айыру")])
    questions = LexicalIndex.from_terms([index_terms("түрмеге отырғызу")])
    wider = WiderLexicon(texts, questions)
    (term,) = [term for term in index_terms("түрмеге") if term[0] == "$"]
    assert (term in texts, term in wider, term in wider.terms()) == (False, True, True)


def test_the_vectors_that_come_with_the_project_are_those_of_its_questions_and_model() -> None:
    embedder = load_embedder(BUNDLED)
    held = read_vectors(shipped_path(BUNDLED), embedder)
    questions = list(dict.fromkeys(q for _, place in load_asked().places() for q in place.all_questions))
    missing = [question for question in questions if digest(question) not in held]
    assert missing == [], "run python -m tests.benchmarks.asked_vectors"
    some = questions[:: len(questions) // 8]
    cosines = (embedder.embed_queries(some) * np.stack([held[digest(each)] for each in some])).sum(axis=1)
    assert cosines == pytest.approx(1.0, abs=1e-3)
