"""A comparison as Telegram messages and as plain text: one text under the other, each with its label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot import kazakh
from bot.answers import Citation
from bot.comparison import ArticleComparison, ComparedPoint, EditionComparison, Marked, ThenAndNow
from bot.fitting import (
    ELLIPSIS,
    MAX_MESSAGE_UNITS,
    utf16_length,
    visible_length,
    whole_sentences,
    whole_words,
)
from bot.kazakh import time as say
from bot.message_draft import escape
from bot.quoting import verify
from bot.source_lines import places, source_status

_MAX_QUOTE_UNITS = 2500  # leaves room for labels and sources in one message
_BETWEEN = "\n\n"


def to_messages(comparison: ArticleComparison) -> tuple[str, ...]:
    """Telegram HTML, each message at most 4096 UTF-16 units after parsing; texts are cut between messages
    only, but for one that is longer than a message, which ends with a visible «…».

    :raises bot.quoting.UnprovenQuote: a text is not in its passage.
    """
    messages: list[str] = []
    for blocks in _sections(comparison):
        messages += _packed(blocks)
    return tuple(messages)


def to_plain(comparison: ArticleComparison) -> str:
    """For a terminal; changed words are listed below the texts, which stay letter for letter.

    :raises bot.quoting.UnprovenQuote: a text is not in its passage.
    """
    parts: list[str] = []
    if comparison.matters:
        parts.append(
            say.compared_then_now(comparison.document.short_title, kazakh.locator(comparison.article))
        )
        for matter in comparison.matters:
            parts.append(f"{say.THEN}:\n{_plain(matter.then)}")
            parts.append(f"{say.TODAY}: {matter.reason}" + (f"\n{_plain(matter.now)}" if matter.now else ""))
    if comparison.editions is not None:
        parts += _plain_editions(comparison.editions)
    return _BETWEEN.join(parts)


def _sections(comparison: ArticleComparison) -> Iterator[list[str]]:
    place = kazakh.locator(comparison.article)
    if comparison.matters:
        title = say.compared_then_now(comparison.document.short_title, place)
        yield [f"<b>{escape(title)}</b>", *_matter_blocks(comparison.matters)]
    if comparison.editions is not None:
        yield list(_edition_blocks(comparison.editions))


def _matter_blocks(matters: Sequence[ThenAndNow]) -> Iterator[str]:
    shown: set[str] = set()
    for matter in matters:
        yield from _side(f"<b>{say.THEN}</b>", matter.then)
        today = f"<b>{say.TODAY}</b>: {escape(matter.reason)}"
        fresh = [citation for citation in matter.now if citation.quote.passage.id not in shown]
        shown.update(citation.quote.passage.id for citation in fresh)
        yield from _side(today, fresh) if fresh else (today,)


def _side(label: str, citations: Sequence[Citation]) -> Iterator[str]:
    """The quotations of one side, the label (HTML) above the first and the source below the last of each."""
    for at, citation in enumerate(citations):
        lines = [label] if at == 0 else []
        lines.append(_quoted(Marked(citation), "b"))
        after = citations[at + 1] if at + 1 < len(citations) else None
        if after is None or _source(after) != _source(citation):
            same = [other for other in citations if _source(other) == _source(citation)]
            lines += _source_lines(same)
        yield "\n".join(lines)


def _source_lines(citations: Sequence[Citation]) -> list[str]:
    first = citations[0]
    link = f'<a href="{escape(first.url)}">{escape(first.document.short_title)}</a>'
    return [f"— {link}, {escape(places(citations))}", f"<i>{escape(source_status(first))}</i>"]


def _source(citation: Citation) -> tuple[str, str, str | None]:
    passage = citation.quote.passage
    return passage.document, passage.edition, passage.article


def _edition_blocks(comparison: EditionComparison) -> Iterator[str]:
    title = say.compared_editions(comparison.document.short_title, kazakh.locator(comparison.article))
    marked = any(side.marks for point in comparison.points for side in (*point.older, *point.newer))
    yield f"<b>{escape(title)}</b>" + (f"\n{say.MARKS}" if marked else "")
    yield "\n".join(f"<i>{escape(line)}</i>" for line in _statuses(comparison))
    for point in comparison.points:
        yield from _point_blocks(point, comparison)
    if comparison.same:
        yield escape(say.same_points(comparison.same))


def _statuses(comparison: EditionComparison) -> Iterator[str]:
    """What is known of the force of each of the two texts."""
    for sides in zip(*((point.older, point.newer) for point in comparison.points), strict=True):
        first = next((texts[0] for texts in sides if texts), None)
        if first is not None:
            yield source_status(first.citation)


def _point_blocks(point: ComparedPoint, comparison: EditionComparison) -> Iterator[str]:
    sides = ((point.older, comparison.older, "s"), (point.newer, comparison.newer, "b"))
    for first, (texts, edition, tag) in zip((True, False), sides, strict=True):
        heading = f"<b>{say.point(point.point)}</b>\n" if first and point.point else ""
        label = f"{heading}<b>{escape(kazakh.edition_of(date.fromisoformat(edition)))}</b>"
        if not texts:
            yield f"{label}: {say.NO_SUCH_POINT}"
        for at, text in enumerate(texts):
            yield (f"{label}\n" if at == 0 else "") + _quoted(text, tag)


def _quoted(text: Marked, tag: str) -> str:
    """The quotation, its marked words inside ``tag``; a text longer than a message is cut."""
    verify(text.citation.quote)
    whole = text.text
    kept = whole
    if utf16_length(whole) > _MAX_QUOTE_UNITS:
        kept = whole_sentences(whole, _MAX_QUOTE_UNITS) or whole_words(whole, _MAX_QUOTE_UNITS)
    parts, at = [], 0
    for start, end in text.marks:
        end = min(end, len(kept))
        if at <= start < end:
            parts += [escape(kept[at:start]), f"<{tag}>{escape(kept[start:end])}</{tag}>"]
            at = end
    tail = "" if kept == whole else f" {ELLIPSIS}"
    return f"<blockquote>«{''.join((*parts, escape(kept[at:])))}»{tail}</blockquote>"


def _packed(blocks: Iterable[str]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        together = f"{texts[-1]}{_BETWEEN}{block}" if texts else block
        if texts and visible_length(together) <= MAX_MESSAGE_UNITS:
            texts[-1] = together
        else:
            texts.append(block)
    return texts


def _plain(citations: Sequence[Citation]) -> str:
    lines = [f"«{verify(citation.quote).text}»" for citation in citations]
    for key in dict.fromkeys(map(_source, citations)):
        same = [citation for citation in citations if _source(citation) == key]
        lines.append(f"— {same[0].document.short_title}, {places(same)}\n  {source_status(same[0])}")
    return "\n".join(lines)


def _plain_editions(comparison: EditionComparison) -> Iterator[str]:
    yield say.compared_editions(comparison.document.short_title, kazakh.locator(comparison.article))
    yield "\n".join(_statuses(comparison))
    for point in comparison.points:
        lines = [say.point(point.point)] if point.point else []
        for texts, edition, label in (
            (point.older, comparison.older, say.REMOVED_WORDS),
            (point.newer, comparison.newer, say.ADDED_WORDS),
        ):
            lines.append(f"{kazakh.edition_of(date.fromisoformat(edition))}:")
            lines += [f"«{verify(text.citation.quote).text}»" for text in texts] or [say.NO_SUCH_POINT]
            words = [text.text[start:end] for text in texts for start, end in text.marks]
            if words:
                lines.append(f"{label}: {'; '.join(words)}")
        yield "\n".join(lines)
    if comparison.same:
        yield say.same_points(comparison.same)
