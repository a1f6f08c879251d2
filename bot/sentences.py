"""Where sentences and list items begin and end inside a passage."""

from __future__ import annotations

import re
from dataclasses import dataclass

# a full stop ends a sentence unless it stands after an initial («К. Аннан», «Н.Ә. Назарбаев») or an
# abbreviated word of one or two letters («т.б.», «ж.», «б.»)
_END = re.compile(r"(?<!\b\w)(?<!\b\w\w)[.!?…]+[»”\"]?(?=\s+[«“\"(]?[A-ZА-ЯЁӘҒҚҢӨҰҮІҺ0-9])")
_SUB_POINT = re.compile(r"(\d+(?:-\d+)?)\) ")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a list item: its span in the passage, and the sub-point it belongs to, if any."""

    start: int
    end: int
    sub_point: str | None = None


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The text cut at line ends and sentence ends, in order; a piece has no outer white space."""
    pieces: list[Piece] = []
    offset = 0
    for line in text.split("\n"):
        mark = _SUB_POINT.match(line)
        sub_point = mark.group(1) if mark else None
        start = 0
        for end in [*(match.end() for match in _END.finditer(line)), len(line)]:
            part = line[start:end]
            if part.strip():
                left = offset + start + len(part) - len(part.lstrip())
                pieces.append(Piece(left, left + len(part.strip()), sub_point))
            start = end
        offset += len(line) + 1
    return tuple(pieces)
