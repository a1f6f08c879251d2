"""A question as typed, in any script, to normalized Kazakh Cyrillic, with its language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from retrieval.arabic_script import arabic_to_cyrillic
from retrieval.language import Language, detect_language, language_of, looks_english
from retrieval.latin_script import Habits, latin_to_cyrillic
from retrieval.normalize import is_roman, normalize

__all__ = ["Language", "ReadQuestion", "Script", "detect_language", "read_question", "to_cyrillic"]

Script = Literal["cyrillic", "latin", "arabic", "mixed"]

_ARABIC = re.compile("[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_CYRILLIC = re.compile("[Ѐ-ԯ]")
_LATIN_WORD = re.compile("[a-zß-ɏ][a-zß-ɏ']*")


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as it was understood.

    ``text`` is normalized; Kazakh in any script is Cyrillic there, English stays Latin. ``changed`` tells
    that letters were read as other letters, not only case, signs and white space.
    """

    original: str
    text: str
    language: Language
    script: Script
    changed: bool


def read_question(text: str) -> ReadQuestion:
    """The question normalized, in Cyrillic where it is Kazakh, with its language and script as typed."""
    plain = normalize(text)
    read = _in_cyrillic(plain)
    typed = unicodedata.normalize("NFC", text).lower()
    changed = [sign for sign in read if sign.isalnum()] != [sign for sign in typed if sign.isalnum()]
    return ReadQuestion(text, read, language_of(read), _script_of(plain), changed)


def to_cyrillic(text: str) -> str:
    """Normalized text with its Latin and Arabic-script Kazakh in Cyrillic; English is left alone."""
    return _in_cyrillic(normalize(text))


def _script_of(plain: str) -> Script:
    found: list[Script] = ["cyrillic"] if _CYRILLIC.search(plain) else []
    if not all(map(is_roman, _LATIN_WORD.findall(plain))):
        found.append("latin")
    if _ARABIC.search(plain):
        found.append("arabic")
    return "mixed" if len(found) > 1 else found[0] if found else "cyrillic"


def _in_cyrillic(plain: str) -> str:
    read = arabic_to_cyrillic(plain) if _ARABIC.search(plain) else plain
    words = _LATIN_WORD.findall(read)
    if words and not looks_english(words):
        habits = Habits.of(read)
        beside_cyrillic = _CYRILLIC.search(read) is not None

        def in_cyrillic(match: re.Match[str]) -> str:
            word = match.group()
            # «Telegram meeting деген не?»: an English name in a Kazakh question
            return word if beside_cyrillic and looks_english([word]) else latin_to_cyrillic(word, habits)

        read = _LATIN_WORD.sub(in_cyrillic, read)
    return read if read == plain else normalize(read)
