"""The source article: not a word of it changed, every mark read, every broken mark named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.article_text import ARTICLE_PATH, ArticleNote, Overtaken, load_article, load_article_notes
from knowledge.errors import KnowledgeError, ParseError
from knowledge.model import Reference

SOURCE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus" / "assembly-article.txt"
with_source = pytest.mark.skipif(not SOURCE.exists(), reason="the source article is not beside the checkout")


def words(text: str) -> list[str]:
    return text.split()


def source_words() -> list[str]:
    """The source without the full stop that joins its paragraphs.

    A paragraph ends with a full stop or a colon of its own; the next begins with a capital letter, an
    opening quotation mark or a number, without a space.
    """
    raw = SOURCE.read_text(encoding="utf-8").rstrip().removesuffix(".")
    raw = raw.replace("Әдебиеттер.1.", "Әдебиеттер\n1.").replace("...", ".\n")
    return words(re.sub(r"([.:])\.(?=\S)", r"\1\n", raw))


def article_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "article.md"
    path.write_text(text, encoding="utf-8")
    return path


@with_source
def test_every_word_of_the_source_stands_in_the_file_in_the_same_order() -> None:
    text = re.sub(r"<!--.*?-->", "", ARTICLE_PATH.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert words(text) == source_words()


@with_source
def test_every_passage_is_a_substring_of_the_source_once_white_space_is_folded() -> None:
    folded = " ".join(words(SOURCE.read_text(encoding="utf-8")))

    assert [passage.point for passage in load_article() if passage.text not in folded] == []


def test_passages_are_numbered_from_one_and_short_enough_to_answer_with() -> None:
    passages = load_article()

    assert len(passages) == 29
    assert [passage.point for passage in passages] == [str(number) for number in range(1, 30)]
    assert [passage.order for passage in passages] == list(range(29))
    assert max(len(passage.text) for passage in passages) == 409
    assert {(passage.document, passage.edition, passage.article) for passage in passages} == {
        ("assembly-article", "2009-01-01", None)
    }


def test_a_sentence_cut_at_initials_is_whole_again() -> None:
    first, fourth = load_article()[0], load_article()[3]

    assert first.id == "assembly-article/2009-01-01/1"
    assert "мемлекет басшысы Н.Ә. Назарбаев “Қазақстан" in first.text
    assert "БҰҰ-ның бұрынғы хатшысы К. Аннан бұл теңдесі жоқ ұйым" in fourth.text


def test_typing_errors_of_the_source_stay() -> None:
    assert load_article()[24].text == "Ассмблеяға мүшелікке кандидатуралар:"


def test_the_bibliography_is_no_passage() -> None:
    assert not [passage for passage in load_article() if "Егемен Қазақстан" in passage.text]


def test_quotations_of_law_name_the_place_that_they_repeat() -> None:
    quotes = {passage.point: passage.quotes for passage in load_article() if passage.quotes}

    assert quotes["11"] == quotes["12"] == Reference("constitution-1995", "51")
    assert quotes["15"] == Reference("law-assembly", "1", "1")
    assert quotes["29"] == Reference("law-assembly", "16", "4")
    assert sorted(map(int, quotes)) == [11, 12, 15, 16, 17, 21, 22, 24, 25, 26, 28, 29]


def test_lists_whose_items_are_missing_are_marked() -> None:
    notes = load_article_notes()

    truncated = [passage.point for passage in load_article() if notes[passage.id].truncated]
    assert truncated == ["21", "22", "25", "27", "28"]


def test_paragraphs_on_the_deputies_point_to_what_ended_them() -> None:
    note = load_article_notes()["assembly-article/2009-01-01/11"]

    assert [overtaken.reference for overtaken in note.overtaken_by] == [
        Reference("constitution-2026", "94", "1"),
        Reference("constitution-2026", "53", "1"),
        Reference("law-halyk-kenesi", "23", "2"),
    ]
    assert all(overtaken.reason.endswith(".") for overtaken in note.overtaken_by)


def test_every_paragraph_on_the_law_is_overtaken_and_history_is_not() -> None:
    notes = load_article_notes()

    spared = [passage.point for passage in load_article() if not notes[passage.id].overtaken_by]
    assert spared == ["1", "2", "3", "4", "5", "6", "7", "8"]


def test_a_passage_may_carry_all_marks_and_lines_fold_into_one(tmp_path: Path) -> None:
    mark = "<!-- 1 | quotes: law-x 14-1 | truncated | overtaken_by: law-y 2 3-1 : Заң ауысты: бәрі. -->"
    path = article_file(tmp_path, f"<!-- note\nabout | this: file\n-->\n\n{mark}\nБірінші сөйлем.\nТізім:\n")

    (passage,) = load_article(path)
    assert passage.text == "Бірінші сөйлем. Тізім:"
    assert passage.quotes == Reference("law-x", "14-1")
    assert load_article_notes(path) == {
        passage.id: ArticleNote(True, (Overtaken(Reference("law-y", "2", "3-1"), "Заң ауысты: бәрі."),))
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: no passage"),
        ("Мәтін.\n<!-- 1 -->\nМәтін.\n", "line 1: text before the first mark"),
        ("<!-- 1 -->\nМәтін.\n\n<!-- 3 -->\nМәтін.\n", "line 4: passage 3 where 2 was expected"),
        ("<!-- 1 -->\n\n<!-- 2 -->\nМәтін.\n", "line 1: mark '1' has no text"),
        ("<!-- one -->\nМәтін.\n", "line 1: mark 'one'"),
        ("<!-- 1 \nМәтін.\n\n<!-- 2 -->\nМәтін.\n", "line 1: mark"),
        ("<!-- 1 -->\nМәтін <!-- 2 --> мәтін.\n", "line 1: mark '1' has no text, or a broken mark"),
        ("<!-- 1 | quote: law-x 1 -->\nМәтін.\n", "line 1: unknown or repeated field 'quote: law-x 1'"),
        ("<!-- 1 | quotes: law-x -->\nМәтін.\n", "line 1: 'law-x' is not «document article"),
        ("<!-- 1 | overtaken_by: law-x 1 -->\nМәтін.\n", "gives no reason"),
        ("<!-- 1 | truncated -->\nМәтін.\n", "line 1: «truncated» belongs to"),
        ("<!-- 1 -->\nТізім:\n", "line 1: «truncated» belongs to"),
        ("<!-- note -->\nМәтін.\n<!-- 1 -->\nМәтін.\n", "line 1: text after a note"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name_and_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ParseError) as refused:
        load_article(article_file(tmp_path, text))

    assert message in str(refused.value)
    assert str(refused.value).startswith("article.md, line ")
    assert isinstance(refused.value, KnowledgeError)


def test_a_file_that_is_not_there_is_a_parse_error_too(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="cannot be read"):
        load_article_notes(tmp_path / "none.md")
