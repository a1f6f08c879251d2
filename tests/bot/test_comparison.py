"""Texts side by side: editions word by word, then and now, within a message."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.comparison import later_passages
from bot.comparison_rendering import to_messages, to_plain
from bot.fitting import MAX_MESSAGE_UNITS, visible_length
from bot.word_diff import changed_words
from knowledge.model import Reference
from tests.bot.real_texts import DAY_BEFORE, DAY_OF_REPEAL, texts_on
from tests.real import TODAY
from tests.telegram_html import parse


def test_changed_words_are_marked_on_both_sides() -> None:
    gone, come = changed_words(["Мақсаты – халық бірлігі."], ["Мақсаты – жалпыұлттық бірлігі."])
    assert gone == (((10, 15),),)
    assert come == (((10, 21),),)


def test_neighbours_are_marked_as_one_and_texts_are_compared_as_a_row() -> None:
    gone, come = changed_words(["бір екі үш төрт бес"], ["бір", "төрт бес алты"])
    assert gone == (((4, 10),),)
    assert come == ((), ((9, 13),))


def test_look_alike_letters_and_punctuation_are_no_change() -> None:
    assert changed_words(["қарауына енгізу;"], ["қарауына енгiзу."]) == (((),), ((),))


def test_texts_that_share_hardly_a_word_are_not_marked() -> None:
    assert changed_words(["бір екі үш төрт"], ["алты жеті сегіз бір"]) == (((),), ((),))


@given(st.lists(st.text(max_size=60), max_size=4), st.lists(st.text(max_size=60), max_size=4))
def test_marks_lie_inside_their_text_in_order(was: list[str], became: list[str]) -> None:
    for texts, rows in zip((was, became), changed_words(was, became), strict=True):
        for text, spans in zip(texts, rows, strict=True):
            ends = [0, *(place for span in spans for place in span), len(text)]
            assert ends == sorted(ends)


def test_two_editions_of_one_article_show_what_changed(law_folder: Path) -> None:
    comparison = texts_on(law_folder).comparer.editions("law-assembly", "7")
    assert comparison is not None
    assert (comparison.older, comparison.newer, comparison.same) == ("2008-10-20", "2022-02-07", ("1",))
    point = comparison.points[0]
    assert point.point == "2"
    (older,), (newer,) = point.older, point.newer
    assert [older.text[start:end] for start, end in older.marks] == []  # hardly a word is shared
    assert older.text.startswith("Қазақстан Республикасының Тұңғыш Президентіне")
    assert newer.text == "Қазақстан Республикасының Президенті Ассамблеяның Төрағасы болып табылады."


def test_words_of_the_law_are_marked_exactly(law_folder: Path) -> None:
    comparison = texts_on(law_folder).comparer.editions("law-assembly", "8")
    assert comparison is not None
    (older,), (newer,) = comparison.points[0].older, comparison.points[0].newer
    assert [older.text[a:b] for a, b in older.marks] == ["Ассамблея", "Ассамблея", "Ассамблея", "қаланың,"]
    assert [newer.text[a:b] for a, b in newer.marks] == [
        "Ассамблеяның",
        "қалалардың,",
        "Ассамблеяның этномәдени бірлестіктері",
    ]


@pytest.mark.parametrize(("document", "article"), [("law-assembly", "2"), ("law-halyk-kenesi", "7")])
def test_an_article_with_one_text_has_no_editions_to_compare(
    law_folder: Path, document: str, article: str
) -> None:
    assert texts_on(law_folder).comparer.editions(document, article) is None


def test_then_and_now_come_from_the_successor_map(law_folder: Path) -> None:
    comparison = texts_on(law_folder).comparer.article("law-assembly", "8")
    assert comparison is not None
    (matter,) = comparison.matters
    assert [citation.locator for citation in matter.then] == ["8-бап"]
    assert {citation.quote.passage.article for citation in matter.now} == {"6"}
    assert [citation.standing.in_force for citation in (*matter.then, *matter.now)] == [False, True, True]


def test_what_nothing_took_the_place_of_is_said_to_be_gone(law_folder: Path) -> None:
    comparison = texts_on(law_folder).comparer.article("law-assembly", "18")
    assert comparison is not None
    (matter,) = comparison.matters
    assert matter.now == ()
    assert "Мәжіліс 2026 жылғы 1 шілдеден бастап жоқ" in matter.reason


def test_an_article_of_today_is_compared_with_what_it_replaced(law_folder: Path) -> None:
    comparison = texts_on(law_folder).comparer.article("law-halyk-kenesi", "22")
    assert comparison is not None
    assert {matter.then[0].document.id for matter in comparison.matters} == {"law-assembly"}


def test_before_the_repeal_there_is_no_then(law_folder: Path) -> None:
    before = texts_on(law_folder, DAY_BEFORE).comparer.article("law-assembly", "8")
    assert before is not None
    assert before.matters == ()
    on_the_day = texts_on(law_folder, DAY_OF_REPEAL).comparer.article("law-assembly", "8")
    assert on_the_day is not None
    assert len(on_the_day.matters) == 1


def test_an_article_that_is_not_there_is_none(law_folder: Path) -> None:
    assert texts_on(law_folder).comparer.article("law-assembly", "99") is None


@pytest.mark.parametrize(
    ("request_", "document", "article"),
    [
        ("law-assembly 8", "law-assembly", "8"),
        ("8-бап", "law-assembly", "8"),
        ("10-1", "law-assembly", "10-1"),
        ("10–1-бап", "law-assembly", "10-1"),
        ("Халық Кеңесі 7-бап", "law-halyk-kenesi", "7"),
        ("law-halyk-kenesi 7", "law-halyk-kenesi", "7"),
        ("constitution-2026 53", "constitution-2026", "53"),
        ("Конституция 53-бап", "constitution-2026", "53"),
    ],
)
def test_a_place_is_read_as_people_write_it(
    law_folder: Path, request_: str, document: str, article: str
) -> None:
    assert texts_on(law_folder).comparer.place(request_) == Reference(document, article)


@pytest.mark.parametrize("request_", ["", "бап", "law-assembly", "constitution-2026"])
def test_a_place_without_a_number_is_none(law_folder: Path, request_: str) -> None:
    assert texts_on(law_folder).comparer.place(request_) is None


def test_every_comparison_fits_its_messages_and_quotes_letter_for_letter(law_folder: Path) -> None:
    texts = texts_on(law_folder)
    for document in ("law-assembly", "law-halyk-kenesi", "constitution-2026"):
        for article in texts.library.timeline(document).lives:
            comparison = texts.comparer.article(document, article)
            assert comparison is not None
            messages = to_messages(comparison)
            assert bool(messages) == bool(comparison)
            for message in messages:
                assert visible_length(message) <= MAX_MESSAGE_UNITS
                parse(message)
            shown = html.unescape(re.sub(r"</?[sb]>", "", "\n".join(messages)))
            quoted = re.findall(r"<blockquote>«(.*?)»(?: …)?</blockquote>", shown, re.DOTALL)
            held = [p.text for p in texts.library.passages]
            assert all(any(quote in text for text in held) for quote in quoted)
            assert to_plain(comparison).count("«") >= len(quoted)


def test_a_message_reads_one_text_under_the_other(law_folder: Path) -> None:
    comparison = texts_on(law_folder).comparer.article("law-assembly", "8")
    assert comparison is not None
    then_now, editions = to_messages(comparison)
    assert then_now.startswith(
        "<b>«Қазақстан халқы Ассамблеясы туралы» Заң, 8-бап: ол кезде және қазір</b>\n\n<b>Ол кезде</b>\n"
    )
    today = "<b>Қазір</b>: Ассамблея құрылымының орнына Халық Кеңесінің құрылымы белгіленген."
    assert f"{today}\n<blockquote>«" in then_now
    assert "<i>2022 жылғы 7 ақпандағы редакция · 2026 жылғы 1 шілдеде күші жойылған</i>" in then_now
    older = "<b>2008 жылғы 20 қазандағы редакция</b>\n<blockquote>«Ассамблеяның құрылымын <s>Ассамблея</s>"
    assert older in editions
    assert "<b>Ассамблеяның этномәдени бірлестіктері</b> құрайды.»" in editions


def test_plain_text_lists_the_changed_words_below_untouched_texts(law_folder: Path) -> None:
    comparison = texts_on(law_folder).comparer.article("law-assembly", "8")
    assert comparison is not None
    plain = to_plain(comparison)
    assert "Қосылған сөздер: Ассамблеяның; қалалардың,; Ассамблеяның этномәдени бірлестіктері" in plain
    assert "<" not in plain


def test_the_text_of_a_later_day_is_given_only_where_it_differs(law_folder: Path) -> None:
    library = texts_on(law_folder).library
    old = library.find(Reference("law-assembly", "3"), "2008-10-20")[0]
    assert [p.edition for p in later_passages(library, old, TODAY)] == ["2022-02-07"]
    assert later_passages(library, old, DAY_BEFORE.replace(year=2012)) == ()
    same = library.find(Reference("law-assembly", "2"), "2008-10-20")[0]
    assert later_passages(library, same, TODAY) == ()
