"""Curated questions and answers: TOML files written by editors, checked letter by letter when read.

One ``[[entry]]`` a question; the first of its quotes proves the answer::

    [[entry]]
    id = "council-size"
    question = "…?"
    variants = ["…", "…"]
    answer = "…"
    quotes = [
      { document = "law-halyk-kenesi", edition = "2026-06-05", article = "12", point = "1", text = "…" },
    ]

``point`` may be left out; ``text`` is contiguous in that edition, white space apart. An answer is our
own words and leads with the fact; that an act is repealed is said by the bot, not here.

A quotation of the source article, which has no articles, names its ``paragraph`` (the number in
``assembly-article.md``) in place of ``article`` and ``point``; its ``Reference`` then has the article
``""`` and the paragraph as its point, as the passages of the article have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import FaqError
from knowledge.model import FaqEntry, FaqQuote, Reference

FAQ_FOLDER = Path(__file__).parent / "documents" / "faq"
MAX_QUOTE_CHARS = 300
MAX_QUOTES = 2

_ENTRY_KEYS = frozenset({"id", "question", "variants", "answer", "quotes"})
_QUOTE_KEYS = frozenset({"document", "edition", "article", "point", "paragraph", "text"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ARTICLE = re.compile(r"\d+(?:-\d+)?")
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[А-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
_MIXED_WORD = re.compile(r"[A-Za-z][А-яӘәҒғҚқҢңӨөҰұҮүҺһІі]|[А-яӘәҒғҚқҢңӨөҰұҮүҺһІі][A-Za-z]")


def load_faq(folder: Path | None = None) -> tuple[FaqEntry, ...]:
    """All entries of the ``*.toml`` files in ``folder``, by file name, then in print order.

    What is checked here needs no law text; that a quotation stands in its law is for whoever holds
    the law to check.

    :raises FaqError: naming the file and the entry, if one is malformed, or says or asks what another does.
    """
    folder = folder or FAQ_FOLDER
    files = sorted(folder.glob("*.toml"), key=lambda file: file.name)
    if not files:
        raise FaqError(f"{folder}: no *.toml file with questions and answers")
    entries: list[FaqEntry] = []
    ids: dict[str, str] = {}
    asked: dict[str, str] = {}
    for file in files:
        for place, table in enumerate(_tables(file), start=1):
            spot = _Spot(file.name, f"entry {place}")
            entry = _entry(spot, table)
            if entry.id in ids:
                raise spot.fault(f"id {entry.id!r} is taken in {ids[entry.id]}")
            ids[entry.id] = file.name
            for question in (entry.question, *entry.variants):
                other = asked.setdefault(_key(question), entry.id)
                if other != entry.id:
                    raise spot.fault(f"{entry.id!r} asks {question!r}, and so does {other!r}")
            entries.append(entry)
    return tuple(entries)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where we are reading, for messages."""

    file: str
    entry: str

    def fault(self, what: str) -> FaqError:
        return FaqError(f"{self.file}, {self.entry}: {what}")


def _tables(file: Path) -> list[Mapping[str, object]]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FaqError(f"{file.name}: cannot be read as TOML: {error}") from error
    tables = data.get("entry")
    if set(data) != {"entry"} or not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise FaqError(f"{file.name}: only [[entry]] tables may stand at the top, found {sorted(data)}")
    return tables


def _entry(spot: _Spot, table: Mapping[str, object]) -> FaqEntry:
    _known(spot, table, _ENTRY_KEYS)
    slug = _text(spot, table, "id")
    if not _SLUG.fullmatch(slug):
        raise spot.fault(f"id {slug!r} is not a slug of small Latin letters, digits and hyphens")
    spot = _Spot(spot.file, f"entry {slug!r}")
    question = _text(spot, table, "question")
    variants = table.get("variants")
    if not isinstance(variants, list) or not all(isinstance(v, str) and v.strip() for v in variants):
        raise spot.fault("variants must be a list of other ways to ask")
    answer = _text(spot, table, "answer")
    if not question.endswith("?"):
        raise spot.fault("question must end with «?»")
    _kazakh(spot, "question and variants", (question, *variants))
    _kazakh(spot, "answer", (answer,))
    keys = [_key(text) for text in (question, *variants)]
    if len(set(keys)) < len(keys):
        raise spot.fault("two ways to ask are the same")
    quotes = table.get("quotes")
    if not isinstance(quotes, list) or not all(isinstance(q, dict) for q in quotes):
        raise spot.fault("quotes must be [[entry.quotes]] tables")
    if not 1 <= len(quotes) <= MAX_QUOTES:
        raise spot.fault(f"{len(quotes)} quotes, wanted 1 to {MAX_QUOTES}")
    return FaqEntry(slug, question, tuple(variants), answer, tuple(_quote(spot, quote) for quote in quotes))


def _quote(spot: _Spot, table: Mapping[str, object]) -> FaqQuote:
    _known(spot, table, _QUOTE_KEYS)
    document, edition, text = (_text(spot, table, key) for key in ("document", "edition", "text"))
    if len(text) > MAX_QUOTE_CHARS:
        raise spot.fault(f"a quote of {len(text)} characters, at most {MAX_QUOTE_CHARS} are shown")
    try:
        date.fromisoformat(edition)
    except ValueError as error:
        raise spot.fault(f"edition {edition!r} is not an ISO day such as 2022-02-07") from error
    if "paragraph" in table:
        if "article" in table or "point" in table:
            raise spot.fault("a quote has a paragraph, or an article with a point, not both")
        place = Reference(document, "", _number(spot, table, "paragraph"))
    else:
        point = _number(spot, table, "point") if "point" in table else None
        place = Reference(document, _number(spot, table, "article"), point)
    return FaqQuote(place, edition, text)


def _known(spot: _Spot, table: Mapping[str, object], keys: frozenset[str]) -> None:
    if unknown := sorted(set(table) - keys):
        raise spot.fault(f"unknown key {unknown[0]!r}, known are {', '.join(sorted(keys))}")


def _text(spot: _Spot, table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value or value != value.strip():
        raise spot.fault(f"{key} must be a text without white space around it, found {value!r}")
    return value


def _number(spot: _Spot, table: Mapping[str, object], key: str) -> str:
    value = _text(spot, table, key)
    if not _ARTICLE.fullmatch(value):
        raise spot.fault(f"{key} {value!r} is not a number such as 9 or 10-1")
    return value


def _kazakh(spot: _Spot, key: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        if not _CYRILLIC.search(text):
            raise spot.fault(f"{key} must be Cyrillic: {text!r}")
        if mixed := _MIXED_WORD.search(text):
            raise spot.fault(f"{key} has a Latin letter inside a word, at {mixed[0]!r}: {text!r}")
    # One short question may do without; all of them without one were typed on a foreign keyboard.
    if not any(_KAZAKH.search(text) for text in texts):
        raise spot.fault(f"{key} has no Kazakh letter (ә ғ қ ң ө ұ ү һ і): {texts[0]!r}")


def _key(question: str) -> str:
    return " ".join(re.findall(r"[\w-]+", question.casefold()))
