"""A small balancer before webhook replicas: one after the other, 502 where the one at hand is gone."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable

import aiohttp
from aiohttp import web


class Balancer:
    """``taken(port, count)`` is told of each update that a replica has taken, before Telegram is."""

    def __init__(self, port: int, replicas: tuple[int, ...], taken: Callable[[int, int], None]) -> None:
        self.statuses: list[int] = []
        self._port = port
        self._alive = dict.fromkeys(replicas, True)
        self._turn = itertools.count()
        self._taken = taken
        self._counts: Counter[int] = Counter()

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._session = aiohttp.ClientSession()
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()

    async def stop(self) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        ports = [port for port, alive in self._alive.items() if alive]
        port = ports[next(self._turn) % len(ports)]
        address = f"http://127.0.0.1:{port}{request.rel_url}"
        headers = {k: v for k, v in request.headers.items() if k.lower() not in {"host", "content-length"}}
        try:
            body = await request.read()
            async with self._session.request(request.method, address, data=body, headers=headers) as answer:
                status = answer.status
        except aiohttp.ClientError:
            self._alive[port] = False
            return web.Response(status=502)
        self.statuses.append(status)
        if status == 200:
            self._counts[port] += 1
            self._taken(port, self._counts[port])
        return web.Response(status=status)
