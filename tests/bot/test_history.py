"""The life of an article, told in lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.real_texts import DAY_BEFORE, texts_on


def test_every_change_is_told_with_its_day_and_act(law_folder: Path) -> None:
    history = texts_on(law_folder).histories.of("law-assembly", "8")
    assert history is not None
    assert history.lines() == (
        "Тарихы: «Қазақстан халқы Ассамблеясы туралы» Заң, 8-бап",
        "• 2008 жылғы 20 қазанда қолданысқа енгізілді "
        "(2008 жылғы 20 қазандағы № 70-IV Қазақстан Республикасының Заңы)",
        "• 2018 жылғы 27 сәуірде жаңа редакцияда жазылды (ҚР Заңы, № 149-VI) · бұл мәтін қолымда жоқ",
        "• 2020 жылғы 3 шілдеде өзгертілді (ҚР Заңы, № 357-VI)",
        "• 2026 жылғы 1 шілдеде күші жойылды "
        "(«Қазақстан Халық Кеңесі туралы» Конституциялық заң, 23-бап, 2-тармақ)",
    )


def test_an_article_added_later_begins_with_its_own_day(law_folder: Path) -> None:
    history = texts_on(law_folder).histories.of("law-assembly", "10-1")
    assert history is not None
    assert history.events[0].text == "2018 жылғы 27 сәуірде қосылды (ҚР Заңы, № 149-VI)"


def test_what_lies_ahead_is_not_history(law_folder: Path) -> None:
    history = texts_on(law_folder, DAY_BEFORE).histories.of("law-assembly", "2")
    assert history is not None
    assert len(history.events) == 1


@pytest.mark.parametrize(("document", "article"), [("law-assembly", "99"), ("assembly-article", "1")])
def test_what_is_no_article_of_law_has_no_history(law_folder: Path, document: str, article: str) -> None:
    assert texts_on(law_folder).histories.of(document, article) is None
