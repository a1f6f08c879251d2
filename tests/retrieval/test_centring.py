"""Centring takes off what all vectors of a side share, and nothing that tells them apart."""

from __future__ import annotations

import numpy as np

from retrieval.centring import Centring, probe_questions, unit
from retrieval.embedder import Vectors


def crowded(count: int, seed: int, towards: int) -> Vectors:
    """Unit vectors that all lean one way."""
    rows = np.random.default_rng(seed).standard_normal((count, 12)) * 0.2
    rows[:, towards] += 1.0
    return unit(rows.astype(np.float32))


def test_centred_vectors_have_length_one_and_no_common_direction() -> None:
    passages, probes = crowded(60, 1, towards=0), crowded(30, 2, towards=1)
    centring = Centring.fit(passages, probes)
    for opened in (centring.passages(passages), centring.queries(probes)):
        np.testing.assert_allclose(np.linalg.norm(opened, axis=1), 1.0, atol=1e-5)
        assert np.linalg.norm(opened.mean(axis=0)) < 0.2
        np.testing.assert_allclose(opened @ centring.direction, 0.0, atol=1e-5)


def test_the_direction_taken_off_is_the_one_of_greatest_spread() -> None:
    passages = crowded(200, 3, towards=0)
    passages[:, 5] += np.linspace(-1, 1, 200, dtype=np.float32)
    centring = Centring.fit(passages, crowded(10, 4, towards=1))
    assert abs(float(centring.direction[5])) > 0.95
    assert np.isclose(np.linalg.norm(centring.direction), 1.0, atol=1e-5)


def test_a_passage_stays_nearest_to_itself() -> None:
    passages = crowded(40, 5, towards=2)
    opened = Centring.fit(passages, passages[:10]).passages(passages)
    assert (opened @ opened.T).argmax(axis=1).tolist() == list(range(40))


def test_too_few_passages_are_left_as_they_are() -> None:
    passages = crowded(2, 6, towards=0)
    centring = Centring.fit(passages, passages)
    np.testing.assert_allclose(centring.passages(passages), passages, atol=1e-6)


def test_a_vector_of_nothing_stays_nothing() -> None:
    assert unit(np.zeros((1, 3), dtype=np.float32)).tolist() == [[0.0, 0.0, 0.0]]


def test_probe_questions_use_the_collections_own_words_and_are_always_the_same() -> None:
    texts = [
        ("Сессия", "Сессия жылына бір рет шақырылады және ашық өтеді."),
        ("Кеңес", "Кеңес жұмыс істейді."),
    ]
    probes = probe_questions(texts, 12)
    assert len(probes) == 12
    assert probes == probe_questions(texts, 12)
    assert probes[0] == "Сессия жылына бір рет шақырылады және ашық деген не?"
    assert all(probe.endswith("?") for probe in probes)
    assert any("Кеңес" in probe for probe in probes)


def test_a_collection_of_nothing_has_no_probes() -> None:
    assert probe_questions([]) == []
