"""Two values for one matter are told; anything less than sure is not."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from bot.answers import Citation, Standing
from bot.conflicts import Conflicts, disagreements
from knowledge.article_text import ArticleNote, Overtaken
from knowledge.model import Passage, Quote, Reference
from knowledge.successors import Successors
from tests.bot.real_texts import texts_on
from tests.bot.samples import SOURCE, cite


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (
            "Сессия Мәжілістің тоғыз депутатын сайлайды.",
            "Мәжілістің бес депутатын Сессия сайлайды.",
            ("тоғыз депутатын", "бес депутатын"),
        ),
        (
            "Отырыс жылына кемінде бір рет шақырылады.",
            "Отырыс тоқсанына кемінде бір рет өткізіледі.",
            ("жылына бір рет", "тоқсанына бір рет"),
        ),
        (
            "Мүшелердің үштен екісі қатысса, отырыс заңды.",
            "Мүшелердің жартысы қатысса, отырыс заңды.",
            ("үштен екісі қатысса", "жартысы қатысса"),
        ),
        (
            "Сессияны Қазақстан Республикасының Президенті шақырады.",
            "Кезекті Сессиясын Қазақстан Халық Кеңесінің Төрағасы шақырады.",
            ("Қазақстан Республикасының Президенті", "Қазақстан Халық Кеңесінің Төрағасы"),
        ),
        (
            "Заң 2008 жылғы 20 қазанда қабылданған.",
            "Заң 2008 жылғы 21 қазанда қабылданған.",
            ("2008 жылғы 20 қазанда", "2008 жылғы 21 қазанда"),
        ),
    ],
)
def test_numbers_shares_offices_and_days_disagree(one: str, other: str, shown: tuple[str, str]) -> None:
    assert [(mine.shown, theirs.shown) for mine, theirs in disagreements(one, other)] == [shown]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Мәжілістің тоғыз депутатын сайлайды.", "Мәжілістің 9 депутатын сайлайды."),
        ("Мәжілістің 98 депутаты мен 9 депутаты бар.", "Құрылтайда 145 депутат бар."),  # which of the two?
        ("Отыз күннен кешіктірілмейді.", "Екі жыл мерзімге тағайындалады."),
        ("1) бірінші; 2) екінші", "1) үшінші; 5) төртінші"),
        ("Бір адам сайлана алмайды.", "Қырық екі адам кіреді."),
        ("Шешімді Ассамблеяның Төрағасы бекітеді.", "Шешімін Қазақстан Халық Кеңесінің Төрағасы бекітеді."),
        ("Құрамын Президент айқындайды.", "Құрамын Төрағасы айқындайды."),
    ],
)
def test_what_is_the_same_or_not_surely_the_same_matter_is_left_alone(one: str, other: str) -> None:
    assert list(disagreements(one, other)) == []


CONFLICTS = Conflicts(Successors("law-assembly", ()), {})


def test_two_editions_are_named_with_their_days() -> None:
    older = cite("Кеңеске отыз мүше кіреді.", edition="2008-10-20")
    newer = cite("Кеңеске қырық мүше кіреді.", edition="2022-02-07")
    assert CONFLICTS.notices([older, newer]) == (
        "Айырмашылық бар (мүше саны): Ассамблея туралы заң, 2008 жылғы 20 қазандағы редакция – «отыз мүше», "
        "Ассамблея туралы заң, 2022 жылғы 7 ақпандағы редакция – «қырық мүше».",
    )


def test_texts_that_nobody_linked_are_not_compared() -> None:
    one = cite("Кеңеске отыз мүше кіреді.", article="9", point="2")
    other = cite("Кеңеске қырық мүше кіреді.", article="10", point="1", edition="2008-10-20")
    assert CONFLICTS.notices([one, other]) == ()


def test_the_source_article_is_held_against_the_law_that_overtook_it() -> None:
    passage = Passage("a/1", "assembly-article", "2009-01-01", "Кеңеске отыз мүше кіреді.", 0, point="1")
    told = Citation(Quote(passage, passage.text), SOURCE, "1-абзац", SOURCE.url, Standing(False))
    law = cite("Кеңеске қырық мүше кіреді.")
    note = ArticleNote(False, (Overtaken(Reference("law-assembly", "9", "2"), "Саны өзгерді."),))
    (notice,) = Conflicts(Successors("law-assembly", ()), {"a/1": note}).notices([told, law])
    assert "мақалада (2009 жыл шамасы) – «отыз мүше»" in notice


def test_in_the_real_texts_exactly_two_matters_changed_hands(law_folder: Path) -> None:
    """Every pair of passages that the project links is compared; each notice was read by a person."""
    texts = texts_on(law_folder)
    laws = [p for p in texts.library.passages if p.edition != "2008-10-20"]
    citations = [texts.citer.cite(Quote(passage, passage.text)) for passage in laws]
    by_id = {citation.quote.passage.id: citation for citation in citations}
    told = {
        notice
        for one, other in combinations(by_id.values(), 2)
        for notice in texts.conflicts.notices([one, other])
    }
    matters = sorted(notice[notice.index("(") + 1 : notice.index(")")] for notice in told)
    assert matters == ["Сессияны шақыру", "орынбасарларын тағайындау"]
