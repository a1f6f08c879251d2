"""Everyday, older and borrowed words of a question -> the words the law uses for the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from retrieval.errors import RetrievalError
from retrieval.normalize import fold as fold_letters

DEFAULT_PATH = Path(__file__).with_name("synonyms.toml")
SECTIONS = ("kazakh", "russian", "english", "question")

_WORD = re.compile(r"[^\W_]+[|!]?")
_OPEN_FROM = 4  # letters; a shorter stem begins too many unrelated words
_SAME_LETTERS = 5  # a target that begins like the word of the question adds nothing to it

Fold = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words to search for beside ``source``, the matched words of the question joined by spaces.

    ``targets`` are single folded words in the order of the table, none twice, none that begins like the
    source itself; ``weight`` is 1 for the same meaning and falls to 0 with relatedness.
    """

    source: str
    targets: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Stem:
    """The beginning of a word; ``endings`` are all that may follow, None lets anything follow."""

    letters: str
    endings: frozenset[str] | None

    def matches(self, word: str) -> bool:
        if not word.startswith(self.letters):
            return False
        return self.endings is None or word[len(self.letters) :] in self.endings


@dataclass(frozen=True, slots=True)
class _Entry:
    """One phrase of a group's ``from`` with what the group says."""

    stems: tuple[_Stem, ...]
    targets: tuple[str, ...]
    weight: float

    @property
    def length(self) -> tuple[int, int]:
        return len(self.stems), sum(len(stem.letters) for stem in self.stems)

    def matches(self, words: Sequence[str], at: int) -> bool:
        if at + len(self.stems) > len(words):
            return False
        return all(stem.matches(words[at + offset]) for offset, stem in enumerate(self.stems))


class Synonyms:
    """The table, ready for questions; entries are kept by the first four letters of their first word."""

    def __init__(self, table: dict[str, Any], fold: Fold = fold_letters) -> None:
        """:param table: the parsed TOML, in the form that ``synonyms.toml`` describes.

        :raises RetrievalError: a group is not of that form.
        """
        self._fold = fold
        self._joining = frozenset(self._words(" ".join(table.get("joining", ()))))
        self._buckets: dict[str, list[_Entry]] = {}
        # the words of questions come again
        self._beginning = lru_cache(maxsize=1 << 14)(self._entries_from)
        self.group_counts = {section: len(table.get(section, ())) for section in SECTIONS}
        for section in SECTIONS:
            language = section if section in table["endings"] else "kazakh"
            endings = frozenset(map(self._key, table["endings"][language])) | {""}
            for number, group in enumerate(table.get(section, ()), start=1):
                for entry in self._entries(group, endings, f"{section} group {number}"):
                    self._buckets.setdefault(entry.stems[0].letters[:_OPEN_FROM], []).append(entry)

    def expand(self, words: Sequence[str]) -> tuple[Expansion, ...]:
        """What to search for beside ``words``, the folded words of a question in their order.

        At each place the longest entry wins and its words are used up; where several groups hold an
        entry of that length, each gives an expansion.
        """
        found: list[Expansion] = []
        at = 0
        while at < len(words):
            entries = self._longest(words, at)
            count = len(entries[0].stems) if entries else 1
            matched = words[at : at + count]
            for entry in entries:
                targets = tuple(
                    target
                    for target in entry.targets
                    if not any(word.startswith(target[:_SAME_LETTERS]) for word in matched)
                )
                if targets:
                    found.append(Expansion(" ".join(matched), targets, entry.weight))
            at += count
        return tuple(found)

    def _longest(self, words: Sequence[str], at: int) -> list[_Entry]:
        best: list[_Entry] = []
        for entry in self._beginning(words[at]):
            if best and entry.length < best[0].length:
                continue
            if len(entry.stems) == 1 or entry.matches(words, at):
                best = [*best, entry] if best and entry.length == best[0].length else [entry]
        return best

    def _entries_from(self, word: str) -> tuple[_Entry, ...]:
        """The entries whose first word this may be, in the order of their beginnings."""
        return tuple(
            entry
            for size in range(1, min(_OPEN_FROM, len(word)) + 1)
            for entry in self._buckets.get(word[:size], ())
            if entry.stems[0].matches(word)
        )

    def _entries(self, group: dict[str, Any], endings: frozenset[str], name: str) -> Iterator[_Entry]:
        weight = group.get("weight")
        if set(group) != {"from", "to", "weight"} or not group["from"] or not group["to"]:
            raise RetrievalError(f"{name} has {sorted(group)}, wanted non-empty from, to and weight")
        if not isinstance(weight, int | float) or not 0 < weight <= 1:
            raise RetrievalError(f"{name} has the weight {weight!r}, wanted a number above 0 and up to 1")
        targets = dict.fromkeys(word for phrase in group["to"] for word in self._words(phrase))
        kept = tuple(target for target in targets if target not in self._joining)
        for phrase in group["from"]:
            stems = tuple(
                self._stem(word, endings, place) for place, word in enumerate(_WORD.findall(phrase))
            )
            if not stems:
                raise RetrievalError(f"{name} has an entry without a word: {phrase!r}")
            yield _Entry(stems, kept, float(weight))

    def _stem(self, written: str, endings: frozenset[str], place: int) -> _Stem:
        letters = self._key(written.rstrip("|!"))
        if written.endswith("!"):
            return _Stem(letters, frozenset({""}))
        # the words before it say enough about a later word of a phrase
        closed = written.endswith("|") or (place == 0 and len(letters) < _OPEN_FROM)
        return _Stem(letters, endings if closed else None)

    def _key(self, text: str) -> str:
        return self._fold(text.casefold())

    def _words(self, text: str) -> list[str]:
        return _WORD.findall(self._key(text))


def load_synonyms(path: Path | None = None, fold: Fold = fold_letters) -> Synonyms:
    """The table at ``path``, or the project's own.

    :raises RetrievalError: the file is not TOML or a group is malformed.
    """
    source = path or DEFAULT_PATH
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as exc:
        raise RetrievalError(f"{source.name} is not valid TOML: {exc}") from exc
    if "endings" not in table:
        raise RetrievalError(f"{source.name} has no [endings] table")
    return Synonyms(table, fold)
