"""The questions written for places: their form, and that each place is in the texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.asked import ASKED_FOLDER, AskedPlace, AskedQuestions, load_asked
from knowledge.catalog import load_catalog
from knowledge.errors import AskedError
from knowledge.library import Library
from knowledge.model import Passage

LATIN_IN_CYRILLIC = re.compile(r"[A-Za-z][А-яӘәҒғҚқҢңӨөҰұҮүҺһІі]|[А-яӘәҒғҚқҢңӨөҰұҮүҺһІі][A-Za-z]")


def passage(id: str, point: str, *, edition: str = "2026-01-01", sub_points: tuple[str, ...] = ()) -> Passage:
    return Passage(id, "law", edition, "Мәтін.", 0, article="1", point=point, sub_points=sub_points)


def written(folder: Path, text: str) -> Path:
    (folder / "law.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_question_goes_to_the_passage_of_its_place() -> None:
    asked = AskedQuestions(
        [("law", AskedPlace(article="1", point="2", questions=("Не?",), russian=("Что?",)))]
    )
    assert asked.of([passage("a", "1"), passage("b", "2")]) == {"b": ("Не?", "Что?")}


def test_a_point_in_parts_gets_its_questions_on_the_first_part_or_on_the_one_with_the_sub_point() -> None:
    parts = [passage("a", "1", sub_points=("1", "2")), passage("a/1", "1", sub_points=("3",))]
    whole = AskedPlace(article="1", point="1", questions=("Бәрі?",))
    third = AskedPlace(article="1", point="1", sub_points=("3",), questions=("Үшіншісі?",))
    asked = AskedQuestions([("law", whole), ("law", third)])
    assert asked.of(parts) == {"a": ("Бәрі?",), "a/1": ("Үшіншісі?",)}


def test_a_question_of_one_edition_stays_out_of_the_others() -> None:
    place = AskedPlace(article="1", point="1", editions=("2008-10-20",), questions=("Ол кезде?",))
    found = AskedQuestions([("law", place)]).of(
        [passage("old", "1", edition="2008-10-20"), passage("new", "1", edition="2022-02-07")]
    )
    assert found == {"old": ("Ол кезде?",)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("document = ", "law.toml: cannot be read as TOML"),
        (
            'document = "law"\n[[place]]\narticle = "1"\n',
            "law.toml, place.0: Value error, a place needs",
        ),
        ('document = "law"\n[[place]]\nquestions = ["Не?"]\n', "an article (with its point) or a paragraph"),
        (
            'document = "law"\n[[place]]\nparagraph = "1"\npoint = "1"\nquestions = ["Не?"]\n',
            "a paragraph has no point",
        ),
        ('document = "law"\n[[place]]\narticle = "1"\nquestion = "Не?"\n', "law.toml, place.0.question"),
    ],
)
def test_a_malformed_file_is_named_with_the_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(AskedError) as raised:
        load_asked(written(tmp_path, text))
    assert told in str(raised.value)


def test_every_file_is_spelled_in_one_script_a_word_and_asks_nothing_twice() -> None:
    for path in sorted(ASKED_FOLDER.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        assert [m[0] for m in LATIN_IN_CYRILLIC.finditer(text)] == [], path.name
    for document, place in load_asked().places():
        questions = [question.casefold() for question in place.all_questions]
        assert len(set(questions)) == len(questions), (document, place.key)


def test_every_place_that_is_asked_for_is_in_the_texts_held(law_folder: Path) -> None:
    library = Library.load(load_catalog(), law_folder)
    held: dict[tuple[str, str | None, str | None], set[str]] = {}
    for one in library.passages:
        held.setdefault((one.document, one.article, one.point), {one.edition}).add(one.edition)
        held[one.document, one.article, one.point].update(one.sub_points)
    astray = [
        (document, place.key)
        for document, place in load_asked().places()
        if not {*place.editions, *place.sub_points} <= held.get((document, *place.key), {"-"})
        or (document, *place.key) not in held
    ]
    assert astray == []


def test_hardly_a_passage_is_without_a_question(law_folder: Path) -> None:
    passages = Library.load(load_catalog(), law_folder).passages
    asked = load_asked().of(passages)
    assert len([one.id for one in passages if one.id not in asked]) <= len(passages) // 100
