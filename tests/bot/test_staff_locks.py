"""Staff answers locked to the law: withdrawn when it moves on, told with the difference, renewed by a tap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.kazakh import staff as say
from bot.quoting import UnprovenQuote
from bot.staff_locks import changes_of, check_locks, locked, renewed_quotes, shown_citations
from bot.storage import Storage
from bot.storage.values import CuratedAnswer, CuratedStatus
from bot.telegram.staff import keep_locks
from bot.telegram.staff.withdrawals import marked
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import Quote, Reference, Repeal
from tests.bot.journalists_case import CATALOG, NEW, SINCE, THEN, TODAY, bridge_law, write_laws
from tests.bot.staff_case import ASKED, BERIK, REFUSAL, STAFF, staff_room, with_model
from tests.bot.telegram_running import storage_in
from tests.knowledge.library_case import put

PLACE = Reference("law-bridge", "1", "1")
NEXT = "2026-05-07"
CHANGED = "Көпір төрт жағаны қосады."


def quote_in(library: Library, text: str, edition: str | None = None, place: Reference = PLACE) -> Quote:
    return Quote(library.find(place, edition)[0], text)


async def answered(storage: Storage, library: Library, *quotes: Quote) -> CuratedAnswer:
    """An active answer to ASKED, locked to these."""
    citations = locked(library, quotes, TODAY)
    answer_id = await storage.curated.add("Жауап мәтіні", [ASKED], citations, by=STAFF)
    answer = await storage.curated.get(answer_id)
    assert answer is not None
    return answer


def amended(folder: Path, first: str = CHANGED) -> Library:
    """The law with one more edition, whose article 1 reads otherwise."""
    note = "> *Ескерту. 1-бапқа өзгерістер енгізілді - ҚР 06.05.2024 № 9-VIII; 07.05.2026 № 3-VIII.*\n"
    text = bridge_law(first).replace("\n### 2-бап", f"\n{note}\n### 2-бап")
    put(folder, "law-bridge", NEXT, text)
    return Library.load(CATALOG, folder)


def repealed_catalog() -> Catalog:
    """The same documents, «Көпір туралы» ended this month by article 1 of the other law."""
    repeal = Repeal(date(2026, 11, 1), Reference("law-road", "1", "1"))
    changed = (replace(d, repeal=repeal) if d.id == "law-bridge" else d for d in CATALOG.documents)
    return Catalog(tuple(changed))


async def test_an_answer_whose_text_stands_is_left_alone(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    async with storage_in(tmp_path) as storage:
        await answered(storage, library, quote_in(library, SINCE))
        assert await check_locks(library, storage, TODAY) == ()
        assert len(await storage.curated.listed()) == 1


async def test_an_edition_that_leaves_the_words_as_they_are_changes_nothing(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    async with storage_in(tmp_path) as storage:
        answer = await answered(storage, library, quote_in(library, SINCE))
        assert changes_of(amended(tmp_path, SINCE), answer, TODAY) == ()


async def test_an_answer_is_withdrawn_when_a_new_edition_says_otherwise(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    async with storage_in(tmp_path) as storage:
        await answered(storage, library, quote_in(library, SINCE))
        [broken] = await check_locks(amended(tmp_path), storage, TODAY)
        [change] = broken.changes
        assert (change.was, change.now, change.repealed) == (SINCE, CHANGED, None)
        [withdrawn] = await storage.curated.listed(CuratedStatus.WITHDRAWN)
        assert withdrawn.reason == "text changed"
        assert await check_locks(amended(tmp_path), storage, TODAY) == ()


async def test_an_old_text_cited_on_purpose_holds_until_the_law_moves_on_again(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    async with storage_in(tmp_path) as storage:
        answer = await answered(storage, library, quote_in(library, THEN, "2020-01-01"))
        assert changes_of(library, answer, TODAY) == ()
        assert [citation.quote for citation in shown_citations(answer)] == [THEN]
        assert len(changes_of(amended(tmp_path), answer, TODAY)) == 1


async def test_an_answer_is_withdrawn_when_its_act_loses_its_force(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    later = Library.load(repealed_catalog(), tmp_path)
    async with storage_in(tmp_path) as storage:
        await answered(storage, library, quote_in(library, SINCE))
        assert await check_locks(later, storage, date(2026, 10, 31)) == ()
        [broken] = await check_locks(later, storage, TODAY)
        [change] = broken.changes
        assert change.repealed is not None and change.repealed.id == "law-bridge"
        assert (change.was, change.now) == (SINCE, SINCE)


async def test_an_answer_renewed_after_the_repeal_is_not_withdrawn_for_it_again(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    later = Library.load(repealed_catalog(), tmp_path)
    async with storage_in(tmp_path) as storage:
        answer = await answered(storage, library, quote_in(library, SINCE))
        await check_locks(later, storage, TODAY)
        quotes = renewed_quotes(later, answer, TODAY)
        assert [quote.text for quote in quotes] == [SINCE]
        await storage.curated.renew(answer.id, locked(later, quotes, TODAY), by=STAFF)
        assert await check_locks(later, storage, TODAY) == ()


async def test_a_place_that_is_gone_cannot_be_renewed(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    async with storage_in(tmp_path) as storage:
        gone = quote_in(library, "Бұл бап кейін қосылды.", place=Reference("law-bridge", "3"))
        answer = await answered(storage, library, gone)
        put(tmp_path, "law-bridge", NEW, bridge_law(SINCE, changed=True))
        without = Library.load(CATALOG, tmp_path)
        [change] = changes_of(without, answer, TODAY)
        assert (change.was, change.now) == ("Бұл бап кейін қосылды.", None)
        assert renewed_quotes(without, answer, TODAY) == ()


async def test_texts_that_are_not_held_just_now_withdraw_nothing(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    async with storage_in(tmp_path) as storage:
        answer = await answered(storage, library, quote_in(library, SINCE))
        assert changes_of(Library.load(CATALOG, tmp_path / "nowhere"), answer, TODAY) == ()


def test_words_that_are_not_in_the_text_cannot_be_locked(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    with pytest.raises(UnprovenQuote):
        locked(library, [quote_in(library, "Көпір бес жағаны қосады.")], TODAY)


async def test_staff_see_the_difference_and_renew_with_one_tap(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        library, storage = room.deps.library, room.deps.storage
        answer = await answered(storage, library, quote_in(library, SINCE))
        assert room.deps.staff_answers is not None
        await room.deps.staff_answers.refresh(storage)
        # as after a restart with the new texts, but under the same application
        synced = replace(room.deps, library=amended(tmp_path))
        assert await keep_locks(synced) == 1
        assert await keep_locks(synced) == 0
        told = await room.shown("⚠️ " + say.WITHDRAWN_TITLE)
        assert (
            f"{say.answer_title(answer.id)} · {ASKED}\n\n«Көпір туралы» Заң, 1-бап, 1-тармақ\n" in told.text
        )
        assert f"Бұрын: {SINCE}\nҚазір: {CHANGED}" in told.text
        assert told.parsed.of_type("strikethrough") == ("үш",)
        assert "төрт" in told.parsed.of_type("bold")
        room.server.user_says(BERIK, ASKED)
        assert (await room.server.wait_for_message(BERIK)).text == REFUSAL
        room.server.taps(told, say.RENEW, user_id=STAFF)
        await room.becomes(told, "Жауап № 1 · қолданыста")
        assert [a.id for a in await storage.curated.listed()] == [answer.id]


async def test_a_renewed_answer_cites_the_new_words(tmp_path: Path) -> None:
    library = Library.load(CATALOG, write_laws(tmp_path))
    async with storage_in(tmp_path) as storage:
        answer = await answered(storage, library, quote_in(library, SINCE))
        after = amended(tmp_path)
        [quote] = renewed_quotes(after, answer, TODAY)
        assert (quote.text, quote.passage.edition) == (CHANGED, NEXT)


async def test_an_answer_whose_text_is_gone_is_not_given_even_before_the_check(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        library, storage = room.deps.library, room.deps.storage
        await answered(storage, library, quote_in(library, SINCE))
        put(tmp_path, "law-bridge", NEW, bridge_law(CHANGED, changed=True))
        later = with_model(room.deps, Library.load(CATALOG, tmp_path), tmp_path)
        assert later.staff_answers is not None
        await later.staff_answers.refresh(storage)
        assert later.staff_answers.reply(ASKED) is None


def test_long_unchanged_stretches_are_shortened_around_what_changed() -> None:
    text = "сөз " * 100 + "ескі " + "сөз " * 100
    start = text.index("ескі")
    shown = marked(text, ((start, start + 4),), "s")
    assert "<s>ескі</s>" in shown
    assert shown.count("…") == 2
    assert len(shown) < 250
