"""What a passage is found by: its titles, its text, its sentences, and the Russian of the same point."""

from __future__ import annotations

from datetime import date

from knowledge.model import Document, DocumentKind, FaqEntry, FaqQuote, Passage, Reference
from retrieval.entries import faq_entry, passage_entry, sentence_keys

LAW = Document(
    id="law-test",
    kind=DocumentKind.LAW,
    title="«Сынақ туралы» Қазақстан Республикасының Заңы",
    short_title="Сынақ туралы заң",
    requisites="01.01.2020 № 1",
    url="https://example.kz/law-test",
    in_force_from=date(2020, 1, 1),
)


def point(text: str, heading: str = "", chapter: str = "", lead: str = "") -> Passage:
    return Passage(
        "id", "law-test", "2020-01-01", text, 0, "1", "1", heading=heading, chapter=chapter, lead=lead
    )


def test_a_point_is_indexed_with_the_law_the_heading_and_the_line_that_opens_its_list() -> None:
    entry = passage_entry(point("1) шешім шығарады;", "Өкілеттіктер", "1-тарау", "Төраға:"), LAW)
    assert entry.keys == ("Сынақ туралы заң. Өкілеттіктер. Төраға:. 1) шешім шығарады;",)
    assert entry.title == "Өкілеттіктер"


def test_the_chapter_stands_in_where_an_article_has_no_heading() -> None:
    assert passage_entry(point("Мәтін.", chapter="Жалпы ережелер"), LAW).title == "Жалпы ережелер"
    assert passage_entry(point("Мәтін."), LAW).title == "Сынақ туралы заң"


def test_the_russian_text_is_a_second_key_of_the_same_passage() -> None:
    entry = passage_entry(point("Мәтін."), LAW, ("Русский текст.",))
    assert entry.keys == ("Сынақ туралы заң. Мәтін.", "Русский текст.")


def test_a_curated_answer_is_found_by_each_way_to_ask_it() -> None:
    quote = FaqQuote(Reference("law-test", "1"), "2020-01-01", "Мәтін.")
    entry = faq_entry(FaqEntry("size", "Неше мүше?", ("Қанша адам?",), "Он мүше.", (quote,)), 4)
    assert entry.keys == ("Неше мүше? Он мүше.", "Неше мүше?", "Қанша адам?")
    assert (entry.passage.id, entry.passage.text, entry.passage.order) == ("faq/curated/size", "Он мүше.", 4)
    assert entry.sentences == ()


def test_sentences_and_items_of_a_list_carry_the_title() -> None:
    text = "Төраға сессияны ашады. Ол:\n1) күн тәртібін бекітеді;\n2) шешімге қол қояды."
    assert sentence_keys("Төраға", text) == (
        "Төраға Төраға сессияны ашады.",
        "Төраға 1) күн тәртібін бекітеді;",
        "Төраға 2) шешімге қол қояды.",
    )


def test_a_text_of_one_sentence_has_no_sentences_of_its_own() -> None:
    assert sentence_keys("Төраға", "Төрағаны Президент тағайындайды.") == ()
    assert sentence_keys("Төраға", "Төрағаны б.з.б. кім сайлаған еді. Иә.") == ()
