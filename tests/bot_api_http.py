"""The wire of the loopback Bot API server: requests, refusals, and failures on demand."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.bot_api_messages import JsonObject, RefusalError
from tests.bot_api_methods import Methods
from tests.bot_api_webhook import Caller

# Parameters that come as text; every other one is JSON, as the Bot API has it.
_TEXT_PARAMS = {
    "text",
    "caption",
    "parse_mode",
    "action",
    "url",
    "callback_query_id",
    "inline_query_id",
    "guest_query_id",
    "secret_token",
}
_REASONS = {429: "Too Many Requests: retry after", 500: "Internal Server Error", 502: "Bad Gateway"}


@dataclass(frozen=True, slots=True)
class Failure:
    """What a call of a method meets once: an error, or (``code`` None) a closed connection.

    ``answer``, after the call was carried out: «slow» comes ``delay_s`` late, «cut» is half an answer
    before the connection closes, «garbled» half an answer that claims to be whole.
    """

    code: int | None
    retry_after: int | None = None
    after_handling: bool = False
    answer: str = ""
    delay_s: float = 0.0


class Wire:
    """Serves ``methods`` under one token on a free port; created and used on one event loop."""

    def __init__(self, token: str) -> None:
        self.methods = Methods()
        self.failures: dict[str, list[Failure]] = {}
        self._token = token
        self._runner: web.AppRunner | None = None
        self.caller = Caller(self.methods)

    async def start(self) -> str:
        """The address of the server, without path."""
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._calling = asyncio.create_task(self.caller.run())
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def stop(self) -> None:
        self.methods.stop()
        await self._calling
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._token:
            return _refused(RefusalError(401, "Unauthorized"))
        method = request.match_info["method"]
        params = await _params(request)
        self.methods.record(method, params)
        waiting = self.failures.get(method, [])
        failure = waiting.pop(0) if waiting else None
        if failure is not None and failure.code is not None:
            reason = _REASONS.get(failure.code, "Error")
            return _refused(RefusalError(failure.code, reason, failure.retry_after))
        if failure is not None and not failure.after_handling and not failure.answer:
            return _dropped(request)
        try:
            result = await self.methods.call(method, params)
        except RefusalError as error:
            return _refused(error)
        if failure is not None and failure.answer:
            return await _spoilt(request, failure, {"ok": True, "result": result})
        return _dropped(request) if failure is not None else web.json_response({"ok": True, "result": result})


async def _params(request: web.Request) -> JsonObject:
    if request.content_type == "application/json":
        return dict(await request.json())
    read: JsonObject = {}
    for name, value in {**request.query, **(await request.post())}.items():
        read[name] = value.file.read() if isinstance(value, web.FileField) else _value(name, value)
    return read


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in _TEXT_PARAMS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _refused(error: RefusalError) -> web.Response:
    body: JsonObject = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is not None:
        body["description"] += f" {error.retry_after}"
        body["parameters"] = {"retry_after": error.retry_after}
    if error.migrate_to is not None:
        body["parameters"] = {"migrate_to_chat_id": error.migrate_to}
    return web.json_response(body, status=error.code)


async def _spoilt(request: web.Request, failure: Failure, answer: JsonObject) -> web.StreamResponse:
    whole = json.dumps(answer).encode()
    if failure.answer == "slow":
        await asyncio.sleep(failure.delay_s)
        return web.Response(body=whole, content_type="application/json")
    half = whole[: len(whole) // 2]
    if failure.answer == "garbled":
        return web.Response(body=half, content_type="application/json")
    response = web.StreamResponse(headers={"Content-Length": str(len(whole))})
    await response.prepare(request)
    await response.write(half)
    return _dropped(request)


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
