"""Which passages may answer for a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.eligibility import Eligibility
from knowledge.model import Passage
from retrieval.entries import entries_of
from tests.bot.real_texts import DAY_BEFORE, texts_on
from tests.real import TODAY


def eligibility(folder: Path, today: date = TODAY) -> tuple[Eligibility, tuple[Passage, ...]]:
    texts = texts_on(folder, today)
    passages = tuple(entry.passage for entry in entries_of(texts.library, texts.catalog))
    return Eligibility(passages, texts.library, texts.catalog, lambda: today), passages


def editions(folder: Path, day: date, article: str, **asked: bool) -> set[str]:
    """Editions of an article of the Assembly law that may answer for a named day."""
    chosen, passages = eligibility(folder)
    mask = chosen.on(day, named=True, **asked)
    return {
        passage.edition
        for passage, allowed in zip(passages, mask, strict=True)
        if allowed and (passage.document, passage.article) == ("law-assembly", article)
    }


def documents(folder: Path, day: date, *, today: date = TODAY, **asked: bool) -> set[str]:
    chosen, passages = eligibility(folder, today)
    mask = chosen.on(day, **{"named": True, **asked})
    return {passage.document for passage, allowed in zip(passages, mask, strict=True) if allowed}


@pytest.mark.parametrize(
    ("day", "article", "edition"),
    [
        (date(2012, 12, 31), "8", "2008-10-20"),
        (date(2018, 12, 31), "8", "2008-10-20"),  # reworded that year, its words are not held
        (date(2021, 12, 31), "8", "2022-02-07"),
        (date(2017, 12, 31), "3", "2008-10-20"),
        (date(2018, 12, 31), "3", "2022-02-07"),
        (TODAY, "3", "2022-02-07"),
    ],
)
def test_of_an_article_one_edition_answers_for_a_day(
    law_folder: Path, day: date, article: str, edition: str
) -> None:
    assert editions(law_folder, day, article) == {edition}


def test_an_article_that_was_added_later_is_not_there_before(law_folder: Path) -> None:
    assert editions(law_folder, date(2012, 1, 1), "10-1") == set()
    assert editions(law_folder, date(2019, 1, 1), "10-1") == {"2022-02-07"}


def test_law_that_came_later_does_not_answer_for_a_named_day(law_folder: Path) -> None:
    held = documents(law_folder, date(2012, 1, 1))
    assert "law-halyk-kenesi" not in held
    assert "constitution-2026" not in held


def test_law_that_came_later_answers_where_the_question_is_about_it(law_folder: Path) -> None:
    assert "law-halyk-kenesi" in documents(law_folder, date(2012, 1, 1), later=True)


def test_without_a_named_day_every_law_may_answer(law_folder: Path) -> None:
    held = documents(law_folder, TODAY, named=False)
    assert {"law-assembly", "law-halyk-kenesi", "constitution-2026", "assembly-article", "faq"} <= held


def test_a_question_about_now_leaves_out_repealed_law_and_the_source_article(law_folder: Path) -> None:
    held = documents(law_folder, TODAY, named=False, in_force_only=True)
    assert held == {"law-halyk-kenesi", "constitution-2026", "faq"}


def test_before_the_repeal_the_law_answers_for_now(law_folder: Path) -> None:
    held = documents(law_folder, DAY_BEFORE, today=DAY_BEFORE, named=False, in_force_only=True)
    assert "law-assembly" in held


def test_the_source_article_answers_for_a_year_that_it_names(law_folder: Path) -> None:
    chosen, passages = eligibility(law_folder)

    def paragraphs(day: date) -> list[str | None]:
        mask = chosen.on(day, named=True)
        pairs = zip(passages, mask, strict=True)
        return [p.point for p, allowed in pairs if allowed and p.document == "assembly-article"]

    assert paragraphs(date(2010, 12, 31)) == ["6"]
    assert paragraphs(date(2013, 12, 31)) == []


def test_the_same_question_of_time_gives_the_same_mask(law_folder: Path) -> None:
    chosen, _ = eligibility(law_folder)
    assert chosen.on(TODAY, named=True) is chosen.on(TODAY, named=True)
    assert not chosen.on(TODAY, named=True).flags.writeable
