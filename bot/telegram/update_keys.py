"""What an update is known by in the database."""

from __future__ import annotations

import hashlib

from telegram import Update

_HASH_BITS = 24


def key_of(update: Update) -> int:
    """What an update is known by, in the order of the updates; 63 bits at most.

    Its number alone would not do: Telegram starts another series after a week without updates.
    """
    if update.callback_query is not None:
        what = update.callback_query.id
    else:
        message = update.effective_message
        when = (message.edit_date or message.date).timestamp() if message else 0
        what = f"{message.chat.id} {message.message_id} {when} {message.text}" if message else ""
    digest = hashlib.sha256(what.encode()).digest()
    return update.update_id << _HASH_BITS | int.from_bytes(digest[: _HASH_BITS // 8], "big")


def update_id_of(key: int) -> int:
    """The number of the update that ``key_of`` made a key of."""
    return key >> _HASH_BITS
