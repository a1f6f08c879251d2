"""The conversation in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot import kazakh
from bot.answers import Answer, Reply
from bot.core import Core
from bot.rendering import to_text

_CHAT = "terminal"


def converse(core: Core, console: Console | None = None) -> None:
    """Ask and answer until the input ends."""
    console = console or Console(highlight=False)
    console.print(Text(kazakh.TERMINAL_WELCOME, style="bold"))
    for example in core.examples():
        console.print(Text(f"  • {example}", style="dim"))
    while True:
        try:
            question = console.input(f"\n[bold cyan]{kazakh.TERMINAL_PROMPT}>[/] ").strip()
        except (EOFError, KeyboardInterrupt):
            console.print(f"\n{kazakh.TERMINAL_FAREWELL}")
            return
        if question:
            console.print(_panel(core.reply_now(_CHAT, question)))


def _panel(reply: Reply) -> Panel:
    style = "green" if isinstance(reply, Answer) else "yellow"
    return Panel(Text(to_text(reply)), title=kazakh.TERMINAL_ANSWER, border_style=style, expand=False)
