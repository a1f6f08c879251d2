"""/eskertu: a correction to everyone who was shown a text, counted first, sent once, resumable."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kazakh import staff as say
from bot.storage.values import CampaignState, PassageRef
from bot.telegram.staff.places import Place, read_place
from knowledge.model import Reference
from tests.bot.staff_case import AIGUL, BERIK, ROOM, STAFF, Room, life_on, open_room, staff_room
from tests.bot_api import BotApiServer, SentMessage

COMMAND = "/eskertu law-bridge 1-бап 30\nКөпір үш емес, <төрт> жағаны қосады.\nҚате үшін кешіріңіз."
SAID = "Көпір үш емес, <төрт> жағаны қосады.\nҚате үшін кешіріңіз."
RECEIVED = (
    f"Түзету\n\n{SAID}\n\nБұрын сізге берілген жауапта осы мәтінге сілтеме болған: «Көпір туралы» Заң, 1-бап"
)
SAULE = 504
POINT = Reference("law-bridge", "1", "1")


async def was_shown(room: Room, *chats: int, place: Reference = POINT) -> None:
    """These chats got an answer that cites the place."""
    passage = room.deps.library.find(place)[0]
    for chat in chats:
        room.server.user_says(chat, "/help")
        await room.server.wait_for_message(chat)
        await room.deps.storage.sent_passages.record(chat, [PassageRef.of(passage)])


async def previewed(room: Room, command: str = COMMAND) -> SentMessage:
    room.says(command)
    return await room.shown("Түзету 2 чатқа жіберіледі")


async def test_a_correction_is_counted_and_shown_before_it_goes_to_anybody(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await was_shown(room, AIGUL, BERIK)
        await was_shown(room, SAULE, place=Reference("law-road", "1", "1"))
        preview = await previewed(room)
        assert preview.text == (
            "Түзету 2 чатқа жіберіледі. Соңғы 30 күнде оларға мына мәтін көрсетілген: "
            f"«Көпір туралы» Заң, 1-бап.\n\nАлушылар мынаны көреді:\n\n{SAID}"
        )
        assert preview.parsed.of_type("blockquote") == (SAID,)
        assert await room.deps.storage.campaigns.latest() == ()
        room.server.taps(preview, "Жіберу (2)", user_id=STAFF)
        for chat in (AIGUL, BERIK):
            assert (await room.shown("Түзету", chat)).text == RECEIVED
        state = await room.becomes(preview, "Түзету № 1")
        assert [m.text for m in room.server.messages(SAULE) if m.text.startswith("Түзету")] == []
        assert state.parsed.of_type("blockquote") == (SAID,)


async def test_a_cancelled_correction_is_not_sent(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await was_shown(room, AIGUL, BERIK)
        preview = await previewed(room)
        room.server.taps(preview, say.CANCEL, user_id=STAFF)
        assert (await room.server.wait_for_edit(preview)).text == say.CORRECTION_CANCELLED
        assert await room.deps.storage.campaigns.latest() == ()


async def test_the_same_correction_is_not_sent_twice(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await was_shown(room, AIGUL, BERIK)
        first = await previewed(room)
        room.says(COMMAND)
        second = await room.shown("Түзету 2 чатқа", after=first)
        room.server.taps(first, "Жіберу (2)", user_id=STAFF)
        await room.becomes(first, "Түзету № 1")
        room.server.taps(second, "Жіберу (2)", user_id=STAFF)
        assert await room.alert(2) == say.CORRECTION_TWICE
        assert len(await room.deps.storage.campaigns.latest()) == 1


async def test_a_correction_to_nobody_or_about_nowhere_is_refused(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        room.says(COMMAND)
        last = await room.shown(say.CORRECTION_NOBODY)
        wrong = ("/eskertu", "/eskertu law-bridge 1-бап 30", "/eskertu law-bridge 77-бап 30\nСөз")
        for command in (*wrong, "/eskertu law-bridge 1-бап 0\nСөз", "/eskertu бірдеңе\nСөз"):
            room.says(command)
            last = await room.shown(say.CORRECTION_USAGE, after=last)


async def test_a_correction_of_a_point_goes_to_those_who_were_shown_its_text(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await was_shown(room, AIGUL)
        await was_shown(room, BERIK, place=Reference("law-bridge", "2"))
        room.says("/eskertu law-bridge 1-бап 1-тармақ 7 күн\nТүзетеміз.")
        assert (await room.shown("Түзету 1 чатқа")).buttons[0][0].text == "Жіберу (1)"


async def test_a_correction_that_a_restart_interrupted_goes_on_and_reaches_everybody_once(
    tmp_path: Path,
) -> None:
    async with BotApiServer() as server:
        async with life_on(server, tmp_path) as room:
            await open_room(room)
            await was_shown(room, AIGUL, BERIK, SAULE)
            room.says(COMMAND)
            preview = await room.shown("Түзету 3 чатқа")
            for _ in range(3):
                server.fail_next("sendMessage", 500)
            room.server.taps(preview, "Жіберу (3)", user_id=STAFF)
            await room.becomes(preview, "Түзету № 1: жіберілуде")
        async with life_on(server, tmp_path) as room:
            for chat in (AIGUL, BERIK, SAULE):
                await room.server.wait_until(lambda chat=chat: _received(server, chat), 30)  # type: ignore[misc]
            campaign = await room.deps.storage.campaigns.get(1)
            while campaign is not None and campaign.state is not CampaignState.DONE:
                campaign = await room.deps.storage.campaigns.get(1)
            assert campaign is not None and (campaign.sent, campaign.recipients) == (3, 3)
        corrections = [m for c in (AIGUL, BERIK, SAULE) for m in server.messages(c) if m.text == RECEIVED]
        assert len(corrections) == 3


async def test_a_stopped_correction_is_told_with_its_counts(tmp_path: Path) -> None:
    async with staff_room(tmp_path) as room:
        await was_shown(room, AIGUL, BERIK)
        preview = await previewed(room)
        for _ in range(2):
            room.server.fail_next("sendMessage", 429, retry_after=60)
        room.server.taps(preview, "Жіберу (2)", user_id=STAFF)
        running = await room.becomes(preview, "Түзету № 1: жіберілуде")
        room.server.taps(running, say.STOP, user_id=STAFF)
        stopped = await room.becomes(running, "Түзету № 1: тоқтатылды")
        assert stopped.buttons == ()
        assert stopped.chat_id == ROOM


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("law-assembly 9-бап", Place(Reference("law-assembly", "9"))),
        ("Law-assembly  9 бап", Place(Reference("law-assembly", "9"))),
        ("law-halyk-kenesi 12-бап 1-тармақ", Place(Reference("law-halyk-kenesi", "12", "1"))),
        ("law-halyk-kenesi, 12-бап, 1-тармақ", Place(Reference("law-halyk-kenesi", "12", "1"))),
        ("law-assembly 10-1-бабы 2-тармағы 14", Place(Reference("law-assembly", "10-1", "2"), number=14)),
        ("law-assembly 2008-10-20 8-бап", Place(Reference("law-assembly", "8"), "2008-10-20")),
        ("assembly-article 12-абзац", Place(Reference("assembly-article", "", "12"))),
        ("law-assembly 9-бап «тоғыз депутат»", Place(Reference("law-assembly", "9"), quote="тоғыз депутат")),
        ("law-assembly 9-бап 30 күн", Place(Reference("law-assembly", "9"), number=30)),
        ("law-assembly", None),
        ("9-бап", None),
        ("рақмет", None),
    ],
)
def test_a_place_is_read_as_staff_type_it(line: str, place: Place | None) -> None:
    assert read_place(line) == place


def _received(server: BotApiServer, chat: int) -> SentMessage | None:
    return next((m for m in server.messages(chat) if m.text == RECEIVED), None)
