"""/start, /help, /derekkoz, and commands that nobody knows."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import kazakh
from bot.fitting import MAX_MESSAGE_UNITS, visible_length
from bot.kazakh import telegram as say
from bot.message_draft import blocks, escape
from bot.telegram.answers import Answers
from bot.telegram.buttons import example_buttons
from bot.telegram.core import AnsweringCore, DocumentLine
from bot.telegram.menus import Menus
from bot.telegram.outgoing import Outgoing
from bot.telegram.pages import packed
from bot.telegram.passages import Passages
from bot.telegram.update_keys import key_of


class Commands:
    """Answers the commands; what they say about the texts comes from ``core``. It is owed, then sent."""

    def __init__(self, core: AnsweringCore, answers: Answers, passages: Passages, menus: Menus) -> None:
        self._core = core
        self._answers = answers
        self._passages = passages
        self._menus = menus

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What the bot is, and three examples to tap; or the passage that a deep link names."""
        message = _message(update)
        shown = self._passages.shown(context.args[0], context.bot.username) if context.args else None
        if shown is None:
            note = _language_note(message)
            markup = blocks(f"<i>{escape(note)}</i>" if note else "", escape(kazakh.START))
            shown = Outgoing(markup, example_buttons(self._core.examples()))
        await self._say(update, context, shown)

    async def start_in_group(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._say(update, context, Outgoing(escape(say.GROUP_START)))

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The same everywhere, but for the commands that the chat has."""
        chat = _message(update).chat
        menu = self._menus.private if chat.type == chat.PRIVATE else self._menus.group
        await self._say(update, context, Outgoing(escape(say.help_text(menu))))

    async def unknown(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._say(update, context, Outgoing(escape(kazakh.UNKNOWN_COMMAND)))

    async def documents(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The documents with their editions and status, in as many messages as they need."""
        lines = self._core.documents()
        if not lines:
            await self._say(update, context, Outgoing(escape(kazakh.NO_DOCUMENTS)))
            return
        parts = [f"<b>{escape(kazakh.DOCUMENTS)}</b>", *(_document_html(line) for line in lines)]
        texts = packed(parts, MAX_MESSAGE_UNITS, visible_length)
        await self._say(update, context, *map(Outgoing, texts))

    async def _say(self, update: Update, context: ContextTypes.DEFAULT_TYPE, *lines: Outgoing) -> None:
        message = _message(update)
        await self._answers.say(
            key_of(update), message.chat.id, *lines, bot=context.bot, reply_to=message.message_id
        )


def _message(update: Update) -> Message:
    assert update.effective_message is not None  # the handlers' filters see to it
    return update.effective_message


def _language_note(message: Message) -> str | None:
    """For who uses Telegram in another language than Kazakh."""
    code = (message.from_user.language_code or "") if message.from_user else ""
    language = code.partition("-")[0]
    if language in ("", "kk"):
        return None
    return say.START_NOTES.get(language, say.START_NOTES["en"])


def _document_html(line: DocumentLine) -> str:
    title = escape(line.title)
    parts = [f'<a href="{escape(line.url)}">{title}</a>' if line.url else title]
    if line.requisites:
        parts.append(escape(line.requisites))
    if line.editions:
        parts.append(escape(kazakh.editions(line.editions)))
    parts.append(f"<i>{escape(line.status)}</i>")
    return "\n".join(parts)
