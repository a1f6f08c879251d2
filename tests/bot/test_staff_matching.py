"""When a question asks what a staff answer answers: measured with the real model on the curated entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from bot.answers import Answer
from bot.staff_answers import Likeness, Wording
from bot.staff_locks import locked
from bot.wiring import Bot
from knowledge.model import Quote
from retrieval.synonyms import load_synonyms
from tests.bot.telegram_running import TODAY, storage_in

QUESTION = "Ассамблея мүшелеріне жалақы төлене ме?"


@pytest.fixture(scope="module")
def likeness(carried_bot: Bot) -> Likeness:
    rarity = carried_bot.opened.index.lexical.rarity
    return Likeness(load_synonyms(), rarity, carried_bot.embedder.embed_queries)


def alike(likeness: Likeness, one: str, other: str) -> bool:
    known = [likeness.wording(other)]
    return likeness.best(likeness.wording(one), known, likeness.matcher(known)) is not None


def test_wordings_of_one_entry_match_each_other_far_more_often_than_those_of_others(
    carried_bot: Bot, likeness: Likeness
) -> None:
    entries = carried_bot.library.faq[::7]
    known = [(e.id, likeness.wording(text)) for e in entries for text in (e.question, *e.variants)]
    matchers = [likeness.matcher([wording]) for _, wording in known]
    pairs, matched = Counter[bool](), Counter[bool]()
    for (one_id, one), (at, (other_id, other)) in combinations_of(known):
        same = one_id == other_id
        pairs[same] += 1
        matched[same] += likeness.best(one, [other], matchers[at]) is not None
    of_one, of_others = (matched[same] / pairs[same] for same in (True, False))
    assert of_one > 0.1
    assert of_one > 40 * of_others


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ассамблея мүшелеріне жалақы төлене ме", True),
        ("Ассамблея мүшелеріне жалақы төлене ме екен?", True),
        ("Assambleia musheleri zhalaqy ala ma?", False),
        ("Халық Кеңесінің мүшелеріне жалақы төлене ме?", False),
        ("Ассамблея мүшелерін кім сайлайды?", False),
        ("2010 жылы Ассамблея мүшелеріне жалақы төлене ме?", False),
    ],
)
def test_a_question_matches_only_with_the_same_body_and_numbers(
    likeness: Likeness, asked: str, found: bool
) -> None:
    assert alike(likeness, asked, QUESTION) is found


async def test_the_core_answers_by_staff_before_it_searches_and_only_what_was_asked(
    carried_bot: Bot, tmp_path: Path
) -> None:
    library, staff = carried_bot.library, carried_bot.staff_answers
    passage = library.passages[0]
    async with storage_in(tmp_path) as storage:
        citations = locked(library, [Quote(passage, passage.text)], TODAY)
        answer_id = await storage.curated.add("Төленбейді.", [QUESTION], citations, by=1)
        await staff.refresh(storage)
        try:
            reply = await carried_bot.core.reply("chat", "assambleia mushelerine zhalaqy tolene me?")
            other = await carried_bot.core.reply("chat", "Ассамблея қай жылы құрылды?", ())
            follow_up = await carried_bot.core.reply("chat", QUESTION, ("Ассамблея қай жылы құрылды?",))
        finally:
            await storage.curated.retire(answer_id, by=1)
            await staff.refresh(storage)
    for found in (reply, follow_up):
        assert isinstance(found, Answer)
        assert (found.lead, found.curated) == ("Қызметкер жауабы: Төленбейді.", True)
        assert [citation.quote.text for citation in found.citations] == [passage.text]
    assert isinstance(other, Answer) and not other.lead.startswith("Қызметкер")
    assert staff.reply(QUESTION) is None


Known = tuple[str, Wording]


def combinations_of(known: list[Known]) -> Iterator[tuple[Known, tuple[int, Known]]]:
    """Every two of them, the second one with its place."""
    for (_, one), (at, other) in combinations(enumerate(known), 2):
        yield one, (at, other)
