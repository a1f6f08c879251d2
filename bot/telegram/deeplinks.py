"""Links that open a passage in the bot: https://t.me/<bot>?start=<code>.

The code comes from the text alone, so that it survives every re-indexing and every renumbering, and stops
working the day its text is nowhere held any more.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import cached_property

from bot.answers import Answer, Citation
from bot.message_draft import escape
from knowledge.library import Library
from knowledge.model import Passage

CODE = re.compile(r"p[A-Za-z0-9_-]{12}\Z")
_DIGEST_BYTES = 9  # 72 bits: no two of some thousand texts meet by chance


def code_of(passage: Passage) -> str:
    """13 characters of the 64 that Telegram takes: a letter, then the start of the text's SHA-256."""
    start = bytes.fromhex(passage.digest)[:_DIGEST_BYTES]
    return "p" + base64.urlsafe_b64encode(start).decode()


def deep_link(username: str, passage: Passage) -> str:
    """:param username: the bot's, without «@»."""
    return f"https://t.me/{username}?start={code_of(passage)}"


class DeepLinks:
    """Finds the passage behind a code."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def passage(self, code: str) -> Passage | None:
        """The passage with that text, of the newest edition that has it; None: no text held has it."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> dict[str, Passage]:
        ascending = sorted(self._library.passages, key=lambda passage: passage.edition)
        return {code_of(passage): passage for passage in ascending}


def with_links(markup: str, answer: Answer, username: str) -> str:
    """The places in the source lines of a rendered answer as links; no visible letter changes.

    «— Заң, 9-бап, 2-тармақ»: the title leads to the official text, the place to the passage in the bot.
    """
    lines = markup.split("\n")
    for number, line in enumerate(lines):
        linked = _linked(line, (*answer.citations, *answer.now), username)
        if linked is not None:
            lines[number] = linked
    return "\n".join(lines)


def _linked(line: str, citations: Iterable[Citation], username: str) -> str | None:
    """The line with its place linked, where it is the source line of one of the citations."""
    for citation in citations:
        title = f'— <a href="{escape(citation.url)}">{escape(citation.document.short_title)}</a>, '
        place = escape(citation.locator)
        if place and line.startswith(title + place):
            rest = line.removeprefix(title)
            link = escape(deep_link(username, citation.quote.passage))
            return f'{title}<a href="{link}">{rest}</a>'
    return None
