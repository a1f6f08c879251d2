"""The button «Дәйексөз»: a quotation as a picture to share and as text to copy."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import date

from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    ReplyParameters,
    Update,
)
from telegram.ext import ContextTypes

from bot.answers import Answer, Citation
from bot.card_image import CardNotDrawable, CardTooLong, draw
from bot.citation_card import CitationCard, short_hash
from bot.citing import Citer
from bot.fitting import MAX_MESSAGE_UNITS, utf16_length, whole_sentences, whole_words
from bot.kazakh import journalists as say
from bot.message_draft import escape
from bot.telegram.buttons import tapped
from bot.telegram.errors import ignoring_stale
from bot.telegram.sending import reply_to
from knowledge.library import Library
from knowledge.model import Quote

#: A quotation: «j:c:law-assembly/2022-02-07/9/2:0:7413d0a4», its passage, its start there and its short hash.
CARD_DATA = re.compile(r"j:c:(?P<passage>[^:]+):(?P<start>\d+):(?P<length>\d+):(?P<hash>[0-9a-f]{8})\Z")

MAX_COPY_UNITS = 256  # of a copy button (Bot API, CopyTextButton)
_MAX_CAPTION_UNITS = 1024


def card_button(quote: Quote, label: str = say.CARD) -> InlineKeyboardButton:
    """Names the quotation by what it is: the button works after a restart, and says so when the text changed."""
    start = quote.passage.text.index(quote.text)
    data = f"j:c:{quote.passage.id}:{start}:{len(quote.text)}:{short_hash(quote.text)}"
    return InlineKeyboardButton(label, callback_data=data)


def card_buttons(answer: Answer) -> list[InlineKeyboardButton]:
    """One a quotation of the answer, in its order; the labels name the places where there are several."""
    cited = (*answer.citations, *answer.now)
    if len(cited) == 1:
        return [card_button(cited[0].quote)]
    return [card_button(citation.quote, say.card_of(citation.locator)) for citation in cited]
