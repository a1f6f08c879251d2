"""«@bot сұрақ» in any chat: the best quotations as articles to insert; and guest mode, one answer at once."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, replace

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    Update,
)
from telegram.ext import ContextTypes

from bot.answers import Answer, Citation, Reply
from bot.fitting import shortened
from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.telegram.addressing import without
from bot.telegram.composing import text_of
from bot.telegram.core import AnsweringCore
from bot.telegram.deeplinks import code_of
from bot.telegram.desks import Desks, Replaced
from bot.telegram.errors import ignoring_stale
from bot.telegram.limits import Admission, Limits
from retrieval.normalize import normalize

CACHED_S = 300
START_PARAMETER = "inline"
_MIN_LETTERS = 3
_MAX_KEPT = 1000
_MAX_TITLE_UNITS, _MAX_DESCRIPTION_UNITS = 60, 120
_CONVERSATION = "inline"

Articles = tuple[InlineQueryResultArticle, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    articles: Articles
    at_s: float


class Inline:
    """Answers inline queries from a cache where it can; a newer query of a person replaces his older one."""

    def __init__(self, core: AnsweringCore, limits: Limits) -> None:
        self._core = core
        self._limits = limits
        self._desks = Desks(patience_s=0)
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    async def query(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.inline_query
        assert query is not None
        try:
            async with self._desks.seat(query.from_user.id) as seat:
                articles = await seat.work(self._articles(query.query, context.bot.username))
        except Replaced:
            return
        button = (
            None
            if articles
            else InlineQueryResultsButton(say.INLINE_NOTHING, start_parameter=START_PARAMETER)
        )
        with ignoring_stale():
            await query.answer(articles, cache_time=CACHED_S, is_personal=False, button=button)

    async def guest(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Called by name in a chat it is no member of, the bot may answer with one message."""
        message = update.guest_message
        assert message is not None and message.guest_query_id is not None
        mentions = message.parse_entities([MessageEntity.MENTION]).values()
        name = f"@{context.bot.username}".lower()
        question = without(message.text or "", [part for part in mentions if part.lower() == name])
        caller = message.from_user.id if message.from_user else message.chat.id
        if self._limits.admit(caller, caller) is not Admission.ADMITTED:
            line = say.too_many_questions(self._limits.per_minute)
            article = _article("guest", line, "", escape(line))
        elif question:
            reply = await self._core.reply(_CONVERSATION, question, earlier=())
            article = _article("guest", question, question, text_of(reply, context.bot.username))
        else:
            article = _article("guest", say.GUEST_USAGE, "", escape(say.GUEST_USAGE))
        with ignoring_stale():
            await context.bot.answer_guest_query(message.guest_query_id, article)

    async def _articles(self, typed: str, username: str) -> Articles:
        """For nothing typed yet, the examples."""
        question = " ".join(typed.split())
        key = normalize(question)
        kept = self._kept.get(key)
        if kept is not None and time.monotonic() - kept.at_s < CACHED_S:
            return kept.articles
        if sum(letter.isalpha() for letter in key) < _MIN_LETTERS:
            articles = await self._examples(username)
        else:
            articles = quotations(await self._reply(question), username)
        self._kept[key] = _Kept(articles, time.monotonic())
        self._kept.move_to_end(key)
        while len(self._kept) > _MAX_KEPT:
            self._kept.popitem(last=False)
        return articles

    async def _examples(self, username: str) -> Articles:
        """The example questions, each with its whole answer to insert."""
        articles = []
        for number, example in enumerate(self._core.examples()):
            reply = await self._reply(example)
            if isinstance(reply, Answer):
                shown = replace(reply, understood=example)
                articles.append(_article(f"e{number}", example, reply.lead, text_of(shown, username)))
        return tuple(articles)

    async def _reply(self, question: str) -> Reply:
        return await self._core.reply(_CONVERSATION, question, earlier=())


def quotations(reply: Reply, username: str) -> Articles:
    """One article a quotation of an answer; what is no answer offers nothing to insert."""
    if not isinstance(reply, Answer):
        return ()
    articles: dict[str, InlineQueryResultArticle] = {}
    for citation in (*reply.citations, *reply.now):
        code = code_of(citation.quote.passage)
        if code not in articles:
            articles[code] = _article(
                code, _title(citation), citation.quote.text, text_of(_alone(reply, citation), username)
            )
    return tuple(articles.values())


def _alone(reply: Answer, citation: Citation) -> Answer:
    """The answer with this quotation only, and the warnings, which must not get lost on the way."""
    first = citation is reply.citations[0] if reply.citations else False
    return replace(
        reply,
        lead=reply.lead if first else "",
        citations=(citation,),
        now=(),
        notices=() if citation in reply.now else reply.notices,
        understood=None,
    )


def _title(citation: Citation) -> str:
    place = citation.locator
    return f"{place}, {citation.document.short_title}" if place else citation.document.short_title


def _article(id: str, title: str, description: str, markup: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id,
        shortened(title, _MAX_TITLE_UNITS),
        InputTextMessageContent(
            markup, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        description=shortened(description, _MAX_DESCRIPTION_UNITS) or None,
    )
