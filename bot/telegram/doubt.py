"""Was it sent? The process died, or the line broke, before Telegram's word on a message came.

Telegram has no way to send a message only once, nor to read a chat. But it says whether an edit would
change anything: a message that stands in the chat with just this text and these buttons "is not modified".
"""

from __future__ import annotations

import structlog
from telegram import Bot
from telegram.error import BadRequest

from bot.storage.questions import Questions
from bot.storage.values import Delivery
from bot.telegram.outgoing import Outgoing

REACH = 30
"""How many message numbers after the asker's are looked at. All private chats of a bot share one series of
numbers, so under heavy traffic an answer may be further away: it is then sent again."""

log = structlog.get_logger()


async def sent_already(bot: Bot, questions: Questions, delivery: Delivery, outgoing: Outgoing) -> int | None:
    """The number of the message, where it was sent; None where it was not, as far as can be told.

    Only an answer is looked for: its buttons carry the question's number, so no other message equals it.
    A message of the bot's that belongs to another question is left alone.
    """
    if delivery.reply_to is None or delivery.question_id is None:
        return None
    for message_id in range(delivery.reply_to + 1, delivery.reply_to + 1 + REACH):
        if await questions.by_message(delivery.chat_id, message_id) is not None:
            continue
        try:
            await bot.edit_message_text(
                outgoing.html,
                chat_id=delivery.chat_id,
                message_id=message_id,
                reply_markup=outgoing.buttons,
            )
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                continue  # the asker's own message, or none
        log.info("delivery_was_sent", delivery=delivery.id)
        return message_id
    return None
