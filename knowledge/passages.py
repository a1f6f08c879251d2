"""Points of a law -> passages: what is found and quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.model import Article, LawText, Passage, Point, SubPoint

MAX_CHARS = 1200
"""A passage longer than this is split, unless it is a single paragraph or sub-point."""

Block = str | SubPoint


def passages_of(document: str, edition: str, law: LawText) -> tuple[Passage, ...]:
    """One passage a point, in print order; what was removed gives none.

    ``id`` is ``document/edition/article/point``, the point "0" where the article has no points, and
    ``/1``, ``/2`` … for the later parts of a point that is long or has a removed sub-point inside.
    An opening line that would stand alone is no passage: it is the ``lead`` of the parts below it.
    """
    passages: list[Passage] = []
    for article in law.articles:
        for point in article.points:
            passages += _of_point(document, edition, article, point, len(passages))
    return tuple(passages)


def _of_point(document: str, edition: str, article: Article, point: Point, order: int) -> Iterator[Passage]:
    if point.removed:
        return
    for k, (part, lead) in enumerate(_parts(point.blocks)):
        yield Passage(
            id=f"{document}/{edition}/{article.number}/{point.number or 0}" + (f"/{k}" if k else ""),
            document=document,
            edition=edition,
            text="\n".join(_text(block) for block in part),
            order=order + k,
            article=article.number,
            point=point.number,
            sub_points=tuple(block.number for block in part if isinstance(block, SubPoint)),
            heading=article.heading,
            chapter=article.chapter,
            lead=lead,
        )


def _parts(blocks: tuple[Block, ...]) -> Iterator[tuple[list[Block], str]]:
    """Contiguous parts of at most MAX_CHARS, each with the opening line it belongs to ("" in the first)."""
    opening = lead = ""
    parts = [part for run in _contiguous(blocks) for part in _packed(run)]
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        if following is None or not _is_opening_alone(part, following):
            yield part, lead if index and isinstance(part[0], SubPoint) else opening
        for block in part:
            if isinstance(block, str):
                opening = opening or block
                lead = block if block.endswith(":") or not lead else lead


def _contiguous(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in blocks:
        if not isinstance(block, str) and block.removed:
            if run:
                yield run
            run = []
        else:
            run.append(block)
    if run:
        yield run


def _packed(run: list[Block]) -> Iterator[list[Block]]:
    part: list[Block] = []
    size = 0
    for block in run:
        if part and size + 1 + len(_text(block)) > MAX_CHARS:
            yield part
            part, size = [], 0
        size += len(_text(block)) + bool(part)
        part.append(block)
    yield part


def _is_opening_alone(part: list[Block], following: list[Block]) -> bool:
    only = part[0] if len(part) == 1 else None
    return isinstance(only, str) and only.endswith(":") and isinstance(following[0], SubPoint)


def _text(block: Block) -> str:
    return block if isinstance(block, str) else block.text
