"""Cues that a question wants something no law text tells: reads ``outside.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from retrieval.errors import RetrievalError
from retrieval.normalize import fold, normalize
from retrieval.terms import words_of

GROUPS = ("foreign", "person", "contact", "amount", "daily")
_NONE = (0.0,) * len(GROUPS)

# a finished deed («өтті», «сайланды»; a vowel before the ending makes a rule of it: «сайлайды»): events are
# told by the source article, hardly by a law
_DEED = re.compile(r"[^аеиоуыэ](?:ды|ди|ты|ти)$")
_NO_DEED = frozenset(fold(word) for word in "болды еді керекті туралы халықты міндетті құқықты".split())


class Outside:
    """The cue words, folded, by group."""

    def __init__(self, groups: dict[str, tuple[tuple[str, ...], frozenset[str]]]) -> None:
        self._groups = tuple(groups[name] for name in GROUPS)
        self._of = lru_cache(maxsize=1 << 14)(self._groups_of)

    def cues(self, words: Sequence[str], held: frozenset[str]) -> tuple[float, ...]:
        """For each of ``GROUPS`` 1 where a cue stands among the folded words and not in ``held``, else 0.

        :param held: the beginnings (5 letters) of the words of the passage found.
        """
        asked = [word for word in words if word[:5] not in held]
        return tuple(float(any(found)) for found in zip(*map(self._of, asked), strict=True)) or _NONE

    def _groups_of(self, word: str) -> tuple[bool, ...]:
        return tuple(word in whole or word.startswith(stems) for stems, whole in self._groups)


def asks_for_deed(words: Sequence[str]) -> bool:
    """Whether the folded words end in what somebody did: «… сессиясы қай күні өтті?»"""
    return any(len(word) > 3 and _DEED.search(word) and word not in _NO_DEED for word in words[-2:])


def load_outside(path: Path | None = None) -> Outside:
    """The cues at ``path``; None: the project's own.

    :raises RetrievalError: unreadable, or a group is missing or unknown.
    """
    path = path or Path(__file__).with_name("outside.toml")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise RetrievalError(f"{path.name} cannot be read: {exc}") from exc
    if set(content) != set(GROUPS):
        raise RetrievalError(f"{path.name}: groups {sorted(content)}, wanted {sorted(GROUPS)}")
    groups = {}
    for name in GROUPS:
        stems: list[str] = []
        whole: set[str] = set()
        for cue in str(content[name]).split():
            parts = words_of(cue.rstrip("|"))
            if not parts:
                raise RetrievalError(f"{path.name}: {name}: {cue!r} holds no letters")
            if cue.endswith("|"):
                whole.add(fold(normalize(cue.rstrip("|"))))
            elif len(parts) == 1:
                stems.append(parts[0])
        groups[name] = (tuple(stems), frozenset(whole))
    return Outside(groups)
