"""The loopback Bot API server's calls of a webhook: repeated until they are taken, a chat's in order."""

from __future__ import annotations

import asyncio

import aiohttp

from tests.bot_api_messages import JsonObject
from tests.bot_api_methods import Methods

_REPEAT_S = 0.05  # Telegram's own pauses are longer


class Caller:
    """Lives on the server's event loop. As Telegram does, it sends a chat's next update only when the one
    before was answered with 2xx."""

    def __init__(self, methods: Methods) -> None:
        self._methods = methods
        self._in_flight: dict[int, asyncio.Task[None]] = {}
        self.refused: list[int] = []

    async def run(self) -> None:
        """Until the server stops."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            try:
                while not self._methods.stopping:
                    self._call_all(session)
                    await self._methods.next_change(3600)
            finally:
                for task in self._in_flight.values():
                    task.cancel()
                await asyncio.gather(*self._in_flight.values(), return_exceptions=True)

    def _call_all(self, session: aiohttp.ClientSession) -> None:
        if not self._methods.webhook:
            return
        for update in self._methods.pending:
            queue = _queue_of(update)
            if queue not in self._in_flight:
                self._in_flight[queue] = asyncio.create_task(self._call(session, queue, update))

    async def _call(self, session: aiohttp.ClientSession, queue: int, update: JsonObject) -> None:
        hook = self._methods.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.get("secret_token", "")}
        taken = False
        try:
            async with session.post(hook["url"], json=update, headers=headers) as answer:
                taken = answer.status < 300
                if not taken:
                    self.refused.append(answer.status)
        except (aiohttp.ClientError, TimeoutError):
            pass
        if taken:
            self._methods.confirm(update["update_id"])
        else:
            await asyncio.sleep(_REPEAT_S)
        del self._in_flight[queue]
        self._methods.changed()


def _queue_of(update: JsonObject) -> int:
    content = next(value for key, value in update.items() if key != "update_id")
    chat = content.get("chat") or content.get("message", {}).get("chat") or content["from"]
    return int(chat["id"])
