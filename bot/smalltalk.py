"""Greetings, thanks, requests to sing: messages that are answered with a line, not with a law."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.normalize import fold, normalize
from retrieval.transliteration import read_question

DEFAULT_PATH = Path(__file__).with_name("smalltalk.toml")

_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_MAX_WORDS = 60  # nobody greets at greater length; bounds the work on a pasted text

Phrase = tuple[str, ...]


class SmallTalkError(Exception):
    """The table of small talk is malformed; the message names the topic."""


@dataclass(frozen=True, slots=True)
class _Topic:
    """One kind of small talk: its line, and phrases (folded words) that make a whole message or a request."""

    reply: str
    whole: frozenset[Phrase]
    closing: frozenset[Phrase]
    opening: frozenset[Phrase]
    shape: re.Pattern[str] | None
    wordless: bool


class SmallTalkBook:
    """Tells small talk from questions by the whole message: one word too many, and it is a question."""

    def __init__(self, topics: Sequence[_Topic], fillers: frozenset[Phrase]) -> None:
        """:param topics: the first that a message touches answers it."""
        self._topics = tuple(topics)
        self._fillers = fillers
        # the rank of a phrase is the place of its topic; fillers come after all topics
        self._ranks: dict[Phrase, int] = {}
        for rank, topic in reversed(list(enumerate(topics))):
            self._ranks |= dict.fromkeys(topic.whole, rank)
        self._shapes = [(rank, topic.shape) for rank, topic in enumerate(topics) if topic.shape is not None]
        self._opening = {self._core(phrase): topic for topic in topics for phrase in topic.opening}
        self._closing = {self._core(phrase): topic for topic in topics for phrase in topic.closing}
        self._longest = max(map(len, (*self._ranks, *fillers, *self._opening, *self._closing)))

    def match(self, text: str) -> str | None:
        """One polite line in Kazakh, or None where ``text``, raw as typed, may be a question.

        The message is read as it stands and as ``read_question`` repairs it (Latin and Arabic script).
        """
        for reading in (normalize(text), read_question(text).text):
            words = _words(reading)
            if not words:
                return next((topic.reply for topic in self._topics if topic.wordless), None)
            if len(words) > _MAX_WORDS:
                return None
            topic = self._request(words) or self._chatter(words)
            if topic is not None:
                return topic.reply
        return None

    def _chatter(self, words: Sequence[str]) -> _Topic | None:
        """The topic of a message that phrases and fillers cover from end to end."""
        rank = self._ranks.get(tuple(words), self._covered(words)[-1])
        return self._topics[rank] if rank is not None and rank < len(self._topics) else None

    def _request(self, words: Sequence[str]) -> _Topic | None:
        """The topic one of whose requests opens or closes the message, pleasantries aside."""
        core = self._core(words)
        before = self._covered(core)
        for start in range(len(core)):
            for end in range(start + 1, min(start + self._longest, len(core)) + 1):
                phrase = core[start:end]
                if before[start] is not None and phrase in self._opening:
                    return self._opening[phrase]
                if phrase in self._closing and self._covered(core[end:])[-1] is not None:
                    return self._closing[phrase]
        return None

    def _covered(self, words: Sequence[str]) -> list[int | None]:
        """For every count of leading words: the rank of the first topic in their cover, None where some
        word belongs to no phrase."""
        best: list[int | None] = [len(self._topics)] + [None] * len(words)
        for start in range(len(words)):
            so_far = best[start]
            if so_far is None:
                continue
            for end in range(start + 1, min(start + self._longest, len(words)) + 1):
                rank = self._rank(tuple(words[start:end]))
                if rank is not None:
                    known = best[end]
                    best[end] = min(so_far, rank) if known is None else min(so_far, rank, known)
        return best

    def _rank(self, phrase: Phrase) -> int | None:
        if len(phrase) == 1:
            for rank, shape in self._shapes:
                if shape.fullmatch(phrase[0]):
                    return rank
        return len(self._topics) if phrase in self._fillers else self._ranks.get(phrase)

    def _core(self, words: Sequence[str]) -> Phrase:
        return tuple(word for word in words if (word,) not in self._fillers)


def load_smalltalk(path: Path | None = None) -> SmallTalkBook:
    """The book at ``path``, or the project's own.

    :raises SmallTalkError: the file is not TOML of the form that ``smalltalk.toml`` describes.
    """
    source = path or DEFAULT_PATH
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
        topics = [_topic(entry) for entry in table["topic"]]
        return SmallTalkBook(topics, frozenset(_phrases(table["fillers"])))
    except (tomllib.TOMLDecodeError, KeyError, re.error) as exc:
        raise SmallTalkError(f"{source.name}: {exc!r}; wanted fillers, topics with name and reply") from exc


def _topic(entry: dict[str, Any]) -> _Topic:
    name, asks = entry["name"], entry.get("asks", [])
    places = {ask["place"] for ask in asks}
    if not places <= {"start", "end"}:
        raise SmallTalkError(f"topic {name!r} has requests at {sorted(places)}, wanted start or end")
    closing = (f"{noun} {verb}" for ask in asks if ask["place"] == "end" for noun, verb in _pairs(ask))
    opening = (f"{verb} {noun}" for ask in asks if ask["place"] == "start" for noun, verb in _pairs(ask))
    return _Topic(
        reply=entry["reply"],
        whole=frozenset(_phrases(entry.get("whole", ()))),
        closing=frozenset(_phrases(closing)),
        opening=frozenset(_phrases(opening)),
        shape=re.compile(entry["shape"]) if "shape" in entry else None,
        wordless=entry.get("wordless", False),
    )


def _pairs(ask: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for noun in ask.get("nouns", [""]):
        for verb in ask["verbs"]:
            yield noun, verb


def _phrases(written: Iterator[str] | Sequence[str]) -> Iterator[Phrase]:
    return (tuple(_words(normalize(phrase))) for phrase in written)


def _words(text: str) -> list[str]:
    return _WORD.findall(_DOUBLED.sub(r"\1", fold(text)))
