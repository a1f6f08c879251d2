"""Questions that name their place in the law."""

from __future__ import annotations

import pytest

from bot.references import reference_of
from knowledge.model import Reference


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Заңның 9-бабында не жазылған?", Reference("law-assembly", "9")),
        ("Ассамблея туралы заңның 10-1-бабы", Reference("law-assembly", "10-1")),
        ("Халық Кеңесі туралы заңның 12-бабы 1-тармағы", Reference("law-halyk-kenesi", "12", "1")),
        ("Конституцияның 58 бабы", Reference("constitution-2026", "58")),
        ("Халық Кеңесі туралы конституциялық заңның 4-бабы", Reference("law-halyk-kenesi", "4")),
        ("что говорит статья 17 конституции", Reference("constitution-2026", "17")),
    ],
)
def test_the_article_the_point_and_the_document_are_read(question: str, place: Reference) -> None:
    assert reference_of(question) == place


@pytest.mark.parametrize(
    "question",
    [
        "Ассамблеяның мақсаты қандай?",
        "2012 жылы Ассамблеяның құрылымы қандай болды?",
        "Бұрынғы Конституцияның 51-бабында не делінген?",
        "",
    ],
)
def test_other_questions_name_no_place(question: str) -> None:
    assert reference_of(question) is None
