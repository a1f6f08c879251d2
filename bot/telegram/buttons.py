"""Inline buttons and the keys in their callback data, of which Telegram takes 64 bytes."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Sequence

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes

from bot import kazakh
from bot.answers import Answer, Citation, NoAnswer, Reply
from bot.kazakh import telegram as say
from bot.storage.values import Reason
from bot.telegram.core import AnsweringCore

# What the callback data looks like, by button.
# A number has at most 18 digits: what is longer, no database takes, and nobody but a forger sends.
EXAMPLE_DATA = re.compile(r"e:(?P<index>\d{1,18})\Z")
QUESTION_DATA = re.compile(r"q:(?P<key>.+)\Z", re.DOTALL)
FULL_TEXT_DATA = re.compile(r"f:(?P<key>.+)\Z", re.DOTALL)
PAGE_DATA = re.compile(r"p:(?P<page>\d{1,18}):(?P<key>.+)\Z", re.DOTALL)
VOTE_DATA = re.compile(r"l:(?P<vote>up|down):(?P<question>\d{1,18})\Z")
REASON_DATA = re.compile(rf"l:r:(?P<reason>{'|'.join(Reason)}):(?P<question>\d{{1,18}})\Z")
PASS_ON_DATA = re.compile(r"l:staff:(?P<question>\d{1,18})\Z")

Row = tuple[InlineKeyboardButton, ...]

_HALF_A_PHONE = 20  # letters of a button that has another one beside it
_HASHED = "~"
_MAX_PLAIN_BYTES = 48  # of 64: the rest is for the prefix and a page number


class Keys:
    """Texts as callback data: a short one stands for itself, a longer one becomes a hash.

    Only hashed texts need remembering; the oldest are forgotten beyond ``capacity``, and all of
    them at a restart. A text that stands for itself is never forgotten.
    """

    def __init__(self, capacity: int = 10_000) -> None:
        self._capacity = capacity
        self._texts: OrderedDict[str, str] = OrderedDict()

    def shorten(self, text: str) -> str:
        """A key of at most 48 bytes."""
        if len(text.encode()) <= _MAX_PLAIN_BYTES and not text.startswith(_HASHED):
            return text
        key = _HASHED + hashlib.sha256(text.encode()).hexdigest()[:24]
        self._texts[key] = text
        self._texts.move_to_end(key)
        if len(self._texts) > self._capacity:
            self._texts.popitem(last=False)
        return key

    def expand(self, key: str) -> str | None:
        """The text behind a key; None when it is forgotten."""
        return self._texts.get(key) if key.startswith(_HASHED) else key


def example_buttons(examples: tuple[str, ...]) -> InlineKeyboardMarkup | None:
    """One example a row; the data is its index, so it survives a restart."""
    return markup_of(
        [(InlineKeyboardButton(text, callback_data=f"e:{i}"),) for i, text in enumerate(examples)]
    )


def reply_buttons(
    reply: Reply,
    core: AnsweringCore,
    keys: Keys,
    *,
    beside: Row = (),
    cards: Sequence[Row] = (),
    question_id: int | None = None,
    staff_desk: bool = False,
) -> InlineKeyboardMarkup | None:
    """«Толық мәтін» for each article cited, what goes ``beside`` them, ``cards``, votes, suggestions.

    :param question_id: the number of the question as it is kept; without it there is nothing to vote on.
    :param staff_desk: there are people who can be asked instead.
    """
    rows: list[Row] = _full_text_rows(reply, core, keys) if isinstance(reply, Answer) else []
    rows += [beside, *cards]
    if question_id is not None and isinstance(reply, Answer):
        rows.append(vote_row(question_id))
    rows += [
        (InlineKeyboardButton(text, callback_data=f"q:{keys.shorten(text)}"),) for text in reply.suggestions
    ]
    if question_id is not None and staff_desk and isinstance(reply, NoAnswer):
        rows.append((InlineKeyboardButton(say.PASS_ON, callback_data=f"l:staff:{question_id}"),))
    return markup_of(rows)


def vote_row(question_id: int) -> Row:
    """👍 👎"""
    return (
        InlineKeyboardButton(say.UP, callback_data=f"l:up:{question_id}"),
        InlineKeyboardButton(say.DOWN, callback_data=f"l:down:{question_id}"),
    )


def reason_rows(question_id: int) -> list[Row]:
    """Why an answer was no good, two a row: four would be cut on a narrow screen."""
    buttons = [
        InlineKeyboardButton(text, callback_data=f"l:r:{reason}:{question_id}")
        for reason, text in say.REASONS.items()
    ]
    return [tuple(buttons[:2]), tuple(buttons[2:])]


def label_of(query: CallbackQuery) -> str | None:
    """The text on the button that was tapped; None where its message is too old to be had."""
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    buttons = (button for row in message.reply_markup.inline_keyboard for button in row)
    return next((button.text for button in buttons if button.callback_data == query.data), None)


def page_buttons(page: int, pages: int, key: str) -> InlineKeyboardMarkup | None:
    """«Алдыңғы» and «Келесі» where there is such a page; pages count from 0."""
    row = []
    if page > 0:
        row.append(InlineKeyboardButton(kazakh.PREVIOUS, callback_data=f"p:{page - 1}:{key}"))
    if page < pages - 1:
        row.append(InlineKeyboardButton(kazakh.NEXT, callback_data=f"p:{page + 1}:{key}"))
    return InlineKeyboardMarkup([row]) if row else None


def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> tuple[CallbackQuery, dict[str, str]]:
    """The tap and the named parts of its data, for handlers registered with one of the patterns above."""
    assert update.callback_query is not None and context.matches
    return update.callback_query, context.matches[0].groupdict()


def _full_text_rows(answer: Answer, core: AnsweringCore, keys: Keys) -> list[Row]:
    """A button for each article whose full text is held, in the order of the answer.

    The labels are short, since a phone shows some thirty letters; the law is named where they would be equal.
    """
    first: dict[tuple[str, str, str | None], Citation] = {}
    for citation in (*answer.citations, *answer.now):
        passage = citation.quote.passage
        if core.full_text(passage.id) is not None:
            first.setdefault((citation.document.id, passage.edition, passage.article), citation)
    cited = list(first.values())
    labels = [_full_text_label(citation, now=citation in answer.now) for citation in cited]
    rows: list[Row] = []
    for citation, label in zip(cited, labels, strict=True):
        if len(cited) == 1:
            label = kazakh.FULL_TEXT
        elif labels.count(label) > 1:
            label = f"{label}, {citation.document.short_title}"
        data = f"f:{keys.shorten(citation.quote.passage.id)}"
        button = InlineKeyboardButton(label, callback_data=data)
        beside = rows[-1] if rows and len(rows[-1]) == 1 else ()
        if beside and max(len(label), len(beside[0].text)) <= _HALF_A_PHONE:
            rows[-1] = (*beside, button)
        else:
            rows.append((button,))
    return rows


def _full_text_label(citation: Citation, *, now: bool) -> str:
    place = kazakh.locator(citation.quote.passage.article) or citation.document.short_title
    return say.full_text_of(place, now=now)


def markup_of(rows: Sequence[Row]) -> InlineKeyboardMarkup | None:
    """The rows that have buttons; None where none has."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None
