"""Updates by webhook, end to end over real HTTP: what Telegram sends is answered, what others send is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs
from telegram.error import BadRequest

from bot.telegram.application import ALLOWED_UPDATES, build_application
from bot.telegram.dependencies import Dependencies
from bot.telegram.webhook import MAX_BODY_BYTES, SECRET_HEADER, WebhookAddress, run_webhook
from tests.bot.samples import ANSWER
from tests.bot.telegram_running import CHAT, HELP_START, QUESTION, dependencies, sample_core, storage_in
from tests.bot.webhook_case import SECRET, called, free_port
from tests.bot_api import BotApiServer
from tests.fakes import FakeCore


@dataclass(frozen=True, slots=True)
class Hook:
    """Everything that a test touches."""

    server: BotApiServer
    core: FakeCore
    deps: Dependencies
    address: WebhookAddress

    async def call(self, body: Any = None, *, method: str = "POST", **headers: str) -> httpx.Response:
        """A call as anybody on the internet may make it."""
        async with httpx.AsyncClient(trust_env=False) as client:
            content = body if isinstance(body, bytes) else None
            json = None if isinstance(body, bytes) else body
            return await client.request(method, self.address.url, content=content, json=json, headers=headers)

    def figure(self, line: str) -> str:
        """The value of a line of /metrics."""
        lines = self.deps.metrics.text(None, None).decode().splitlines()
        return next(found.rpartition(" ")[2] for found in lines if found.startswith(f"{line} "))


@pytest.fixture
async def hook(tmp_path: Path) -> AsyncIterator[Hook]:
    core = sample_core()
    async with BotApiServer() as server, storage_in(tmp_path) as storage:
        deps = dependencies(core, storage)
        async with called(deps, server) as address:
            yield Hook(server, core, deps, address)


def update(text: str, update_id: int = 9) -> dict[str, Any]:
    person = {"id": CHAT, "is_bot": False, "first_name": "Айгүл"}
    chat = {"id": CHAT, "type": "private", "first_name": "Айгүл"}
    message = {"message_id": 5, "date": 1_800_000_000, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": message}


async def test_a_question_by_webhook_is_answered(hook: Hook) -> None:
    hook.server.user_says(CHAT, QUESTION)
    answer = await hook.server.wait_for_message(CHAT)
    assert answer.parsed.of_type("bold")[0] == ANSWER.lead
    await hook.server.wait_until(lambda: True if not hook.server.unconfirmed else None)


async def test_telegram_is_told_the_address_the_secret_and_the_kinds_of_update(hook: Hook) -> None:
    call = await hook.server.wait_for_call("setWebhook")
    assert call.params["url"] == hook.address.url
    assert call.params["secret_token"] == SECRET
    assert tuple(call.params["allowed_updates"]) == ALLOWED_UPDATES


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: ""}, {SECRET_HEADER: f"{SECRET}x"}]
)
async def test_a_webhook_call_without_or_with_a_wrong_secret_gets_401_and_nothing_is_done(
    hook: Hook, headers: dict[str, str]
) -> None:
    with capture_logs() as logs:
        answer = await hook.call(update(QUESTION), **headers)
    hook.server.user_says(CHAT, "/help")
    assert (await hook.server.wait_for_message(CHAT)).text.startswith(HELP_START)
    assert (answer.status_code, answer.content) == (401, b"")
    assert hook.core.asked == []
    assert len(hook.server.messages(CHAT)) == 1
    [refused] = [log for log in logs if log["event"] == "webhook_refused"]
    assert refused["secret"] == ("wrong" if headers.get(SECRET_HEADER) else "missing")
    assert hook.figure('assembly_webhook_calls_total{code="401"}') == "1.0"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[1]", b'{"message": {}}', b'{"update_id": "x"}'])
async def test_a_call_with_the_secret_that_is_no_update_gets_400(hook: Hook, body: bytes) -> None:
    assert (await hook.call(body, **{SECRET_HEADER: SECRET})).status_code == 400


async def test_an_update_in_a_form_that_nobody_knows_is_taken_once_and_leaves_no_words_in_the_log(
    hook: Hook,
) -> None:
    broken = {"update_id": 9, "message": {"text": QUESTION, "entities": 5}}
    with capture_logs() as logs:
        answer = await hook.call(broken, **{SECRET_HEADER: SECRET})
    assert answer.status_code == 200  # anything else, and Telegram would send it again for a day
    [unreadable] = [log for log in logs if log["event"] == "update_unreadable"]
    assert unreadable["update_id"] == 9
    assert "Ассамблея" not in str(logs)


async def test_another_method_and_another_path_are_not_served(hook: Hook) -> None:
    assert (await hook.call(method="GET", **{SECRET_HEADER: SECRET})).status_code == 405
    elsewhere = hook.address.url.replace("/telegram", "/")
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(elsewhere, json=update(QUESTION), headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 404


async def test_a_call_larger_than_any_update_is_cut_off(hook: Hook) -> None:
    body = b" " * (MAX_BODY_BYTES + 1)
    with suppress(httpx.TransportError):  # the connection was closed while the body was still on its way
        assert (await hook.call(body, **{SECRET_HEADER: SECRET})).status_code == 400
    assert hook.core.asked == []


async def test_the_same_update_by_webhook_twice_is_answered_once(hook: Hook) -> None:
    update_id = hook.server.user_says(CHAT, QUESTION)
    await hook.server.wait_for_message(CHAT)
    hook.server.repeats(update_id)
    await hook.server.wait_until(lambda: True if not hook.server.unconfirmed else None)
    hook.server.user_says(CHAT, "/help")
    await hook.server.wait_until(lambda: True if len(hook.server.messages(CHAT)) == 2 else None)
    assert hook.core.asked == [(str(CHAT), QUESTION)]


async def test_an_address_that_telegram_does_not_take_ends_the_start(tmp_path: Path) -> None:
    async with BotApiServer() as server, storage_in(tmp_path) as storage:
        deps, port = dependencies(sample_core(), storage), free_port()
        application = build_application(deps, token=server.token, api_url=server.url)
        address = WebhookAddress("http://bot.example.kz/", SECRET, "127.0.0.1", port)
        with pytest.raises(BadRequest, match=r"(?i)an https url must be provided"):
            await run_webhook(application, address, deps.metrics, asyncio.Event())


async def test_a_start_while_telegram_is_out_of_reach_waits_for_it(tmp_path: Path) -> None:
    async with BotApiServer() as server, storage_in(tmp_path) as storage:
        deps = dependencies(sample_core(), storage)
        server.fail_next("setWebhook", 502)
        async with called(deps, server):
            server.user_says(CHAT, QUESTION)
            assert (await server.wait_for_message(CHAT)).parsed.of_type("bold")[0] == ANSWER.lead


def test_the_secret_does_not_show_when_the_address_is_printed() -> None:
    assert SECRET not in repr(WebhookAddress("https://bot.example.kz/", SECRET, "127.0.0.1", 8080))
