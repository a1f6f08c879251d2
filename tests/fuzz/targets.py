"""What is fuzzed: each target takes any text and fails where a promise of the code is broken."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from bot.answers import Answer, NoAnswer
from bot.batch import BadLine, read_line
from bot.fitting import MAX_MESSAGE_UNITS
from bot.rendering import to_html, to_json, to_text
from bot.telegram.buttons import Keys
from bot.telegram.deeplinks import CODE, DeepLinks
from bot.telegram.outgoing import Outgoing
from bot.telegram.staff.places import read_place
from config.settings import Settings, SettingsError
from knowledge.article_text import load_article, load_article_notes
from knowledge.catalog import load_catalog
from knowledge.errors import CatalogError, FaqError, ParseError, SyncError
from knowledge.faq import load_faq
from knowledge.law_markdown import parse_law
from knowledge.library import Library
from knowledge.passages import passages_of
from knowledge.upstream_meta import read_meta
from retrieval.dates import find_dates
from retrieval.normalize import normalize
from retrieval.numbers import find_numbers
from retrieval.terms import index_terms, words_of
from retrieval.transliteration import read_question
from tests.bot.samples import ANSWER
from tests.telegram_html import parse, utf16_length

LAW = "# Сынақ туралы\n\n### 1-бап. Мақсаты\n\n1. Сөз.\n"
LOCAL = ("", "\n", "2. ", "1) ", "## 2-тарау. ", "### 2-бап. ", "> *Ескерту. ", "---\n")


def normalization(text: str) -> None:
    """Normal form is normal; words, numbers and dates lie inside the text."""
    read = normalize(text)
    assert normalize(read) == read
    assert index_terms(text) is not None
    assert all(word for word in words_of(text))
    read_question(text)
    find_numbers(text)
    find_dates(text)


def law(text: str) -> None:
    """A law, or a ParseError of one line; what is read of it becomes passages whose text stands in it."""
    for start in (text, LAW + text):
        try:
            read = parse_law(start)
        except ParseError as refusal:
            assert "\n" not in str(refusal)
            continue
        for passage in passages_of("law-test", "2020-01-01", read):
            assert passage.text.strip()


def article(text: str) -> None:
    """The source article from any file: passages with notes, or a ParseError."""
    path = _file("article.md", text)
    with suppress(ParseError):
        passages = load_article(path)
        assert len(load_article_notes(path)) == len(passages) > 0


def faq(text: str) -> None:
    """Curated entries from any file, or a FaqError."""
    with suppress(FaqError):
        load_faq(_file("faq/entries.toml", text).parent)


def catalog(text: str) -> None:
    """A catalog from any file, or a CatalogError."""
    with suppress(CatalogError):
        load_catalog(_file("catalog.toml", text))


def meta(text: str) -> None:
    """The source's ``meta.yaml``, or a SyncError."""
    with suppress(SyncError):
        found = read_meta(text.encode("utf-8", "replace"), ("kaz", "rus"))
        assert all(isinstance(day, date) for day in found.days.values())


def rendering(text: str) -> None:
    """Any question, lead and notice: one message of valid HTML in which the words stand as they are."""
    answer = Answer(text, text, ANSWER.citations, (text,), understood=text, now=ANSWER.now)
    for reply in (answer, NoAnswer(text, text, understood=text)):
        shown = parse(to_html(reply))
        assert utf16_length(shown.text) <= MAX_MESSAGE_UNITS
        links = {citation.url for citation in (*ANSWER.citations, *ANSWER.now)}
        assert {entity.url for entity in shown.entities if entity.url} <= links
        json.dumps(to_json(reply, id=text, elapsed_ms=0.0), ensure_ascii=False).encode()
        assert to_text(reply) is not None
    short = text[:200]
    if short.strip() == short and not re.search(r"[\n\r]", short):
        assert short in parse(f"<i>|{to_html(NoAnswer('', short))}|</i>").text


def deep_link(text: str) -> None:
    """No start parameter opens what it does not name."""
    passage = _links().passage(text)
    assert passage is None or CODE.match(text)


def callback_data(text: str) -> None:
    """Keys fit Telegram's 64 bytes beside their prefix, and open what they were made of."""
    keys = Keys()
    key = keys.shorten(text)
    assert len(key.encode()) <= 48
    assert keys.expand(key) == text
    Keys().expand(text)
    read_place(text)
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        Outgoing.from_json(text)


def json_line(text: str) -> None:
    """A conversation whose turns can be written as UTF-8, or a BadLine of one line."""
    for line in (text, '{"id": "x", "turns": [' + text + "]}"):
        try:
            read = read_line(line.encode("utf-8", "surrogatepass"))
        except BadLine as refusal:
            assert "\n" not in str(refusal)
            continue
        "".join((read.id, *read.turns)).encode()


def setting(text: str) -> None:
    """A setting is taken or refused, and never ends the process otherwise."""
    for name in (
        "telegram_api_url",
        "source_url",
        "database_url",
        "staff_ids",
        "today",
        "index_url",
        "data_dir",
    ):
        with suppress(ValidationError, SettingsError):
            Settings(_env_file=None, **{name: text})


Target = Callable[[str], None]
TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (
        normalization,
        law,
        article,
        faq,
        catalog,
        meta,
        rendering,
        deep_link,
        callback_data,
        json_line,
        setting,
    )
}


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def _file(name: str, text: str) -> Path:
    path = _folder() / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8", "replace"))
    return path


@cache
def _links() -> DeepLinks:
    return DeepLinks(Library.load(load_catalog(), _folder()))
