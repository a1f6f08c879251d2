"""The scripted side of the command line: JSON lines in, JSON lines out, in the same order."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TextIO

import structlog

from bot.claims import Checker
from bot.core import Core
from bot.rendering import to_json, to_text
from bot.verdict_rendering import to_json as verdict_json
from bot.verdict_rendering import to_text as verdict_text
from retrieval.errors import RetrievalError

MAX_LINE_BYTES = 1_000_000
MAX_TURNS, MAX_TURN_CHARS = 100, 20_000
WANTED = 'wanted one JSON object a line, {"id": "x", "turns": ["question", "follow-up"]}'

log = structlog.get_logger()


class BadLine(Exception):
    """A line of input is not what the contract asks for; ``id`` is its own, as far as it could be read."""

    def __init__(self, message: str, id: str = "") -> None:
        super().__init__(message)
        self.id = id


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of input: the caller's id and the questions of one chat, the last of them to be answered."""

    id: str
    turns: tuple[str, ...]


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """Lines as they come; of one without end no more is held than shows that it is too long."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES + 1)


def read_line(line: bytes) -> Conversation:
    """:raises BadLine: not JSON, or not ``{"id": "x", "turns": ["…"]}``; the message is one line."""
    if len(line) > MAX_LINE_BYTES:
        raise BadLine(f"more than {MAX_LINE_BYTES} bytes; {WANTED}")
    try:
        row = json.loads(line.decode("utf-8-sig"))  # a mark at the start is Windows' way
    except UnicodeDecodeError as exc:
        raise BadLine(f"byte {exc.start + 1} is not UTF-8; {WANTED}") from exc
    except (ValueError, RecursionError) as exc:
        raise BadLine(f"not JSON; {WANTED}") from exc
    if not isinstance(row, dict):
        raise BadLine(WANTED)
    given = row.get("id")
    id, turns = "" if given is None else readable(str(given)), row.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise BadLine(WANTED, id)
    if len(turns) > MAX_TURNS:
        raise BadLine(f"{len(turns)} turns, at most {MAX_TURNS}; {WANTED}", id)
    for number, turn in enumerate(turns, start=1):
        if len(turn) > MAX_TURN_CHARS:
            raise BadLine(f"turn {number} has {len(turn)} letters, at most {MAX_TURN_CHARS}; {WANTED}", id)
    return Conversation(id, tuple(readable(turn) for turn in turns))


def readable(text: str) -> str:
    """Half a pair of UTF-16 is no letter, and no UTF-8 can be written of it: U+FFFD in its place."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
            row = work(conversation, number)
        except BadLine as error:
            good = False
            row = {"id": error.id, "status": "error", "text": f"line {number}: {error}"}
        except RetrievalError:
            raise  # without its index no line can be answered
        except Exception as error:  # a fault of ours in one line must not lose the others
            good = False
            log.exception("line_failed", line=number)
            text = f"line {number}: could not be answered ({type(error).__name__}); see standard error"
            row = {"id": conversation.id, "status": "error", "text": text}
        _write(out, row)
    return good


def answer_one(core: Core, question: str, *, as_json: bool, out: TextIO) -> None:
    """One question from the argument."""
    question = readable(question)
    if as_json:
        _write(out, _answered(core, "argument", question, ""))
    else:
        print(to_text(core.reply_now("argument", question)), file=out)


def check_one(checker: Checker, claim: str, *, as_json: bool, out: TextIO) -> None:
    """One claim from the argument."""
    claim = readable(claim)
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
