"""The measures are those of the field, and differences come with what chance alone would do."""

from __future__ import annotations

import math

import numpy as np
import pytest

from retrieval.evaluation import ABLATIONS, NAMES, Scorecard, compare, evaluate, score
from retrieval.search import Searcher
from retrieval.store import build_index
from retrieval.synonyms import Synonyms
from retrieval.tuning import Tuning
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.texts import ENTRIES


def card(*values: float, name: str = "card") -> Scorecard:
    rows = np.zeros((len(values), len(NAMES)))
    rows[:, 0] = values
    return Scorecard(name, tuple(str(at) for at in range(len(values))), rows)


def test_the_measures_are_worked_out_by_hand() -> None:
    found = score("hand", {"q": ["a", "b", "c"]}, {"q": {"b": 1, "z": 1}})
    ideal = 1 + 1 / math.log2(3)
    assert dict(zip(NAMES, found.means(), strict=True)) == pytest.approx(
        {
            "nDCG@10": (1 / math.log2(3)) / ideal,
            "MRR@10": 0.5,
            "recall@1": 0.0,
            "recall@5": 0.5,
            "recall@10": 0.5,
        }
    )


def test_a_higher_grade_counts_for_more() -> None:
    judged = {"q": {"a": 2, "b": 1}}
    good, bad = score("good", {"q": ["a", "b"]}, judged), score("bad", {"q": ["b", "a"]}, judged)
    assert good.means()[0] == 1.0
    assert bad.means()[0] == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))


def test_a_question_that_finds_nothing_counts_as_nought() -> None:
    found = score("half", {"q1": ["a"], "q2": []}, {"q1": {"a": 1}, "q2": {"a": 1}, "q3": {"a": 1}})
    assert found.means()[0] == pytest.approx(1 / 3)
    assert found.means(["q1"]) == (1.0, 1.0, 1.0, 1.0, 1.0)
    assert found.means(["q2", "q3"])[0] == 0.0


def test_only_the_first_ten_count() -> None:
    found = score("deep", {"q": [*"bcdefghijk", "a"]}, {"q": {"a": 1}})
    assert found.means() == (0.0, 0.0, 0.0, 0.0, 0.0)


def test_the_interval_of_a_difference_holds_its_mean_and_is_the_same_every_time() -> None:
    rng = np.random.default_rng(5)
    one, other = rng.random(80), rng.random(80)
    found = compare(card(*one), card(*other))
    assert found.mean == pytest.approx(float((other - one).mean()))
    assert found.low < found.mean < found.high
    assert found == compare(card(*one), card(*other))
    # the normal approximation of a mean of 80 differences
    error = float((other - one).std() / math.sqrt(80))
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * error, rel=0.1)


def test_a_part_that_changes_nothing_makes_no_difference() -> None:
    found = compare(card(0.5, 1.0), card(0.5, 1.0))
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)


def test_every_ablation_switches_one_part_off() -> None:
    for name, change in ABLATIONS:
        changed = change(Tuning())
        off = [field for field in Tuning.__slots__ if getattr(changed, field) != getattr(Tuning(), field)]
        assert len(off) == 1, name
    assert len({change(Tuning()) for _, change in ABLATIONS}) == len(Tuning.__slots__)


def test_a_searcher_is_judged_by_what_it_finds() -> None:
    model = FakeEmbedder()
    texts = [key for one in ENTRIES for key in one.keys] + [text for one in ENTRIES for text in one.sentences]
    index = build_index(ENTRIES, model.embed_passages(texts), model)
    searcher = Searcher(ENTRIES, index, model, Synonyms({"endings": {"kazakh": []}}))
    questions = {"q1": "Төрағаны кім тағайындайды?", "q2": "Сессия неше рет шақырылады?"}
    found = evaluate(searcher, questions, {"q1": {"Төраға": 1}, "q2": {"Бюджет": 1}})
    assert found.values[0].tolist() == [1.0, 1.0, 1.0, 1.0, 1.0]
    assert found.values[1][2] == 0.0
