"""Whether a text counts what a question asks the number of."""

from __future__ import annotations

import pytest

from retrieval.counted import counts
from retrieval.terms import words_of


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        ("Құрылтайда неше депутат бар?", "Құрылтай бір жүз қырық бес депутаттан тұрады.", 1.0),
        ("Халық Кеңесіне неше адам кіреді?", "қоғамдық бірлестіктерден – қырық екі мүше", 1.0),
        ("Үкіметте неше министр бар?", "он күн ішінде Президентке ұсынады", -1.0),
        ("Кеңесте неше бөлім бар?", "1) бөлімдерді құру; 2) бөлім бастығын тағайындау", -1.0),
        ("Қанша уақытқа сайланады?", "мерзімі – жеті жыл", 0.0),
        ("Төрағаны кім сайлайды?", "Төраға төрт жылға сайланады", 0.0),
    ],
)
def test_a_number_answers_only_of_the_thing_it_counts(question: str, text: str, wanted: float) -> None:
    assert counts(words_of(question), text) == wanted
