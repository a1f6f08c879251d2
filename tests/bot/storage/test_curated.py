"""Staff answers and their history."""

from __future__ import annotations

import asyncio

from bot.storage import Storage
from bot.storage.values import (
    ChangeKind,
    CuratedAnswer,
    CuratedChange,
    CuratedCitation,
    CuratedStatus,
)
from tests.bot.storage.samples import START, HandClock, citation

STAFF, CHIEF = 801234567, 802345678
QUESTIONS = ("Ассамблеяны кім басқарады?", "Ассамблея төрағасы кім?")


async def add(storage: Storage, text: str = "Президент басқарады.", *citations: CuratedCitation) -> int:
    return await storage.curated.add(text, QUESTIONS, citations or (citation(),), by=STAFF)


async def test_a_staff_answer_is_kept_with_its_questions_and_citations(storage: Storage) -> None:
    cited = (citation("10"), citation("9"))
    answer_id = await add(storage, "Президент басқарады.", *cited)
    assert await storage.curated.get(answer_id) == CuratedAnswer(
        id=answer_id,
        text="Президент басқарады.",
        questions=QUESTIONS,
        citations=cited,
        status=CuratedStatus.ACTIVE,
        author=storage.keys.person(STAFF),
        reason=None,
        created_at=START,
        changed_at=START,
    )


async def test_an_answer_is_found_by_the_text_that_it_cites_while_it_is_active(storage: Storage) -> None:
    nine = await add(storage, "бірінші", citation("9"))
    both = await add(storage, "екінші", citation("9"), citation("10"))
    await add(storage, "үшінші", citation("11"))
    wanted = [citation("9").digest, citation("10").digest]
    assert [answer.id for answer in await storage.curated.citing(wanted)] == [nine, both]
    await storage.curated.withdraw([nine], "9-бап өзгерді")
    assert [answer.id for answer in await storage.curated.citing(wanted)] == [both]
    assert await storage.curated.citing([]) == ()


async def test_a_changed_text_withdraws_the_answer_and_a_person_renews_it(
    storage: Storage, clock: HandClock
) -> None:
    answer_id = await add(storage)
    clock.move(days=1)
    (withdrawn,) = await storage.curated.withdraw([answer_id, 99], "9-бап өзгерді")
    assert (withdrawn.status, withdrawn.reason) == (CuratedStatus.WITHDRAWN, "9-бап өзгерді")
    assert await storage.curated.withdraw([answer_id], "тағы") == ()
    new = citation("9", text="жаңа мәтін")
    renewed = await storage.curated.renew(answer_id, [new], by=CHIEF)
    assert renewed is not None
    assert (renewed.status, renewed.reason, renewed.citations) == (CuratedStatus.ACTIVE, None, (new,))
    assert renewed.changed_at == clock.now


async def test_the_history_tells_who_changed_what_and_when(storage: Storage, clock: HandClock) -> None:
    old, new = citation("9"), citation("9", text="жаңа мәтін")
    answer_id = await add(storage, "Президент басқарады.", old)
    clock.move(hours=1)
    await storage.curated.edit(answer_id, by=CHIEF, text="Төраға басқарады.")
    clock.move(hours=1)
    await storage.curated.withdraw([answer_id], "9-бап өзгерді")
    await storage.curated.renew(answer_id, [new], by=STAFF)
    await storage.curated.retire(answer_id, by=CHIEF, reason="керек емес")
    staff, chief = storage.keys.person(STAFF), storage.keys.person(CHIEF)
    first, second, third = START, START.replace(hour=10), START.replace(hour=11)
    said, edited = "Президент басқарады.", "Төраға басқарады."
    assert await storage.curated.history(answer_id) == (
        CuratedChange(ChangeKind.CREATED, staff, first, None, said, QUESTIONS, (old,)),
        CuratedChange(ChangeKind.EDITED, chief, second, None, edited, QUESTIONS, (old,)),
        CuratedChange(ChangeKind.WITHDRAWN, None, third, "9-бап өзгерді", edited, QUESTIONS, (old,)),
        CuratedChange(ChangeKind.RENEWED, staff, third, None, edited, QUESTIONS, (new,)),
        CuratedChange(ChangeKind.RETIRED, chief, third, "керек емес", edited, QUESTIONS, (new,)),
    )


async def test_a_retired_answer_stays_retired(storage: Storage) -> None:
    answer_id = await add(storage)
    assert await storage.curated.retire(answer_id, by=CHIEF)
    assert not await storage.curated.retire(answer_id, by=CHIEF)
    assert await storage.curated.renew(answer_id, [citation()], by=STAFF) is None
    assert await storage.curated.withdraw([answer_id], "өзгерді") == ()
    assert [answer.id for answer in await storage.curated.listed(CuratedStatus.RETIRED)] == [answer_id]
    assert await storage.curated.listed() == ()


async def test_of_two_replicas_that_withdraw_an_answer_one_tells_staff(
    storage: Storage, replica: Storage
) -> None:
    answer_id = await add(storage)
    told = await asyncio.gather(
        storage.curated.withdraw([answer_id], "өзгерді"), replica.curated.withdraw([answer_id], "өзгерді")
    )
    assert sorted(len(answers) for answers in told) == [0, 1]
    assert len(await storage.curated.history(answer_id)) == 2


async def test_an_answer_is_found_by_words_typed_without_kazakh_letters(
    storage: Storage, clock: HandClock
) -> None:
    older = await add(storage, "Ассамблеяның төрағасы — Президент.")
    clock.move(hours=1)
    newer = await add(storage, "ТӨРАҒАСЫ сайланады.")
    assert [answer.id for answer in await storage.curated.find("торагасы")] == [newer, older]
    assert [answer.id for answer in await storage.curated.find("президент төраға")] == [older]
    assert await storage.curated.find("100%") == ()


async def test_an_edit_moves_the_search_along(storage: Storage) -> None:
    answer_id = await add(storage, "Президент")
    await storage.curated.edit(answer_id, by=STAFF, text="Хатшылық", questions=["Кім жұмыс істейді?"])
    assert await storage.curated.find("президент") == ()
    assert [answer.id for answer in await storage.curated.find("хатшылық кім")] == [answer_id]


async def test_an_answer_that_is_not_there_is_not_edited(storage: Storage) -> None:
    assert await storage.curated.edit(99, by=STAFF, text="жоқ") is None
    assert await storage.curated.get(99) is None
