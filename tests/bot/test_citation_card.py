"""The citation card as values and as text."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from bot.answers import Standing
from bot.citation_card import CitationCard, Force, short_hash
from bot.quoting import UnprovenQuote
from knowledge.model import Quote
from tests.bot.samples import IN_FORCE, NOT_LAW, NOTICE, OLD_SENTENCE, SOURCE, cite, cite_new

CHECKED = date(2026, 11, 23)
LINK = "https://t.me/assembly_test_bot?start=pAbCdEfGhIjKl"


def test_the_text_of_a_repealed_law_has_source_edition_end_check_link_and_hash() -> None:
    card = CitationCard.of(cite(OLD_SENTENCE), checked=CHECKED, link=LINK, notes=(NOTICE,))
    assert card.text() == (
        "«Ассамблеяның қызметі «бірлік» қағидатына негізделеді.»\n"
        "\n"
        "— Ассамблея туралы заң, 9-бап, 2-тармақ\n"
        "2008 жылғы 20 қазан, № 70-IV\n"
        "2022 жылғы 7 ақпандағы редакция; бұл мәтін 2008 жылғы 20 қазаннан бастап "
        "2026 жылғы 1 шілдеге дейін қолданылған\n"
        "Мәртебесі: 2026 жылғы 1 шілдеде күші жойылған\n"
        "Назар аударыңыз: бұл заңның күші 2026 жылғы 1 шілдеде жойылды "
        "(«Қазақстан Халық Кеңесі туралы» заң, 23-бап, 2-тармақ).\n"
        "Тексерілген күні: 2026 жылғы 23 қараша\n"
        "Ресми мәтін: https://zan.gov.kz/client/#!/doc/41901/kaz?a=1&b=2\n"
        "Үзіндіге сілтеме: https://t.me/assembly_test_bot?start=pAbCdEfGhIjKl\n"
        "Үзіндінің SHA-256 белгісі: 5702a339"
    )
    assert card.force is Force.NOT_IN_FORCE


def test_the_text_of_a_law_in_force_says_since_when() -> None:
    card = CitationCard.of(cite_new(), checked=CHECKED, link=LINK)
    assert card.edition == (
        "2026 жылғы 5 маусымдағы редакция; бұл мәтін 2026 жылғы 1 шілдеден бастап қолданылады"
    )
    assert (card.status, card.force) == ("күшінде", Force.IN_FORCE)


@pytest.mark.parametrize(
    ("standing", "edition", "status"),
    [
        (
            Standing(in_force=True, since=date(2008, 10, 20), until=date(2026, 7, 1)),
            "бұл мәтін 2008 жылғы 20 қазаннан бастап 2026 жылғы 1 шілдеге дейін қолданылады",
            "күшінде",
        ),
        (
            Standing(in_force=False, since=date(2008, 10, 20), until=date(2018, 4, 27)),
            "бұл мәтін 2008 жылғы 20 қазаннан бастап 2018 жылғы 27 сәуірге дейін қолданылған",
            "бұл мәтін күшінде емес, 2018 жылғы 27 сәуірде өзгертілген",
        ),
        (
            Standing(in_force=False, since=date(2027, 1, 1)),
            "бұл мәтін 2027 жылғы 1 қаңтардан бастап қолданылады",
            "2027 жылғы 1 қаңтарда күшіне енеді",
        ),
    ],
)
def test_the_status_is_that_of_the_day_of_the_check(standing: Standing, edition: str, status: str) -> None:
    card = CitationCard.of(cite(OLD_SENTENCE, standing=standing), checked=CHECKED, link=LINK)
    assert card.edition == f"2022 жылғы 7 ақпандағы редакция; {edition}"
    assert card.status == status


def test_the_source_article_has_no_edition_and_is_no_law() -> None:
    citation = cite(OLD_SENTENCE, document=SOURCE, article=None, point="12", standing=NOT_LAW)
    card = CitationCard.of(citation, checked=CHECKED, link=LINK)
    assert (card.edition, card.status) == ("", "бастапқы мақала, құқықтық күші жоқ")
    assert (card.source, card.force) == ("Бастапқы мақала, 12-абзац", Force.NOT_LAW)


def test_the_hash_is_of_the_quotation_itself_in_utf_8() -> None:
    card = CitationCard.of(cite(OLD_SENTENCE), checked=CHECKED, link=LINK)
    assert card.digest == hashlib.sha256(OLD_SENTENCE.encode()).hexdigest()[:8]
    assert short_hash(OLD_SENTENCE) == card.digest != short_hash(OLD_SENTENCE + " ")


def test_a_quotation_that_is_not_in_its_passage_gets_no_card() -> None:
    citation = cite_new()
    altered = replace(citation, quote=Quote(citation.quote.passage, "Кеңес – жоғары орган."))
    with pytest.raises(UnprovenQuote):
        CitationCard.of(altered, checked=CHECKED, link=LINK)


def test_the_short_text_keeps_words_place_status_and_link_on_one_line() -> None:
    card = CitationCard.of(cite("Бір сөйлем.", standing=IN_FORCE), checked=CHECKED, link=LINK)
    assert card.short_text() == f"«Бір сөйлем.» (Ассамблея туралы заң, 9-бап, 2-тармақ; күшінде; {LINK})"
