"""Citations with their standing, and the notices over them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers import Citation
from bot.moment import LawLife, Moment, moment_of
from bot.source_lines import source_status
from knowledge.model import Quote, Reference
from tests.bot.real_texts import DAY_BEFORE, DAY_OF_REPEAL, Texts, texts_on
from tests.real import TODAY

REPEALED = (
    "Назар аударыңыз: бұл заңның күші 2026 жылғы 1 шілдеде жойылды "
    "(«Қазақстан Халық Кеңесі туралы» Конституциялық заң, 23-бап, 2-тармақ)."
)
LAW = LawLife(date(2008, 10, 20), DAY_OF_REPEAL, (date(2008, 10, 20), date(2022, 2, 7)))


def cited(texts: Texts, document: str, article: str, edition: str | None = None) -> Citation:
    passage = texts.library.find(Reference(document, article), edition)[0]
    return texts.citer.cite(Quote(passage, passage.text))


def asked(question: str) -> Moment:
    moment = moment_of(question, TODAY, law=LAW)
    return moment.instead or moment


def test_the_day_before_the_repeal_the_law_is_in_force_and_carries_no_notice(law_folder: Path) -> None:
    texts = texts_on(law_folder, DAY_BEFORE)
    citation = cited(texts, "law-assembly", "8")
    assert source_status(citation) == "2022 жылғы 7 ақпандағы редакция · күшінде"
    assert texts.citer.notices([citation]) == ()


def test_from_the_day_of_the_repeal_there_is_a_notice(law_folder: Path) -> None:
    texts = texts_on(law_folder, DAY_OF_REPEAL)
    citation = cited(texts, "law-assembly", "8")
    assert source_status(citation) == ("2022 жылғы 7 ақпандағы редакция · 2026 жылғы 1 шілдеде күші жойылған")
    assert texts.citer.notices([citation]) == (REPEALED,)


def test_the_repealing_provision_is_quoted_letter_for_letter(law_folder: Path) -> None:
    texts = texts_on(law_folder)
    citation = texts.citer.repeal_citation(texts.catalog.document("law-assembly"))
    assert citation is not None
    assert (citation.document.id, citation.locator) == ("law-halyk-kenesi", "23-бап, 2-тармақ")
    assert citation.quote.text == (
        "Осы Конституциялық заң қолданысқа енгізілген күннен бастап «Қазақстан халқы Ассамблеясы туралы» "
        "2008 жылғы 20 қазандағы Қазақстан Республикасы Заңының күші жойылды деп танылсын."
    )


def test_there_is_no_proof_of_a_repeal_that_has_not_happened(law_folder: Path) -> None:
    before, today = texts_on(law_folder, DAY_BEFORE), texts_on(law_folder)
    assert before.citer.repeal_citation(before.catalog.document("law-assembly")) is None
    assert today.citer.repeal_citation(today.catalog.document("law-halyk-kenesi")) is None


@pytest.mark.parametrize(
    ("question", "article", "edition", "notice"),
    [
        (
            "2005 жылы Ассамблеяның мақсаты қандай еді?",
            "3",
            "2008-10-20",
            "2005 жылы бұл заң әлі қабылданбаған еді: ол 2008 жылғы 20 қазаннан бастап қолданылды.",
        ),
        (
            "2008 жылғы 1 мамырда Ассамблеяның мақсаты қандай еді?",
            "3",
            "2008-10-20",
            "2008 жылғы 1 мамырда бұл заң әлі қабылданбаған еді: "
            "ол 2008 жылғы 20 қазаннан бастап қолданылды.",
        ),
        (
            "2018 жылы Ассамблеяның мақсаты қандай болды?",
            "3",
            "2022-02-07",
            "3-бап 2018 жылғы 27 сәуірде өзгертілген; жыл соңында қолданылған мәтін берілді.",
        ),
        (
            "2016 жылы Ассамблеяның міндеттері қандай еді?",
            "4",
            "2008-10-20",
            "4-бап: 2016 жылғы мәтін қолымда жоқ, оған дейінгі ең жақын 2008 жылғы 20 қазандағы редакция "
            "берілді.",
        ),
        (
            "2019 жылы Қор туралы заңда не айтылған?",
            "13-1",
            "2022-02-07",
            "13-1-бап: 2019 жылғы мәтін қолымда жоқ, одан кейінгі ең жақын 2022 жылғы 7 ақпандағы редакция "
            "берілді.",
        ),
        (
            "2026 жылғы 15 тамызда Ассамблеяның мақсаты қандай еді?",
            "3",
            "2022-02-07",
            "2026 жылғы 15 тамызда бұл заңның күші жойылып қойған еді.",
        ),
    ],
)
def test_how_a_text_stood_on_the_day_asked_about_is_said_first(
    law_folder: Path, question: str, article: str, edition: str, notice: str
) -> None:
    texts = texts_on(law_folder)
    citation = cited(texts, "law-assembly", article, edition)
    assert texts.citer.notices([citation], asked(question)) == (notice, REPEALED)


def test_a_law_younger_than_the_day_asked_about_is_said_to_be(law_folder: Path) -> None:
    texts = texts_on(law_folder)
    citation = cited(texts, "law-halyk-kenesi", "12")
    assert texts.citer.notices([citation], asked("2012 жылы құрамында кім болды?")) == (
        "2012 жылы бұл заң әлі қабылданбаған еді: ол 2026 жылғы 1 шілдеден бастап қолданылады.",
    )


def test_a_text_that_held_all_that_time_needs_no_word_on_it(law_folder: Path) -> None:
    texts = texts_on(law_folder)
    citation = cited(texts, "law-assembly", "3", "2008-10-20")
    assert texts.citer.notices([citation], asked("2010 жылы мақсаты қандай еді?")) == (REPEALED,)


def test_the_far_end_of_a_range_is_looked_at_too(law_folder: Path) -> None:
    texts = texts_on(law_folder)
    citation = cited(texts, "law-assembly", "4", "2008-10-20")
    first, _ = texts.citer.notices([citation], asked("2009-2016 жылдары міндеттері қандай болды?"))
    assert first.startswith("4-бап: 2016 жылғы мәтін қолымда жоқ")
