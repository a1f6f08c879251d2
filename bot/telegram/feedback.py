"""Votes under an answer: 👍, 👎 and why; a reaction of Telegram's counts the same."""

from __future__ import annotations

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, ReactionTypeEmoji, Update
from telegram.ext import ContextTypes

from bot.kazakh import telegram as say
from bot.message_draft import escape
from bot.storage.storage import Storage
from bot.storage.values import Reason, Vote
from bot.telegram.buttons import Row, markup_of, reason_rows, tapped, vote_row
from bot.telegram.desks import Desks
from bot.telegram.errors import ignoring_stale
from bot.telegram.sending import reply_with

_LIKES = frozenset("👍❤🔥🥰👏🎉🤩🙏👌💯🏆⚡🤗🫡😍🤝✍😇🆒💘")
_DISLIKES = frozenset("👎🤬🤮💩🤡🖕😡🥱😢💔🤨😐")
_VARIATION = "\ufe0f"


class Feedback:
    """One vote a person and answer, changeable; a reason is one tap more."""

    def __init__(self, storage: Storage, desks: Desks) -> None:
        self._storage = storage
        self._desks = desks

    async def vote(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """👍: thanks; 👎: the two votes give way to four reasons."""
        query, data = tapped(update, context)
        question_id, vote = int(data["question"]), Vote(data["vote"])
        chat_id = query.message.chat.id if query.message else None
        kept = chat_id is not None and await self._storage.feedback.vote(
            question_id, query.from_user.id, vote, chat_id
        )
        down = kept and vote is Vote.DOWN
        with ignoring_stale():
            await query.answer(say.ASK_REASON if down else say.VOTE_THANKS if kept else say.VOTE_GONE)
        if down:
            await _show_rows(query, reason_rows(question_id))

    async def reason(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Why; then the votes are back, so that a vote can be changed."""
        query, data = tapped(update, context)
        question_id, user_id = int(data["question"]), query.from_user.id
        reason = Reason(data["reason"])  # the pattern of the data knows no other one
        feedback = self._storage.feedback
        kept = await feedback.give_reason(question_id, user_id, reason)
        if not kept:  # in a group: somebody who did not vote himself; his tap says as much as a vote
            chat_id = query.message.chat.id if query.message else None
            kept = chat_id is not None and await feedback.vote(question_id, user_id, Vote.DOWN, chat_id)
            kept = kept and await feedback.give_reason(question_id, user_id, reason)
        with ignoring_stale():
            await query.answer(say.VOTE_THANKS if kept else say.VOTE_GONE)
        await _show_rows(query, [vote_row(question_id)] if kept else [])

    async def reacted(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A reaction to an answer is a vote; in a private chat it gets a line, in a group none."""
        reaction = update.message_reaction
        if reaction is None or reaction.user is None:
            return
        new = _emojis(reaction.new_reaction) - _emojis(reaction.old_reaction)
        vote = Vote.UP if new & _LIKES else Vote.DOWN if new & _DISLIKES else None
        async with self._desks.seat(reaction.chat.id):  # an answer just sent is known by then
            question = await self._storage.questions.by_message(reaction.chat.id, reaction.message_id)
        if vote is None or question is None or reaction.message_id not in question.answered_in:
            return
        await self._storage.feedback.vote(question.id, reaction.user.id, vote)
        if reaction.chat.type == reaction.chat.PRIVATE:
            await _thank(context.bot, reaction.chat.id, reaction.message_id, question.id, vote)


async def _thank(bot: Bot, chat_id: int, message_id: int, question_id: int, vote: Vote) -> None:
    if vote is Vote.UP:
        await reply_with(bot, chat_id, message_id, escape(say.REACTION_THANKS))
    else:
        reasons = markup_of(reason_rows(question_id))
        await reply_with(bot, chat_id, message_id, escape(say.REACTION_SORRY), reasons)


def _emojis(reactions: tuple[object, ...]) -> frozenset[str]:
    found = (one.emoji for one in reactions if isinstance(one, ReactionTypeEmoji))
    return frozenset(emoji.removesuffix(_VARIATION) for emoji in found)


async def _show_rows(query: CallbackQuery, rows: list[Row]) -> None:
    """These rows in place of the votes or reasons; all other buttons stay."""
    if not isinstance(query.message, Message) or query.message.reply_markup is None:
        return
    with ignoring_stale():
        await query.edit_message_reply_markup(_replaced(query.message.reply_markup, rows))


def _replaced(markup: InlineKeyboardMarkup, rows: list[Row]) -> InlineKeyboardMarkup | None:
    shown: list[Row] = []
    put = False
    for row in markup.inline_keyboard:
        if not any(str(button.callback_data).startswith(("l:up:", "l:down:", "l:r:")) for button in row):
            shown.append(tuple(row))
        elif not put:
            shown += rows
            put = True
    return markup_of(shown)
