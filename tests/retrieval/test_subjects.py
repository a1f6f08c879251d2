"""Which body a question is about."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.model import Passage
from retrieval.entries import Entry
from retrieval.subjects import ASSEMBLY, COUNCIL, NO_BODY_NAMED, OTHER_BODY, SubjectPrior, subjects_of
from retrieval.terms import words_of


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Ассамблея Кеңесінің отырысы", {ASSEMBLY}),
        ("халык кенесинин максаты", {COUNCIL}),
        ("Полномочия Народного Совета", {COUNCIL}),
        ("Ассамблеяның орнына Халық Кеңесі келді ме?", {ASSEMBLY, COUNCIL}),
        ("Қоғамдық кеңес деген не?", set()),
        ("Судьялар неше жылға сайланады?", set()),
    ],
)
def test_bodies_are_read_in_any_spelling(text: str, bodies: set[str]) -> None:
    assert subjects_of(words_of(text)) == bodies


def prior() -> SubjectPrior:
    texts = ("Ассамблея Сессиясы", "Халық Кеңесінің Сессиясы", "Құрылтай сессиясы")
    return SubjectPrior(
        [
            Entry(Passage(id=text, document="d", edition="", text=text, order=row), "", (text,))
            for row, text in enumerate(texts)
        ]
    )


def test_a_named_body_takes_from_every_passage_that_does_not_speak_of_it() -> None:
    expected = np.array([0, OTHER_BODY, OTHER_BODY], dtype=np.float32)
    np.testing.assert_array_equal(prior().of(words_of("Ассамблеяның сессиясы")), expected)


def test_where_no_body_is_named_the_laws_on_bodies_step_back() -> None:
    expected = np.array([NO_BODY_NAMED, NO_BODY_NAMED, 0], dtype=np.float32)
    np.testing.assert_array_equal(prior().of(words_of("сессия қашан ашылады")), expected)
