"""What a line of a law's Markdown can be, and how it reads without its mark-up."""

from __future__ import annotations

import re

from knowledge.errors import ParseError

BOUNDS = {
    "articles": 10_000,
    "letters of a paragraph": 20_000,
    "notes on the whole text": 200,
    "changes of a chapter": 200,
}
"""What a text may have at most, far above any law: where the parser's work is a product of two of these,
a text that is no law must not make it endless."""

_NUMBER = r"[1-9]\d*(?:-\d+)*"
# «Күші жойылды деп танылсын: …» is a rule about other acts; a note of removal goes on with a dash.
_REMOVED = r"(?:алып тасталды|күші жойылды(?=\s*[-–—])|исключ[её]н[аоы]?|утратил[аио]? силу)"

ANCHOR = re.compile(r'<a id="[^"<>]*">\s*</a>')
HASHES = re.compile(r"(#{1,6})\s+(.*)")
EMPHASIS = re.compile(r"(\*{1,3})(?=\S)[^*]+\1")
RULE = re.compile(r"_{3,}|-{3,}|\*{3,}|(?:\* ){2,}\*")
HEADING = re.compile(
    rf"(?:(?P<kaz>{_NUMBER})-бап|Статья (?P<rus>{_NUMBER}))"
    rf"(?:\.\s*(?P<title>.*)|\s+(?P<gone>{_REMOVED}.*))?",
    re.I,
)
POINT = re.compile(rf"({_NUMBER})\.\s+(\S.*)")
SUB_POINT = re.compile(rf"({_NUMBER})\)\s+(\S.*)")
GONE = re.compile(_REMOVED, re.I)
NOTE = re.compile(r"(?:Ескертпе|Ескерту|Сноска)\s*[.:]")

# a run of asterisks is looked at once, from its start: else a long one would take quadratic time
_MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|(?<![\s*])\*+|(?<!\*)\*++(?!\s)")
_SIGNATURE = re.compile(
    r"Қазақстан Республикасының(\s+Президенті)?|(Президенті?|Президент Республики Казахстан)(\s+\w\..*)?"
    r"|[А-ЯӘҒҚҢӨҰҮІ]\.\s*[А-ЯӘҒҚҢӨҰҮІ][\w-]+"
)
_WEB_PAGE = re.compile(r"\s*<(!doctype|html|head|body)\b", re.I)


def plain(line: str) -> str:
    """The line as a reader sees it: no emphasis, no escapes, no anchors; every letter as printed."""
    return _MARKUP.sub(lambda m: m[1] or "", ANCHOR.sub("", line)).strip()


def refuse_foreign(lines: list[str], name: str) -> None:
    """Stops what is no Markdown before it is read as one. :raises ParseError: a web page, bytes, nothing."""
    for number, line in enumerate(lines, 1):
        if "\0" in line or "\ufffd" in line:
            raise ParseError(f"{name}, line {number}: found bytes that are no text, wanted Markdown in UTF-8")
        if _WEB_PAGE.match(line):
            start = line.strip()[:40]
            raise ParseError(f"{name}, line {number}: found a web page ({start!r}), wanted Markdown")
    if not any(line.strip() for line in lines):
        raise ParseError(f"{name}, line 1: found an empty text, wanted a law")


def end_of_law(lines: list[str]) -> int:
    """Index after the last line that is law: signatures and closing rules stand below it."""
    end = len(lines)
    while end and _is_closing(lines[end - 1].strip()):
        end -= 1
    return end


def _is_closing(line: str) -> bool:
    text = plain(line)
    if not line or RULE.fullmatch(line) or _SIGNATURE.fullmatch(text):
        return True
    numbered = HEADING.fullmatch(text) or POINT.fullmatch(text) or SUB_POINT.fullmatch(text)
    return bool(EMPHASIS.fullmatch(line)) and not numbered and not GONE.search(text)
