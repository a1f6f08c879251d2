"""A question's way through a chat: admitted, answered, kept, owed, sent."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass

import structlog
from telegram import Bot

from bot.answers import Answer, NoAnswer, Reply
from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.storage.values import Delivery, KeptQuestion, NewQuestion, PassageRef, QuestionStatus
from bot.telegram.composing import Composer
from bot.telegram.conversations import Conversations, in_group
from bot.telegram.deliveries import Outbox
from bot.telegram.dependencies import Dependencies
from bot.telegram.desks import Desks, Replaced
from bot.telegram.inbox import Inbox
from bot.telegram.limits import Admission, Limits
from bot.telegram.outgoing import Outgoing
from bot.telegram.sending import typing

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and where it came from.

    ``update_key`` is ``inbox.key_of`` the update. ``reply_to`` is the message that the answer goes under;
    ``message_id`` the asker's own, None for a tap. ``answered_message_id`` is the message of the bot's that
    he replied to. ``echo``: the chat does not hold the question. ``private``: one person's chat; in a
    group, everybody has a conversation of his own.
    """

    update_key: int
    text: str
    user_id: int
    chat_id: int
    reply_to: int
    private: bool
    message_id: int | None = None
    answered_message_id: int | None = None
    echo: bool = False

    @property
    def conversation(self) -> int | str:
        return self.chat_id if self.private else in_group(self.chat_id, self.user_id)


class Answers:
    """Answers a question in its chat, exactly once."""

    def __init__(
        self,
        deps: Dependencies,
        inbox: Inbox,
        outbox: Outbox,
        composer: Composer,
        desks: Desks,
        limits: Limits,
        conversations: Conversations,
        typing_after_s: float,
    ) -> None:
        self._core = deps.core
        self._storage = deps.storage
        self._inbox = inbox
        self._outbox = outbox
        self._composer = composer
        self._limits = limits
        self._desks = desks
        self._conversations = conversations
        self._typing_after_s = typing_after_s

    async def answer(self, asked: Asked, bot: Bot) -> None:
        """Answer; say so, once, where too much was asked; nothing where a newer question took over."""
        admission = self._limits.admit(asked.user_id, asked.chat_id)
        if admission is Admission.TOO_MANY:
            line = Outgoing(escape(say.too_many_questions(self._limits.per_minute)))
            await self.say(asked.update_key, asked.chat_id, line, bot=bot, reply_to=asked.reply_to)
        if admission is not Admission.ADMITTED:
            return
        with suppress(Replaced):
            async with self._desks.seat(asked.chat_id) as seat:
                async with typing(bot, asked.chat_id, self._typing_after_s):
                    started = time.perf_counter()
                    reply = await seat.work(self.reply(asked))
                    elapsed_ms = (time.perf_counter() - started) * 1000
                delivery = await self._keep(asked, reply, elapsed_ms, bot.username)
                log.info("question_answered", status=_status(reply).value, elapsed_ms=round(elapsed_ms, 1))
                # inside: an edit of the question finds the answer, the next answer goes after it
                await self._outbox.send(bot, delivery)

    async def say(
        self, update_key: int, chat_id: int, *lines: Outgoing, bot: Bot, reply_to: int | None = None
    ) -> None:
        """Messages that are no answer to a question, under the same guarantees."""
        async with self._storage.transaction():
            deliveries = [
                await self._outbox.owe(
                    chat_id,
                    outgoing,
                    dedupe_key=f"update:{update_key}" if at == 0 else f"update:{update_key}:{at}",
                    kind="line",
                    reply_to=reply_to,
                )
                for at, outgoing in enumerate(lines)
            ]
            await self._inbox.done(update_key)
        self._inbox.finished(update_key)
        for delivery in deliveries:
            await self._outbox.send(bot, delivery)

    async def reply(self, asked: Asked, replaces: KeptQuestion | None = None) -> Reply:
        """What there is to say; nothing is kept. ``replaces``: its own words are no earlier question."""
        own = (replaces.text, replaces.understood) if replaces else ()
        earlier = [question for question in await self._earlier(asked) if question not in own]
        return await self._core.reply(str(asked.chat_id), asked.text, earlier=earlier)

    async def _earlier(self, asked: Asked) -> tuple[str, ...]:
        """What a follow-up may hang on, best first: the question replied to, then the conversation."""
        questions = await self._conversations.last(asked.conversation)
        if asked.answered_message_id is not None:
            kept = await self._storage.questions.by_message(asked.chat_id, asked.answered_message_id)
            if kept is not None and kept.text is not None:
                questions.insert(0, kept.understood or kept.text)
        return tuple(questions)

    async def _keep(self, asked: Asked, reply: Reply, elapsed_ms: float, username: str) -> Delivery | None:
        """Everything about the question in one transaction: from here on, the answer is owed."""
        question = new_question(asked, reply, elapsed_ms)
        async with self._storage.transaction():
            question_id = await self._storage.questions.record(question)
            await self.remember(asked, question)
            delivery = await self._outbox.owe(
                asked.chat_id,
                self._composer.compose(reply, username=username, question_id=question_id, echo=asked.echo),
                dedupe_key=f"update:{asked.update_key}",
                reply_to=asked.reply_to,
                question_id=question_id,
            )
            await self._inbox.done(asked.update_key)
        self._inbox.finished(asked.update_key)
        return delivery

    async def remember(self, asked: Asked, question: NewQuestion) -> None:
        """The conversation's next turn, and what the chat was shown."""
        passages = [passage.id for passage in question.passages]
        await self._conversations.remember(
            asked.conversation, asked.text, question.understood, passages, asked.user_id
        )
        await self._storage.sent_passages.record(asked.chat_id, question.passages)


def new_question(asked: Asked, reply: Reply, elapsed_ms: float) -> NewQuestion:
    """What is kept of a question and its answer."""
    cited = (*reply.citations, *reply.now) if isinstance(reply, Answer) else ()
    passages = {citation.quote.passage.id: citation.quote.passage for citation in cited}
    return NewQuestion(
        user_id=asked.user_id,
        chat_id=asked.chat_id,
        text=asked.text,
        status=_status(reply),
        understood=reply.understood if isinstance(reply, Answer | NoAnswer) else None,
        passages=tuple(PassageRef.of(passage) for passage in passages.values()),
        probability=reply.probability if isinstance(reply, Answer | NoAnswer) else 0.0,
        elapsed_ms=elapsed_ms,
        message_id=asked.message_id,
    )


def _status(reply: Reply) -> QuestionStatus:
    if isinstance(reply, Answer):
        return QuestionStatus.ANSWERED
    return QuestionStatus.REFUSED if isinstance(reply, NoAnswer) else QuestionStatus.SMALLTALK
