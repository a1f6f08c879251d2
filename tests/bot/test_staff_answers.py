"""Answers that staff keep for everyone: chosen proof, found again, edited, retired, with their history."""

from __future__ import annotations

from pathlib import Path

from bot.kazakh import staff as say
from bot.staff_locks import shown_citations
from bot.storage.values import ChangeKind, CuratedAnswer, CuratedStatus
from bot.telegram.staff.caretaker import one_round
from tests.bot.journalists_case import SINCE, THEN
from tests.bot.staff_case import (
    AIGUL,
    ASKED,
    BERIK,
    COLLEAGUE,
    OTHER,
    REFUSAL,
    SAME,
    STAFF,
    Room,
    life_on,
    open_room,
    staff_room,
)
from tests.bot_api import BotApiServer, SentMessage

TEXT = "Көпір үш жағаны қосады."
PLACE = "1-бап, 1-тармақ · «Көпір туралы» Заң"


async def drafted(room: Room) -> SentMessage:
    """A question answered and its answer kept, without citations yet."""
    await room.passes_on()
    card = await room.shown("Сұрақ № 1")
    room.replies(card, TEXT)
    offer = await room.shown("Сұрақ № 1: жауап")
    room.server.taps(offer, say.SAVE, user_id=STAFF)
    return await room.becomes(offer, "Жауап № 1")


async def saved(room: Room) -> SentMessage:
    """As ``drafted``, cited and active."""
    draft = await drafted(room)
    room.server.taps(draft, f"＋ {PLACE}", user_id=STAFF)
    cited = await room.becomes(draft, f"1. «{SINCE}»")
    room.server.taps(cited, say.DONE, user_id=STAFF)
    await room.shown(say.SAVED)
    return await room.becomes(cited, "Жауап № 1 · қолданыста\n")


async def answer_of(room: Room) -> CuratedAnswer:
    answer = await room.deps.storage.curated.get(1)
    assert answer is not None
    return answer


async def test_a_kept_answer_is_given_at_once_to_the_next_one_who_asks(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await saved(room)
        room.server.user_says(BERIK, SAME)
        answer = await room.server.wait_for_message(BERIK)
        assert answer.text == (
            f"Қызметкер жауабы: {TEXT}\n\n«{SINCE}»\n— «Көпір туралы» Заң, 1-бап, 1-тармақ\n"
            "2024 жылғы 6 мамырдағы редакция · күшінде"
        )
        assert answer.parsed.of_type("bold")[0] == f"Қызметкер жауабы: {TEXT}"
        room.server.user_says(BERIK, OTHER)
        assert (await room.server.wait_for_message(BERIK, after=answer)).text == REFUSAL


async def test_an_answer_without_a_citation_is_not_given_to_anybody(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        draft = await drafted(room)
        assert say.NO_CITATIONS in draft.text
        room.server.taps(draft, say.DONE, user_id=STAFF)
        await room.shown(say.NEEDS_CITATION)
        room.server.user_says(BERIK, ASKED)
        assert (await room.server.wait_for_message(BERIK)).text == REFUSAL
        assert (await answer_of(room)).status is CuratedStatus.WITHDRAWN


async def test_a_citation_is_taken_back_by_the_same_button(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        draft = await drafted(room)
        room.server.taps(draft, f"＋ {PLACE}", user_id=STAFF)
        cited = await room.becomes(draft, f"1. «{SINCE}»")
        room.server.taps(cited, f"✓ {PLACE}", user_id=STAFF)
        await room.becomes(cited, say.NO_CITATIONS)


async def test_citations_can_be_typed_a_line_each_and_may_be_a_part_of_the_text(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        draft = await drafted(room)
        room.replies(draft, "law-bridge 1-бап «үш  жағаны»\nlaw-road 1-бап 1-тармақ")
        cited = await room.shown("Жауап № 1", after=draft)
        assert "1. «үш жағаны»\n— «Көпір туралы» Заң, 1-бап, 1-тармақ, 2024-05-06" in cited.text
        assert "2. «Жол түзу.»\n— «Жол туралы» Заң, 1-бап, 1-тармақ, 2021-01-01" in cited.text
        room.server.taps(cited, say.DONE, user_id=STAFF)
        await room.shown(say.SAVED)
        room.server.user_says(BERIK, SAME)
        answer = await room.server.wait_for_message(BERIK)
        assert "«үш жағаны»" in answer.text and "«Жол түзу.»" in answer.text


async def test_an_older_edition_can_be_cited_by_its_day(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        draft = await drafted(room)
        room.replies(draft, "law-bridge 2020-01-01 1-бап")
        cited = await room.shown("Жауап № 1", after=draft)
        assert f"1. «{THEN}»" in cited.text


async def test_a_place_or_words_that_are_not_there_are_not_cited(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        draft = await drafted(room)
        room.replies(draft, "law-bridge 77-бап")
        first = await room.shown("Мұндай жер табылмады: «law-bridge 77-бап».")
        room.replies(draft, "law-bridge 1-бап «төрт жағаны»")
        await room.shown(say.QUOTE_NOT_THERE, after=first)
        room.replies(draft, "рақмет")
        await room.shown("Мұндай жер табылмады: «рақмет».", after=first)
        assert shown_citations(await answer_of(room)) == ()


async def test_not_now_leaves_nothing_but_the_answer_that_was_sent(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await room.passes_on()
        room.replies(await room.shown("Сұрақ № 1"), TEXT)
        offer = await room.shown("Сұрақ № 1: жауап")
        room.server.taps(offer, say.NOT_NOW, user_id=STAFF)
        assert (await room.server.wait_for_edit(offer)).buttons == ()
        assert await room.deps.storage.curated.get(1) is None


async def test_jauap_finds_by_words_and_lists_what_waits_for_a_decision_first(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        room.says("/jauap")
        nothing = await room.shown(say.NO_ANSWERS)
        await saved(room)
        room.says("/jauap жағаны")
        found = await room.shown("«жағаны»", after=nothing)
        assert [row[0].text for row in found.buttons] == [f"№ 1 · {ASKED}"]
        room.says("/jauap пароход")
        await room.shown(say.NOTHING_FOUND)
        room.says("/jauap")
        await room.shown("Қызметкер жауаптары: 1 қолданыста, 0 шешім күтіп тұр.")
        room.server.taps(found, f"№ 1 · {ASKED}", user_id=COLLEAGUE)
        await room.becomes(found, "Жауап № 1 · қолданыста")


async def test_an_edited_text_is_what_people_get_from_then_on(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        shown = await saved(room)
        room.server.taps(shown, say.EDIT_TEXT, user_id=COLLEAGUE)
        prompt = await room.shown("Жауап № 1: жаңа мәтінді")
        room.replies(prompt, "Үш жағаны.", COLLEAGUE)
        await room.shown("Жауап № 1 · қолданыста", after=prompt)
        room.server.user_says(BERIK, ASKED)
        assert (await room.server.wait_for_message(BERIK)).text.startswith("Қызметкер жауабы: Үш жағаны.\n")


async def test_one_more_way_to_ask_is_answered_too(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        shown = await saved(room)
        room.server.taps(shown, say.ADD_QUESTION, user_id=STAFF)
        prompt = await room.shown("Жауап № 1: сұрақтың тағы бір түрін")
        room.replies(prompt, "Өткел нені жалғайды?")
        await room.shown("Жауап № 1 · қолданыста", after=prompt)
        room.server.user_says(BERIK, "өткел нені жалғайды")
        assert (await room.server.wait_for_message(BERIK)).text.startswith(f"Қызметкер жауабы: {TEXT}")


async def test_a_retired_answer_is_given_no_more_and_keeps_its_history(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        shown = await saved(room)
        room.server.taps(shown, say.RETIRE, user_id=COLLEAGUE)
        asked = await room.server.wait_for_edit(shown)
        assert (await answer_of(room)).status is CuratedStatus.ACTIVE
        room.server.taps(asked, say.RETIRE_SURE, user_id=COLLEAGUE)
        retired = await room.becomes(asked, "Жауап № 1 · алып тасталған")
        room.server.user_says(BERIK, ASKED)
        assert (await room.server.wait_for_message(BERIK)).text == REFUSAL
        room.server.taps(retired, say.HISTORY, user_id=STAFF)
        told = await room.shown("Жауап № 1\n")
        lines = [line for line in told.text.splitlines() if "қызметкер" in line]
        keys = room.deps.storage.keys
        staff, colleague = (f"қызметкер {keys.person(id)[:4]}" for id in (STAFF, COLLEAGUE))
        assert [line.partition(" қызметкер ")[2].partition(" ")[2] for line in lines] == [
            "жазды",
            "қолданыстан шығарды (жоба)",
            "өзгертті",
            "қолданысқа енгізді",
            "алып тастады",
        ]
        assert all(staff in line for line in lines[:4]) and colleague in lines[4]
        assert told.parsed.of_type("text_link") == (staff,) * 4
        changes = await room.deps.storage.curated.history(1)
        assert changes[-1].kind is ChangeKind.RETIRED


async def test_the_last_citation_of_an_active_answer_stays(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        shown = await saved(room)
        room.server.taps(shown, say.EDIT_CITATIONS, user_id=STAFF)
        editing = await room.becomes(shown, say.CHOOSE_CITATIONS[:20])
        taps = len(room.server.callback_answers)
        room.server.taps(editing, f"✓ {PLACE}", user_id=STAFF)
        assert await room.alert(taps + 1) == say.LAST_CITATION
        assert len(shown_citations(await answer_of(room))) == 1


async def test_a_restart_loses_neither_the_offer_nor_the_draft_nor_the_answer(tmp_path: Path) -> None:
    async with BotApiServer() as server:
        async with life_on(server, tmp_path) as room:
            await open_room(room)
            await room.passes_on()
            room.replies(await room.shown("Сұрақ № 1"), TEXT)
            offer = await room.shown("Сұрақ № 1: жауап")
        async with life_on(server, tmp_path) as room:
            server.taps(offer, say.SAVE, user_id=STAFF)
            draft = await room.becomes(offer, "Жауап № 1")
            server.taps(draft, f"＋ {PLACE}", user_id=STAFF)
            cited = await room.becomes(draft, f"1. «{SINCE}»")
        async with life_on(server, tmp_path) as room:
            server.taps(cited, say.DONE, user_id=STAFF)
            await room.shown(say.SAVED)
        async with life_on(server, tmp_path) as room:
            await one_round(room.deps, room.bot)
            before = server.messages(AIGUL)[-1]
            server.user_says(AIGUL, ASKED)
            answer = await server.wait_for_message(AIGUL, after=before)
            assert answer.text.startswith(f"Қызметкер жауабы: {TEXT}")
