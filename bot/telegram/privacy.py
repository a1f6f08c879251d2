"""/umyt: all that is kept of a person is deleted, and he is told what it was."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.storage.values import Forgotten
from bot.telegram.conversations import Conversations
from bot.telegram.deliveries import Outbox
from bot.telegram.dependencies import Dependencies
from bot.telegram.desks import Desks
from bot.telegram.inbox import Inbox
from bot.telegram.outgoing import Outgoing
from bot.telegram.staff.cards import Cards
from bot.telegram.update_keys import key_of


class Forgetting:
    """Deletes, and owes the word on it, in one transaction: what was said to be deleted is."""

    def __init__(
        self,
        deps: Dependencies,
        inbox: Inbox,
        outbox: Outbox,
        desks: Desks,
        conversations: Conversations,
    ) -> None:
        self._deps = deps
        self._inbox = inbox
        self._outbox = outbox
        self._desks = desks
        self._conversations = conversations

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, user = update.effective_message, update.effective_user
        assert message is not None and user is not None
        storage = self._deps.storage
        # after the question that is in work, so that this one is forgotten as well
        async with self._desks.seat(message.chat.id):
            async with storage.transaction():
                forgotten = await storage.privacy.forget(user.id)
                delivery = await self._outbox.owe(
                    message.chat.id,
                    Outgoing(escape(forgotten_text(forgotten))),
                    dedupe_key=f"update:{key_of(update)}",
                    kind="line",
                    reply_to=message.message_id,
                )
                await self._inbox.done(key_of(update))
            self._conversations.forget(user.id)
            self._inbox.finished(key_of(update))
            await self._outbox.send(context.bot, delivery)
        if forgotten.staff_messages:
            await Cards(self._deps).tidy(context.bot, forgotten.staff_messages)


def forgotten_text(forgotten: Forgotten) -> str:
    """Each kind that there was, with its number."""
    kinds = (
        (say.FORGOTTEN_QUESTIONS, forgotten.questions),
        (say.FORGOTTEN_TURNS, forgotten.turns),
        (say.FORGOTTEN_PASSAGES, forgotten.passages),
        (say.FORGOTTEN_VOTES, forgotten.votes),
        (say.FORGOTTEN_WAITING, forgotten.waiting),
        (say.FORGOTTEN_OWED, forgotten.owed),
        (say.FORGOTTEN_SUBSCRIPTIONS, forgotten.subscriptions),
        (say.FORGOTTEN_SIGNATURES, forgotten.signatures),
        (say.FORGOTTEN_ADDRESSES, forgotten.addresses),
    )
    found = tuple((kind, count) for kind, count in kinds if count)
    return say.forgot(found) if found else say.FORGOT_NOTHING
