"""The words that checking a claim knows: who acts, what means the same, what excludes what."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.claim_morphology import has_stem, key_of, same_word

WORDS_PATH = Path(__file__).with_name("claim_words.toml")


@dataclass(frozen=True, slots=True)
class Actor:
    """An office or body: its name in the table and the stems of one way to write it."""

    id: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContrastValue:
    """One value of a row of the table of opposites."""

    row: int
    value: int


class Lexicon:
    """The table, asked by key. Safe to share; its answers are remembered."""

    def __init__(self, table: dict[str, Any]) -> None:
        """:param table: the parsed TOML, in the form that ``claim_words.toml`` describes."""
        actors = [
            Actor(id, _keys(written))
            for id, spellings in (*table["actors"].items(), *table["persons"].items())
            for written in spellings
        ]
        self.persons = frozenset(table["persons"])
        self._actors: dict[str, list[Actor]] = {}  # by the first letters, the longest name first
        for actor in sorted(actors, key=lambda actor: -len(actor.stems)):
            self._actors.setdefault(actor.stems[0][:3], []).append(actor)
        self.highest: dict[str, str] = table["highest"]
        heads = [written.split("|") for written in table["heads"]["words"]]
        self._heads = {key_of(word): names[0] for names in heads for word in names}
        self._doers = tuple(map(key_of, table["doers"]["words"]))
        self._light = frozenset(map(key_of, table["light"]["words"]))
        self._narrowing = frozenset(map(key_of, table["narrowing"]["words"]))
        self._synonyms = tuple(tuple(map(key_of, row)) for row in table["synonyms"]["rows"])
        self._contrasts = tuple(
            tuple(tuple(map(_keys, value.split("|"))) for value in row) for row in table["contrasts"]["rows"]
        )
        self.head = lru_cache(maxsize=50_000)(self._head)
        self.meanings = lru_cache(maxsize=50_000)(self._meanings)
        self.contrasts = lru_cache(maxsize=50_000)(self._values)

    @classmethod
    def load(cls, path: Path = WORDS_PATH) -> Lexicon:
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def actor_at(self, keys: list[str], at: int) -> Actor | None:
        """The longest name of an office or body that begins at ``keys[at]``."""
        for actor in self._actors.get(keys[at][:3], ()):
            there = keys[at : at + len(actor.stems)]
            if len(there) == len(actor.stems) and all(
                has_stem(key, stem) is not None for key, stem in zip(there, actor.stems, strict=True)
            ):
                return actor
        return None

    def _head(self, key: str) -> tuple[str, str] | None:
        """An office inside a body («төраға») and the ending that ``key`` gives it."""
        for stem, word in self._heads.items():
            ending = has_stem(key, stem)
            if ending is not None:
                return word, ending
        return None

    def is_doer(self, key: str) -> bool:
        """Whether the word may name who does something without being an office: халық, азаматтар."""
        return any(has_stem(key, stem) is not None for stem in self._doers)

    def is_light(self, key: str) -> bool:
        return key in self._light

    def is_narrowing(self, key: str) -> bool:
        """Whether the word narrows what a sentence allows or forbids."""
        return key in self._narrowing or (key.endswith(("ынсыз", "инсиз", "маиынша")) and len(key) > 6)

    def knows(self, key: str) -> bool:
        """Whether the word stands in any table."""
        named = any(
            has_stem(key, stem) is not None
            for actors in self._actors.values()
            for actor in actors
            for stem in actor.stems
        )
        return named or bool(
            self.is_light(key) or self.head(key) or self.contrasts(key) or self.meanings(key)
        )

    def _meanings(self, key: str) -> frozenset[int]:
        return frozenset(
            number for number, row in enumerate(self._synonyms) if any(same_word(key, stem) for stem in row)
        )

    def _values(self, key: str) -> tuple[ContrastValue, ...]:
        return tuple(
            ContrastValue(number, at)
            for number, row in enumerate(self._contrasts)
            for at, value in enumerate(row)
            if any(len(stems) == 1 and same_word(key, stems[0]) for stems in value)
        )

    def relatives(self, key: str) -> frozenset[str]:
        """Stems of all words that share a meaning or a row of opposites with ``key``."""
        rows = {value.row for value in self.contrasts(key)}
        opposites = {s for row in rows for value in self._contrasts[row] for stems in value for s in stems}
        return frozenset(opposites | {s for row in self.meanings(key) for s in self._synonyms[row]})

    def same(self, one: str, other: str) -> bool:
        """One word with different endings, or two words of one meaning."""
        if same_word(one, other) or self.meanings(one) & self.meanings(other):
            return True
        return bool(set(self.contrasts(one)) & set(self.contrasts(other)))


def _keys(written: str) -> tuple[str, ...]:
    return tuple(map(key_of, written.split()))
