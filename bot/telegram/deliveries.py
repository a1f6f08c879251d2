"""Messages that are owed: kept before they are sent, sent at once or as soon as it works, and once.

Whoever owes a message with ``storage.deliveries.owe(payload=Outgoing(…).to_json(), …)`` has it sent from
here; corrections (the bulk lane) too, one after another, so that fresh answers go first.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from datetime import datetime, timedelta

import httpx
import structlog
from telegram import Bot, Message, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot import kazakh
from bot.operations.metrics import Metrics, Stage
from bot.storage.clock import Clock, utc_now
from bot.storage.errors import StorageError
from bot.storage.storage import Storage
from bot.storage.values import Delivery
from bot.telegram.doubt import sent_already
from bot.telegram.errors import new_error_id
from bot.telegram.outgoing import Outgoing
from bot.telegram.unbroken import to_its_end
from bot.telegram.update_keys import update_id_of

MAX_PAUSE_S = 300.0
_AT_ONCE = 20
_LOOK_EVERY_S = 2.0  # others owe messages too, without a word to the pump
_LOOK_AGAIN_S = 0.25  # a message is out in another process, and the next one of its chat waits for that

_OF_UPDATE = re.compile(r"update:(\d+)")

# the request never left, so it is not in doubt
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

log = structlog.get_logger()


class Outbox:
    """Owes messages and sends them. ``run`` is the pump that sends what could not be sent at once."""

    def __init__(self, storage: Storage, clock: Clock = utc_now, metrics: Metrics | None = None) -> None:
        self._storage = storage
        self._metrics = metrics or Metrics()
        self._clock = clock
        self._news = asyncio.Event()
        self._sending: set[int] = set()
        self._unsettled: dict[int, int] = {}  # sent, and the database was away: delivery -> message
        self._behind = False  # something owed may be waiting for an earlier one to be sent

    async def owe(
        self,
        chat_id: int,
        outgoing: Outgoing,
        *,
        dedupe_key: str,
        kind: str = "answer",
        reply_to: int | None = None,
        question_id: int | None = None,
    ) -> Delivery | None:
        """Promise a message, in the caller's transaction; hand what comes back to ``send`` after that.

        None: an earlier one of the chat goes first, or it was promised before; the pump sees to it.
        """
        deliveries = self._storage.deliveries
        owed = await deliveries.owe(
            chat_id,
            outgoing.to_json(),
            dedupe_key=dedupe_key,
            kind=kind,
            reply_to=reply_to,
            question_id=question_id,
        )
        taken = await deliveries.take(owed)
        self._behind = self._behind or taken is None
        return taken

    async def send(self, bot: Bot, delivery: Delivery | None) -> int | None:
        """Send it and settle it; the message's id, or None where it waits, or is given up."""
        message_id = None
        # a long pause that Telegram asked for may outlast the lease: this process is slow then, not dead
        if delivery is not None and delivery.id not in self._sending:
            self._sending.add(delivery.id)
            try:
                with structlog.contextvars.bound_contextvars(**_about(delivery)):
                    message_id = await self._attempt(bot, delivery)
            except StorageError as error:
                # it is settled in a later round, or the lease runs out, and then it is due again, in doubt
                log.error("delivery_not_settled", delivery=delivery.id, error=str(error))
            finally:
                self._sending.discard(delivery.id)
        if message_id is None or self._behind:
            self._news.set()
        return message_id

    def wake(self) -> None:
        """Something is owed that the pump does not know of."""
        self._news.set()

    async def renew(self) -> None:
        """Say that this process is alive and sending: Telegram may have asked for a long pause."""
        await self._storage.deliveries.renew(list(self._sending))

    async def run(self, bot: Bot) -> None:
        """Send what is due, until cancelled."""
        while True:
            self._news.clear()
            try:
                busy = await to_its_end(self._round(bot))
            except StorageError as error:
                log.error("deliveries_not_read", error=str(error))
                busy = False
            if not busy:
                # not wait_for: in Python 3.11 it loses a cancellation that comes together with the news
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._pause_s()):
                        await self._news.wait()

    def _pause_s(self) -> float:
        return _LOOK_AGAIN_S if self._behind and self._storage.shared else _LOOK_EVERY_S

    async def _round(self, bot: Bot) -> bool:
        """Whether anything was due."""
        due: tuple[Delivery, ...] = ()
        self._behind = False
        for delivery_id, message_id in tuple(self._unsettled.items()):
            await self._settle(delivery_id, message_id)
        for bulk, limit in ((False, _AT_ONCE), (True, 1)):
            wake_at = await self._storage.deliveries.wake_at(bulk=bulk)
            self._behind = self._behind or wake_at is not None
            if wake_at is not None and wake_at <= self._clock():
                due += await self._storage.deliveries.due(limit, bulk=bulk)
        await asyncio.gather(*(self.send(bot, delivery) for delivery in due))
        return bool(due)

    async def _attempt(self, bot: Bot, delivery: Delivery) -> int | None:
        deliveries = self._storage.deliveries
        try:
            with self._metrics.stage(Stage.SEND):
                message_id = await self._deliver(bot, delivery)
        except RetryAfter as error:
            pause = error._retry_after  # the property deprecates itself
            self._metrics.delivered("postponed")
            await deliveries.failed(delivery.id, "RetryAfter", self._clock() + pause)
        except Forbidden:
            log.info("blocked_by_user", delivery=delivery.id)
            self._metrics.delivered("blocked")
            await deliveries.blocked(delivery.id)
        except BadRequest as error:
            await self._give_up(delivery, error)
        except (ValueError, KeyError) as error:
            await self._give_up(delivery, error)
        except NetworkError as error:
            # no end of attempts: what is owed is owed, until the daily sweep finds it too old
            in_doubt = not isinstance(error.__cause__, _NOT_SENT)
            log.warning("delivery_postponed", delivery=delivery.id, attempts=delivery.attempts)
            self._metrics.delivered("postponed")
            await deliveries.failed(
                delivery.id, type(error).__name__, self._next_try(delivery), in_doubt=in_doubt
            )
        except TelegramError as error:
            await self._give_up(delivery, error)
        else:
            self._metrics.delivered("sent")
            self._unsettled[delivery.id] = message_id
            await self._settle(delivery.id, message_id)
            return message_id
        return None

    async def _settle(self, delivery_id: int, message_id: int) -> None:
        await self._storage.deliveries.sent(delivery_id, message_id)
        self._unsettled.pop(delivery_id, None)

    async def _deliver(self, bot: Bot, delivery: Delivery) -> int:
        outgoing = Outgoing.from_json(delivery.payload)
        if delivery.in_doubt:
            found = await sent_already(bot, self._storage.questions, delivery, outgoing)
            if found is not None:
                return found
        try:
            return (await _send(bot, delivery.chat_id, outgoing, delivery.reply_to)).message_id
        except ChatMigrated as error:  # a group that became a supergroup counts its messages anew
            await self._storage.moving.move(delivery.chat_id, error.new_chat_id)
            return (await _send(bot, error.new_chat_id, outgoing, None)).message_id

    async def _give_up(self, delivery: Delivery, error: Exception) -> None:
        """Telegram will never take it: the chat hears of it once, unless that was the apology itself."""
        error_id = new_error_id()
        self._metrics.delivered("failed")
        log.error("delivery_failed", error_id=error_id, delivery=delivery.id, error=type(error).__name__)
        log.debug("delivery_failed_because", error_id=error_id, error=str(error))
        async with self._storage.transaction():
            await self._storage.deliveries.failed(delivery.id, type(error).__name__)
            if delivery.kind not in ("apology", "campaign"):
                await self._storage.deliveries.owe(
                    delivery.chat_id,
                    Outgoing(kazakh.apology(error_id)).to_json(),
                    dedupe_key=f"{delivery.dedupe_key}:apology",
                    kind="apology",
                    reply_to=delivery.reply_to,
                )

    def _next_try(self, delivery: Delivery) -> datetime:
        return self._clock() + timedelta(seconds=min(2.0 ** (delivery.attempts - 1), MAX_PAUSE_S))


def _about(delivery: Delivery) -> dict[str, int]:
    """The number of the update that it answers, for the log: the pump works without an update at hand."""
    found = _OF_UPDATE.match(delivery.dedupe_key)
    return {"update_id": update_id_of(int(found[1]))} if found else {}


async def _send(bot: Bot, chat_id: int, outgoing: Outgoing, reply_to: int | None) -> Message:
    reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to is not None else None
    return await bot.send_message(
        chat_id, outgoing.html, reply_markup=outgoing.buttons, reply_parameters=reply
    )
