"""What speaks for an answer, and the probability made of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.answerability import load_answerability
from retrieval.asked_index import Likeness
from retrieval.errors import RetrievalError
from retrieval.evidence import CURATED_FEATURES, FEATURES, Evidence, Held, weigh
from retrieval.lexical_index import LexicalIndex
from retrieval.logistic import Logistic
from retrieval.numbers import find_dates, find_numbers
from retrieval.outside import asks_for_deed, load_outside
from retrieval.scope import Scope, load_scope
from retrieval.terms import index_terms, words_of

TEXTS = (
    "Халық Кеңесінің Төрағасы төрт жыл мерзімге сайланады.",
    "Қазақстан Республикасының елордасы – Астана қаласы.",
    "Әр адамның өмір сүруге құқығы бар.",
)


def held(text: str) -> Held:
    return Held(text, frozenset(index_terms(text)), bool(find_dates(text)), bool(find_numbers(text)))


def evidence(question: str, row: int) -> Evidence:
    text = TEXTS[row]
    lexical = LexicalIndex.from_terms([index_terms(text) for text in TEXTS])
    return weigh(
        words_of(question),
        (),
        held(text),
        lexical,
        load_outside(),
        dense=0.5,
        score=5.0,
        margin=2.0,
        likeness=Likeness(),
        other_language=False,
        scope=1.0,
    )


def test_a_question_whose_words_all_stand_in_the_passage_is_covered() -> None:
    found = evidence("Халық Кеңесінің Төрағасы неше жылға сайланады?", 0)
    assert (found.coverage, found.missing, found.unknown, found.typed) == (1.0, 0.0, 0.0, 1.0)


def test_a_word_that_no_passage_holds_is_unknown_and_missing() -> None:
    found = evidence("Шымкенттегі нан", 1)
    assert (found.coverage, found.missing, found.unknown) == (0.0, 1.0, 1.0)


def test_a_number_that_is_wanted_and_not_there_speaks_against() -> None:
    assert evidence("Елорданың тұрғыны қанша?", 1).typed == -1.0


def test_a_number_of_the_question_that_the_passage_lacks_is_told() -> None:
    assert evidence("38 сессиядағы төраға", 0).number == 1.0


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("Қырғызстан президенті неше жылға сайланады?", "foreign"),
        ("Төрағаның туған жері", "person"),
        ("Хатшылықтың телефон нөмірі", "contact"),
        ("Кеңестің бюджеті қанша миллиард?", "amount"),
        ("Бүгін доллар бағамы қанша?", "daily"),
    ],
)
def test_cues_of_what_no_law_tells_are_told_by_group(question: str, group: str) -> None:
    assert getattr(evidence(question, 0), group) == 1.0


def test_a_cue_that_the_passage_itself_holds_is_none() -> None:
    text = "Ресей туралы"
    lexical = LexicalIndex.from_terms([index_terms(text)])
    words = words_of("Ресей туралы не айтылған?")
    outside = load_outside()
    found = weigh(
        words,
        (),
        held(text),
        lexical,
        outside,
        dense=0.5,
        score=5.0,
        margin=2.0,
        likeness=Likeness(),
        other_language=False,
        scope=0.0,
    )
    assert found.foreign == 0.0


def test_a_finished_deed_is_told_from_a_rule() -> None:
    assert asks_for_deed(words_of("бірінші сессиясы қай күні өтті"))
    assert not asks_for_deed(words_of("сессияны кім шақырады"))
    assert not asks_for_deed(words_of("құрылымы қандай болды"))


def test_the_projects_coefficients_fit_the_features() -> None:
    fitted = load_answerability()
    assert len(fitted.passage.weights) == len(FEATURES)
    assert len(fitted.curated.weights) == len(CURATED_FEATURES)
    assert 0.0 < fitted.threshold < 1.0


def test_a_covered_question_is_likelier_answered_than_one_about_something_else() -> None:
    fitted = load_answerability()
    right = fitted.of_passage(evidence("Халық Кеңесінің Төрағасы неше жылға сайланады?", 0))
    wrong = fitted.of_passage(evidence("Шымкентте нан бағасы қанша?", 0))
    assert right > wrong


def test_coefficients_for_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        "threshold = 0.5\n[passage]\nbias = 0\n[passage.weights]\nother = 1\n[curated]\nbias = 0\n"
    )
    with pytest.raises(RetrievalError, match="passage: weights for"):
        load_answerability(path)


def test_the_logistic_function_is_a_half_at_nothing_and_stays_within_bounds() -> None:
    model = Logistic((2.0, -1.0), 0.0)
    assert model.probability((0.0, 0.0)) == 0.5
    assert model.probability((1.0, 0.0)) == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert 0.0 < model.probability((-1e9, 1e9)) < model.probability((1e9, -1e9)) <= 1.0


def test_a_model_that_nothing_was_fitted_for_has_no_scope(tmp_path: Path) -> None:
    assert load_scope("other", 8, tmp_path) == Scope(None)
    assert Scope(None).logit(np.ones(8, dtype=np.float32)) == 0.0


def test_scope_weights_of_another_length_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "scope-small.npy", np.zeros(5, dtype=np.float32))
    with pytest.raises(RetrievalError, match="wanted 9"):
        load_scope("small", 8, tmp_path)
