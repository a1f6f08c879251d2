"""Messages owed to chats: kept before they are sent, sent by one sender at a time, in order."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.storage.chats import Chats
from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.people import Keys
from bot.storage.questions import link
from bot.storage.tables import CampaignRow, ChatRow, DeliveryRow, SubscriptionRow
from bot.storage.values import Delivery

LEASES = 2
"""Times the lease of ``Updates``: a message that two processes send is worse than one that waits."""
FAR = timedelta(minutes=10)
"""No attempt is put off for so long: what is due later was put off before the clock was set back."""


class DeliveryState(StrEnum):
    OWED = "owed"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"


class Deliveries:
    """At least once, by ``dedupe_key`` owed once; ``Delivery.in_doubt`` tells when "once" is not certain.

    Those of a chat come one by one, in the order in which they were owed: while one is out, or waits for its
    next attempt, the later ones of the chat wait too. ``bulk`` ones (corrections) are a lane of their own.
    """

    def __init__(
        self,
        database: Database,
        keys: Keys,
        chats: Chats,
        clock: Clock,
        holder: str,
        lease: timedelta = timedelta(seconds=20),
    ) -> None:
        self._database = database
        self._keys = keys
        self._chats = chats
        self._clock = clock
        self._holder = holder
        self._lasts = LEASES * lease

    async def owe(
        self,
        chat_id: int,
        payload: str,
        *,
        dedupe_key: str,
        kind: str,
        reply_to: int | None = None,
        question_id: int | None = None,
    ) -> int:
        """Promise a message.

        :param payload: what the sender needs, as JSON; deleted when the delivery is settled.
        :param dedupe_key: names the promise («update:17:answer»); one that is known stays as it is.
        :param question_id: the question that it answers; ``sent`` links the message with it.
        :returns: the delivery's number, of the earlier one where the key is known.
        """
        now = self._clock()
        async with self._database.write() as session:
            chat_key = await self._chats.keep(session, chat_id, alive=True)
            statement = self._database.insert(DeliveryRow).values(
                chat_key=chat_key,
                dedupe_key=dedupe_key,
                kind=kind,
                payload=payload,
                reply_to=reply_to,
                question_id=question_id,
                state=DeliveryState.OWED.value,
                attempts=0,
                in_doubt=False,
                due_at=now,
                owed_at=now,
            )
            owed: int | None = await session.scalar(
                statement.on_conflict_do_nothing().returning(DeliveryRow.id)
            )
            if owed is not None:
                return owed
            known = select(DeliveryRow.id).where(DeliveryRow.dedupe_key == dedupe_key)
            return (await session.scalars(known)).one()

    async def due(
        self, limit: int = 1, *, bulk: bool = False, lease: timedelta | None = None
    ) -> tuple[Delivery, ...]:
        """Deliveries to send now, at most one a chat, oldest first, leased to the caller.

        One that is neither ``sent``, ``failed`` nor ``blocked`` when the lease runs out is due again.
        """
        return await self._lease(_waiting(bulk), limit, lease)

    async def take(self, delivery_id: int, *, lease: timedelta | None = None) -> Delivery | None:
        """This one, leased as by ``due``; None where it is not its turn, not its time, or another's.

        In the transaction that owed it, it saves the fresh answer a round through ``due``.
        """
        found = await self._lease(_waiting(bulk=False) & (DeliveryRow.id == delivery_id), 1, lease)
        return found[0] if found else None

    async def wake_at(self, *, bulk: bool = False) -> datetime | None:
        """When ``due`` has something next, as far as is known now; None: nothing is owed."""
        now = self._clock()
        free = DeliveryRow.leased_until.is_(None)
        moments = (
            select(func.min(DeliveryRow.due_at)).where(_waiting(bulk), free),
            select(func.min(DeliveryRow.leased_until)).where(_waiting(bulk)),
        )
        async with self._database.read() as session:
            if await session.scalar(select(exists().where(_waiting(bulk), free, _due(now)))):
                return now
            found = [await session.scalar(moment) for moment in moments]
            return min((moment for moment in found if moment is not None), default=None)

    async def sent(self, delivery_id: int, message_id: int) -> None:
        """It went out as this message."""
        async with self._database.write() as session:
            row = await self._settle(session, delivery_id, DeliveryState.SENT)
            if row is None:
                return
            row.message_id = message_id
            if row.question_id is not None:
                await link(session, self._database, row.chat_key, message_id, row.question_id, ours=True)

    async def failed(
        self, delivery_id: int, error: str, retry_at: datetime | None = None, *, in_doubt: bool = False
    ) -> None:
        """It did not go out.

        :param retry_at: due again then; None: given up.
        :param in_doubt: it may have gone out (no reply came).
        """
        async with self._database.write() as session:
            if retry_at is None:
                row = await self._settle(session, delivery_id, DeliveryState.FAILED)
            else:
                row = await _owed(session, delivery_id)
            if row is None:
                return
            row.error = error
            row.in_doubt = row.in_doubt or in_doubt
            if retry_at is not None:
                row.due_at, row.leased_until = retry_at, None

    async def blocked(self, delivery_id: int) -> None:
        """The chat does not take our messages any more.

        All else that is owed there, and its subscriptions, are dropped; no correction goes there until
        somebody asks there again.
        """
        async with self._database.write() as session:
            row = await self._settle(session, delivery_id, DeliveryState.BLOCKED)
            if row is None:
                return
            others = select(DeliveryRow.id).where(
                DeliveryRow.chat_key == row.chat_key, DeliveryRow.state == DeliveryState.OWED.value
            )
            for other in (await session.scalars(others)).all():
                await self._settle(session, other, DeliveryState.BLOCKED)
            await session.execute(delete(SubscriptionRow).where(SubscriptionRow.chat_key == row.chat_key))
            await session.execute(
                update(ChatRow).where(ChatRow.key == row.chat_key).values(blocked_at=self._clock())
            )

    async def release(self) -> None:
        """What this replica leased in an earlier life is due at once, in doubt; see ``Storage.recover``."""
        async with self._database.write() as session:
            await session.execute(
                update(DeliveryRow)
                .where(
                    DeliveryRow.holder == self._holder,
                    DeliveryRow.state == DeliveryState.OWED.value,
                    DeliveryRow.leased_until.is_not(None),
                )
                .values(leased_until=None, in_doubt=True)
            )

    async def doubt(self) -> None:
        """In a database brought back from a copy: what was owed then may have been sent since."""
        async with self._database.write() as session:
            await session.execute(
                update(DeliveryRow)
                .where(DeliveryRow.state == DeliveryState.OWED.value)
                .values(in_doubt=True, leased_until=None)
            )

    async def renew(self, delivery_ids: Collection[int]) -> None:
        """This process lives, and is sending these."""
        if not delivery_ids:
            return
        async with self._database.write() as session:
            await session.execute(
                update(DeliveryRow)
                .where(
                    DeliveryRow.id.in_(delivery_ids),
                    DeliveryRow.holder == self._holder,
                    DeliveryRow.state == DeliveryState.OWED.value,
                    DeliveryRow.leased_until.is_not(None),
                )
                .values(leased_until=self._clock() + self._lasts)
            )

    async def _lease(
        self, which: ColumnElement[bool], limit: int, lease: timedelta | None
    ) -> tuple[Delivery, ...]:
        now = self._clock()
        statement = (
            select(DeliveryRow, ChatRow)
            .join(ChatRow, ChatRow.key == DeliveryRow.chat_key)
            .where(
                which,
                _due(now),
                or_(DeliveryRow.leased_until.is_(None), DeliveryRow.leased_until <= now),
            )
            .order_by(DeliveryRow.id)
            .limit(limit)
            .with_for_update(of=DeliveryRow, skip_locked=True)
        )
        async with self._database.write() as session:
            found = [(row, chat) for row, chat in await session.execute(statement)]
            for row, _ in found:
                row.in_doubt = row.in_doubt or row.leased_until is not None
                row.attempts += 1
                row.holder, row.leased_until = self._holder, now + (lease or self._lasts)
            return tuple(_delivery(row, self._chats.number(chat)) for row, chat in found)

    async def _settle(
        self, session: AsyncSession, delivery_id: int, state: DeliveryState
    ) -> DeliveryRow | None:
        """The row, settled just now; None where it was settled before, or is gone."""
        row = await _owed(session, delivery_id)
        if row is None:
            return None
        row.state, row.payload, row.leased_until, row.settled_at = state.value, None, None, self._clock()
        if row.campaign_id is not None:
            count = getattr(CampaignRow, state.value)
            await session.execute(
                update(CampaignRow).where(CampaignRow.id == row.campaign_id).values({count: count + 1})
            )
        return row


def _waiting(bulk: bool) -> ColumnElement[bool]:
    """Owed, and nothing owed earlier to the same chat in the same lane."""
    earlier = aliased(DeliveryRow)
    first = ~exists().where(
        earlier.chat_key == DeliveryRow.chat_key,
        earlier.state == DeliveryState.OWED.value,
        earlier.bulk.is_(bulk),
        earlier.id < DeliveryRow.id,
    )
    return (DeliveryRow.state == DeliveryState.OWED.value) & DeliveryRow.bulk.is_(bulk) & first


def _due(now: datetime) -> ColumnElement[bool]:
    """Its time has come; by a clock that was set back since, too."""
    return or_(DeliveryRow.due_at <= now, DeliveryRow.attempts == 0, DeliveryRow.due_at > now + FAR)


async def _owed(session: AsyncSession, delivery_id: int) -> DeliveryRow | None:
    statement = (
        select(DeliveryRow)
        .where(DeliveryRow.id == delivery_id, DeliveryRow.state == DeliveryState.OWED.value)
        .with_for_update()
    )
    return await session.scalar(statement)


def _delivery(row: DeliveryRow, chat_id: int) -> Delivery:
    return Delivery(
        id=row.id,
        chat_id=chat_id,
        kind=row.kind,
        payload=row.payload or "",
        dedupe_key=row.dedupe_key,
        reply_to=row.reply_to,
        question_id=row.question_id,
        attempts=row.attempts,
        in_doubt=row.in_doubt,
    )
