"""Articles and cards of all the real texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.card_image import MAX_HEIGHT, layout_of
from bot.citation_card import CitationCard
from bot.telegram.deeplinks import deep_link
from bot.telegram.journalists.articles import Articles, FoundArticle, NotFound
from bot.telegram.journalists.derek import buttons_of
from bot.telegram.journalists.documents import HeldDocuments
from bot.telegram.journalists.request import read_request
from bot.telegram.pages import pages_of
from knowledge.model import Quote
from tests.bot.real_texts import Texts, texts_on
from tests.real import CORPUS, needs_corpus, settings_for
from tests.telegram_html import parse, utf16_length

pytestmark = needs_corpus


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    from bot.wiring import bring_texts

    folder: Path = tmp_path_factory.mktemp("texts")
    assert bring_texts(settings_for(folder), source=str(CORPUS)).complete
    return texts_on(folder)


@pytest.fixture(scope="module")
def documents(texts: Texts) -> HeldDocuments:
    return HeldDocuments(texts.catalog, texts.library)


def found(texts: Texts, documents: HeldDocuments, request: str) -> FoundArticle | NotFound:
    asked = read_request(request, documents)
    assert asked is not None
    return Articles(texts.library, texts.citer, documents).find(asked)


def given(texts: Texts, documents: HeldDocuments, request: str) -> FoundArticle:
    answer = found(texts, documents, request)
    assert isinstance(answer, FoundArticle)
    return answer


def test_the_article_of_2008_and_that_of_today_differ(texts: Texts, documents: HeldDocuments) -> None:
    then = given(texts, documents, "law-assembly 8 2008 жылғы редакция").text
    last = given(texts, documents, "Ассамблея 8").text
    assert "(республикалық маңызы бар қаланың, астананың) ассамблеялары" in "\n".join(then.paragraphs)
    assert "2008 жылғы 20 қазандағы редакция" in then.citation_line
    assert "2022 жылғы 7 ақпандағы редакция" in last.citation_line
    assert last.notice == (
        "Назар аударыңыз: бұл заңның күші 2026 жылғы 1 шілдеде жойылды "
        "(«Қазақстан Халық Кеңесі туралы» Конституциялық заң, 23-бап, 2-тармақ)."
    )


def test_a_removed_sub_point_is_shown_as_the_law_prints_it(texts: Texts, documents: HeldDocuments) -> None:
    paragraphs = given(texts, documents, "law-assembly 9").text.paragraphs
    assert "\n3) Алып тасталды - ҚР 27.04.2018 № 149-VI" in paragraphs[3]


@pytest.mark.parametrize(
    ("year", "note"),
    [
        ("2012", "2012 жылы дәл осы мәтін қолданылған (2008 жылғы 20 қазандағы редакция)."),
        ("2027", "2027 жылы бұл құжаттың күші жойылған еді. Соңғы мәтіні берілді "),
    ],
)
def test_a_year_between_the_editions_is_answered_by_what_was_in_force(
    texts: Texts, documents: HeldDocuments, year: str, note: str
) -> None:
    assert str(given(texts, documents, f"law-assembly 8 {year}").text.notice).startswith(note)


def test_a_law_asked_for_before_its_first_day_in_force_is_said_to_wait(
    texts: Texts, documents: HeldDocuments
) -> None:
    notice = given(texts, documents, "Халық Кеңесі 1 2026-06-10").text.notice
    assert notice == (
        "2026 жылғы 10 маусымда бұл норма әлі күшіне енбеген еді, 2026 жылғы 5 маусымдағы редакция берілді."
    )


def test_every_article_of_every_edition_opens_in_pages_with_buttons_that_telegram_takes(
    texts: Texts, documents: HeldDocuments
) -> None:
    opened = 0
    for document in documents:
        for edition in texts.library.editions(document.id):
            law = texts.library.law(document.id, edition)
            for article in law.articles if law else ():
                answer = given(texts, documents, f"{document.id} {article.number} {edition}")
                pages = pages_of(answer.text)
                assert all(utf16_length(parse(page).text) <= 4096 for page in pages)
                markup = buttons_of(answer, 0, len(pages))
                buttons = [button for row in (markup.inline_keyboard if markup else ()) for button in row]
                assert len(buttons) <= 100
                assert all(len(str(button.callback_data).encode()) <= 64 for button in buttons)
                opened += 1
    assert opened == 163


def test_every_passage_fits_a_card_with_nothing_lost(texts: Texts) -> None:
    for passage in texts.library.passages:
        citation = texts.citer.cite(Quote(passage, passage.text))
        card = CitationCard.of(
            citation,
            checked=date(2026, 11, 23),
            link=deep_link("assembly_kz_bot", passage),
            notes=texts.citer.notices([citation]),
        )
        layout = layout_of(card)
        assert layout.height <= MAX_HEIGHT
        shown = "".join("".join(line.text for line in layout.quote).split())
        assert shown == "".join(f"«{passage.text}»".split())
