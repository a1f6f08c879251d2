"""The scripted side of the command line: JSON lines in, JSON lines out, in the same order."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from bot.claims import Checker
from bot.core import Core
from bot.rendering import to_json, to_text
from bot.verdict_rendering import to_json as verdict_json
from bot.verdict_rendering import to_text as verdict_text

MAX_LINE_BYTES = 1_000_000


class BadLine(Exception):
    """A line of input is not what the contract asks for; the message says what was wanted."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of input: the caller's id and the questions of one chat, the last of them to be answered."""

    id: str
    turns: tuple[str, ...]


def read_line(line: bytes) -> Conversation:
    """:raises BadLine: not JSON, or not ``{"id": "x", "turns": ["…"]}``."""
    wanted = 'wanted one JSON object a line, {"id": "x", "turns": ["question", "follow-up"]}'
    if len(line) > MAX_LINE_BYTES:
        raise BadLine(f"{len(line)} bytes, at most {MAX_LINE_BYTES}; {wanted}")
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as exc:
        raise BadLine(f"not JSON; {wanted}") from exc
    turns = row.get("turns") if isinstance(row, dict) else None
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise BadLine(wanted)
    return Conversation(str(row.get("id", "")), tuple(turns))


def answer_lines(core: Core, lines: Iterable[bytes], out: TextIO) -> bool:
    """Answer each line; whether all of them were well-formed. A bad one is answered with its fault."""

    def answered(conversation: Conversation, number: int) -> dict[str, object]:
        chat = f"line {number}"
        for turn in conversation.turns[:-1]:
            core.reply_now(chat, turn)
        return _answered(core, chat, conversation.turns[-1], conversation.id)

    return _each(lines, out, answered)


def check_lines(checker: Checker, lines: Iterable[bytes], out: TextIO) -> bool:
    """Check the claim of each line, the last of its turns; otherwise as ``answer_lines``."""
    return _each(lines, out, lambda asked, _: _checked(checker, asked.turns[-1], asked.id))


def _each(
    lines: Iterable[bytes], out: TextIO, work: Callable[[Conversation, int], dict[str, object]]
) -> bool:
    good = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            conversation = read_line(line)
        except BadLine as error:
            good = False
            _write(out, {"id": "", "status": "error", "text": f"line {number}: {error}"})
            continue
        _write(out, work(conversation, number))
    return good


def answer_one(core: Core, question: str, *, as_json: bool, out: TextIO) -> None:
    """One question from the argument."""
    if as_json:
        _write(out, _answered(core, "argument", question, ""))
    else:
        print(to_text(core.reply_now("argument", question)), file=out)


def check_one(checker: Checker, claim: str, *, as_json: bool, out: TextIO) -> None:
    """One claim from the argument."""
    if as_json:
        _write(out, _checked(checker, claim, ""))
    else:
        print(verdict_text(checker.check(claim)), file=out)


def _checked(checker: Checker, claim: str, id: str) -> dict[str, object]:
    start = time.perf_counter()
    verdict = checker.check(claim)
    return verdict_json(verdict, id=id, elapsed_ms=(time.perf_counter() - start) * 1000)


def _answered(core: Core, chat: str, question: str, id: str) -> dict[str, object]:
    start = time.perf_counter()
    reply = core.reply_now(chat, question)
    elapsed_ms = (time.perf_counter() - start) * 1000
    return to_json(reply, id=id, elapsed_ms=elapsed_ms)


def _write(out: TextIO, row: dict[str, object]) -> None:
    print(json.dumps(row, ensure_ascii=False), file=out, flush=True)
