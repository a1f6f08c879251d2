"""Links that open a passage in the bot: https://t.me/<bot>?start=<code>.

The code comes from the text alone, so that it survives every re-indexing and every renumbering, and stops
working the day its text is nowhere held any more.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
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

    «— Заң, 9-бап, 2-тармақ; 3-тармақ»: the title leads to the official text, each place to its passage in
    the bot. A title that has no official address leads to the passage too.
    """
    cited = (*answer.citations, *answer.now)
    return "\n".join(_linked(line, cited, username) for line in markup.split("\n"))


def _linked(line: str, cited: Sequence[Citation], username: str) -> str:
    """The line with links, where it is the source line of some of the citations."""
    for first in cited:
        title = escape(first.document.short_title)
        head = f'— <a href="{escape(first.url)}">{title}</a>' if first.url else f"— {title}"
        if line != head and not line.startswith(f"{head}, {escape(first.locator)}"):
            continue
        if not first.url:
            return line.replace(head, f"— {_link(title, first.quote.passage, username)}", 1)
        of_it = [citation for citation in cited if citation.document == first.document]
        places = line.removeprefix(f"{head}, ").split("; ") if line != head else []
        shown = "; ".join(_place(place, of_it, username) for place in places)
        return f"{head}, {shown}" if shown else head
    return line


def _place(place: str, cited: Sequence[Citation], username: str) -> str:
    """«9-бап, 2-тармақ», and after it «3-тармақ» alone, as links."""
    for citation in cited:
        locator = escape(citation.locator)
        if locator == place or locator.endswith(f", {place}"):
            return _link(place, citation.quote.passage, username)
    return place


def _link(text: str, passage: Passage, username: str) -> str:
    return f'<a href="{escape(deep_link(username, passage))}">{text}</a>'
