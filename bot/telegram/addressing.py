"""Is a message in a group meant for the bot, and what of it is the question."""

from __future__ import annotations

import re

from telegram import Bot, Message, MessageEntity

_ASK = re.compile(r"/sura(?:@(?P<name>\w+))?(?!\S)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def addressed(message: Message, bot: Bot) -> str | None:
    """The question; empty where the bot is called with nothing to say; None: not meant for the bot.

    Meant for it are /sura, a mention, and a reply to one of its messages: with privacy mode on, Telegram
    shows the bot nothing else, and with privacy mode off nothing else is looked at.
    """
    text = message.text or ""
    command = _ASK.match(text)
    if command is not None:
        name = command.group("name")
        if name is not None and name.lower() != bot.username.lower():
            return None
        return text[command.end() :].strip()
    if text.startswith("/"):
        return None
    mentions = [part for entity, part in message.parse_entities().items() if _is_bot(entity, part, bot)]
    if mentions:
        return without(text, mentions)
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot.id:
        return text.strip()
    return None


def without(text: str, mentions: list[str]) -> str:
    """The text without the names; what stood around them closes up."""
    for mention in mentions:
        text = text.replace(mention, " ", 1)
    return _SPACES.sub(" ", text).strip(" ,:;–-")


def _is_bot(entity: MessageEntity, part: str, bot: Bot) -> bool:
    if entity.type == MessageEntity.MENTION:
        return part.lower() == f"@{bot.username}".lower()
    return entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == bot.id
