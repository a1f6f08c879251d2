"""Groups: only who calls the bot is answered, and always by a reply."""

from __future__ import annotations

import pytest

from bot.kazakh import telegram as say
from bot.telegram.dependencies import StaffRoom
from tests.bot.samples import ANSWER
from tests.bot.telegram_running import CHAT, QUESTION, running, sample_core
from tests.bot_api import BotApiServer
from tests.bot_api_messages import BOT_USER
from tests.fakes import FakeCore

GROUP, PERSON, OTHER = -100500, 31, 32
NAME = f"@{BOT_USER['username']}"


@pytest.fixture
def core() -> FakeCore:
    return sample_core()


def says(server: BotApiServer, text: str, user_id: int = PERSON, **more: object) -> int:
    """A message in the group; the bot's name in it is marked as a mention."""
    content: dict[str, object] = {"text": text, **more}
    if text.startswith("/"):
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    elif NAME in text:
        content["entities"] = [{"type": "mention", "offset": text.index(NAME), "length": len(NAME)}]
    return server.user_sends(GROUP, content, chat_type="supergroup", user_id=user_id)


@pytest.mark.parametrize(
    "text", [f"{NAME} {QUESTION}", f"{QUESTION} {NAME}", f"/sura {QUESTION}", f"/sura{NAME} {QUESTION}"]
)
async def test_who_calls_the_bot_is_answered_by_a_reply(core: FakeCore, text: str) -> None:
    async with running(core) as server:
        says(server, "Сәлем, достар")
        update = says(server, text)
        answer = await server.wait_for_message(GROUP)
        assert answer.reply_to == server.message_id_of(update)
        assert answer.text.startswith(ANSWER.lead)
        assert core.asked == [(str(GROUP), QUESTION)]


async def test_what_is_not_meant_for_the_bot_is_left_alone(core: FakeCore) -> None:
    async with running(core) as server:
        says(server, QUESTION)
        says(server, "/sura@another_bot Сұрақ?")
        says(server, "/derekkoz@another_bot")
        says(server, "@another_bot Сұрақ?")
        server.user_sends(GROUP, {"sticker": STICKER}, chat_type="supergroup", user_id=PERSON)
        says(server, f"/sura {QUESTION}")
        await server.wait_for_message(GROUP)
        assert core.asked == [(str(GROUP), QUESTION)]
        assert len(server.messages(GROUP)) == 1


STICKER = {
    "file_id": "s",
    "file_unique_id": "s",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
    "type": "regular",
}


async def test_a_reply_to_the_bot_goes_on_from_the_answer_replied_to(core: FakeCore) -> None:
    async with running(core) as server:
        says(server, f"/sura {QUESTION}")
        answer = await server.wait_for_message(GROUP)
        server.user_replies(answer, {"text": "ал қазір ше?"}, user_id=OTHER)
        await server.wait_for_message(GROUP, after=answer)
        assert core.asked[-1] == (str(GROUP), "ал қазір ше?")
        assert core.earlier[-1] == (QUESTION,)


async def test_everybody_in_a_group_has_a_conversation_of_his_own(core: FakeCore) -> None:
    async with running(core) as server:
        says(server, f"/sura {QUESTION}")
        first = await server.wait_for_message(GROUP)
        says(server, "/sura ал қазір ше?", user_id=OTHER)
        second = await server.wait_for_message(GROUP, after=first)
        says(server, "/sura ал қазір ше?")
        await server.wait_for_message(GROUP, after=second)
        assert core.earlier == [(), (), (QUESTION,)]


async def test_called_by_name_under_somebodys_question_the_bot_answers_that(core: FakeCore) -> None:
    async with running(core) as server:
        question = {
            "message_id": 1,
            "date": 1,
            "chat": {"id": GROUP, "type": "supergroup", "title": "Топ"},
            "from": {"id": OTHER, "is_bot": False, "first_name": "Болат"},
            "text": QUESTION,
        }
        says(server, NAME, reply_to_message=question)
        await server.wait_for_message(GROUP)
        assert core.asked == [(str(GROUP), QUESTION)]


async def test_a_call_without_a_question_is_told_how_to_ask(core: FakeCore) -> None:
    async with running(core) as server:
        says(server, "/sura")
        assert (await server.wait_for_message(GROUP)).text == say.GROUP_USAGE
        assert core.asked == []


async def test_in_the_staff_room_a_reply_to_what_is_no_answer_is_no_question(core: FakeCore) -> None:
    async with running(core, staff=StaffRoom(GROUP)) as server:
        says(server, "/help")
        shown = await server.wait_for_message(GROUP)
        server.user_replies(shown, {"text": "Түсінікті"}, user_id=PERSON)
        says(server, f"/sura {QUESTION}")
        await server.wait_for_message(GROUP, after=shown)
        assert core.asked == [(str(GROUP), QUESTION)]


async def test_each_scope_has_a_kazakh_menu_of_what_works_there(core: FakeCore) -> None:
    async with running(core, staff=StaffRoom(GROUP)) as server:
        menus = {scope: [c["command"] for c in menu] for scope, menu in server.commands.items()}
        assert menus["all_private_chats"][:3] == ["start", "help", "derekkoz"]
        assert "umyt" in menus["all_private_chats"]
        assert {"sura", "help"} <= set(menus["all_group_chats"])
        assert {"sura", "help"} <= set(menus["chat"])


async def test_start_in_a_group_says_how_to_call_the_bot(core: FakeCore) -> None:
    async with running(core) as server:
        says(server, f"/start{NAME}")
        assert (await server.wait_for_message(GROUP)).text == say.GROUP_START


async def test_a_private_start_has_a_note_in_the_language_of_the_asker(core: FakeCore) -> None:
    async with running(core) as server:
        for chat, code in ((CHAT, "ru"), (CHAT + 1, "de"), (CHAT + 2, "kk-KZ")):
            sender = {"id": chat, "is_bot": False, "first_name": "Иван", "language_code": code}
            content = {"text": "/start", "from": sender}
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": 6}]
            server.user_sends(chat, content)
        starts = [(await server.wait_for_message(CHAT + n)).text.split("\n")[0] for n in range(3)]
        assert starts[:2] == [say.START_NOTES["ru"], say.START_NOTES["en"]]
        assert starts[2].startswith("Сәлеметсіз бе!")
