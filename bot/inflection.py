"""Case endings of Kazakh nouns: put on by vowel harmony and the last sound, and taken off again.

The rules are those of the school grammar (септік жалғаулары). Nouns with the possessive ending of the third
person («Кеңесі», «Сессиясы») have a declension of their own.
"""

from __future__ import annotations

from enum import StrEnum


class Case(StrEnum):
    NOMINATIVE = "атау"
    GENITIVE = "ілік"
    DATIVE = "барыс"
    ACCUSATIVE = "табыс"
    LOCATIVE = "жатыс"
    ABLATIVE = "шығыс"
    INSTRUMENTAL = "көмектес"


_BACK, _FRONT = "аоұыяё", "әөүіеэ"
_NEUTRAL = {"у": True, "ю": True, "и": False}
"""Letters that follow their neighbours; by themselves «у» and «ю» are back, «и» is front."""

_VOWELS = "аәеэоөұүыіяё"
_NASALS = "мнң"
_SONANTS = "рлйуию"  # «оқуды», «биді»: a closing у or и counts as a consonant
_VOICED = "зж"

# endings by the last sound: vowel, nasal, sonant, з/ж, anything voiceless; a is а or е, y is ы or і
_PLAIN: dict[Case, tuple[str, str, str, str, str]] = {
    Case.GENITIVE: ("нyң", "нyң", "дyң", "дyң", "тyң"),
    Case.DATIVE: ("ғa", "ғa", "ғa", "ғa", "қa"),
    Case.ACCUSATIVE: ("нy", "дy", "дy", "дy", "тy"),
    Case.LOCATIVE: ("дa", "дa", "дa", "дa", "тa"),
    Case.ABLATIVE: ("дaн", "нaн", "дaн", "дaн", "тaн"),
    Case.INSTRUMENTAL: ("мен", "мен", "мен", "бен", "пен"),
}
_POSSESSED: dict[Case, str] = {
    Case.GENITIVE: "нyң",
    Case.DATIVE: "нa",
    Case.ACCUSATIVE: "н",
    Case.LOCATIVE: "ндa",
    Case.ABLATIVE: "нaн",
    Case.INSTRUMENTAL: "мен",
}
_KAZAKH = frozenset("әғқңөұүіһ")
_BARE = str.maketrans("әғқңөұүі", "агкноууи")
_OWN = ("нікі", "дікі", "тікі", "ники", "дики", "тики")
_MIN_STEM = 3
_MIN_POSSESSED = 5  # shorter ones are mostly plain nouns in «-ын», «-ін»: дін, орын, жиын

# nouns whose last letters look like an ending
_WHOLE = frozenset(
    """
    төраға тұлға қазан бүгін төмен үлкен нұсқа астана мекен заман мұсылман христиан мамандан майдан аннан
    жартысы өкілетті міндетті жыл сайын отан
    """.split()
)
# agents and adjectives in «-шы», «-ғы», «-лы»: a closing ы that is no possessive ending
_AGENT = ("шы", "ші", "ғы", "гі", "қы", "кі", "лы", "лі")
_POSSESSED_AGENT = ("ығы", "ігі", "уғы")  # «Хатшылығы» is possessed all the same


def inflected(word: str, case: Case) -> str:
    """The nominative ``word`` (of a phrase: its last word) in ``case``."""
    if case is Case.NOMINATIVE or not word:
        return word
    sounds = _sounds(word)
    ending = _POSSESSED[case] if is_possessed(word) else _PLAIN[case][_group(sounds[-1])]
    written = _harmonized(ending, back=is_back(word))
    return f"{word}-{written}" if _is_acronym(word) else word + written


def split_case(word: str) -> tuple[str, Case]:
    """The nominative of a noun and the case it stands in; a word without an ending is nominative.

    An ending counts only where ``inflected`` would put it back: «Төралқа» is no dative.
    """
    lowered = word.lower()
    if lowered in _WHOLE or lowered.endswith("стан"):
        return word, Case.NOMINATIVE
    if lowered.endswith(_OWN) and len(lowered) > _MIN_STEM + 4:  # «Ассамблеянікі»
        return word[:-4], Case.GENITIVE
    bare = not _KAZAKH & set(lowered)  # perhaps typed without Kazakh letters
    for case in _PLAIN:
        for ending in _endings(case):
            if bare:
                ending = ending.translate(_BARE)
            if not lowered.endswith(ending):
                continue
            stem = word[: len(word) - len(ending)].removesuffix("-")
            if len(stem) < (_MIN_POSSESSED if ending == "н" else _MIN_STEM):
                continue
            if ending == "н" and not is_possessed(stem):
                continue
            put_back = inflected(stem, case).lower()
            if lowered in (put_back, put_back.translate(_BARE) if bare else put_back):
                return stem, case
    return word, Case.NOMINATIVE


def is_possessed(word: str) -> bool:
    """Whether a nominative ends in the possessive of the third person: «Кеңесі», «мүшелері», «төрағасы»."""
    lowered = word.lower()
    if lowered.endswith("и"):  # «Кенеси»: typed without Kazakh letters
        return len(lowered) > 4 and not _KAZAKH & set(lowered)
    if not lowered.endswith(("ы", "і")) or len(lowered) < 4:
        return False
    return lowered.endswith(_POSSESSED_AGENT) or not lowered.endswith(_AGENT)


def is_back(word: str) -> bool:
    """Vowel harmony: whether endings take ы and а (True) or і and е; the last vowel that tells decides."""
    neutral: bool | None = None
    for letter in reversed(_sounds(word)):
        if letter in _BACK:
            return True
        if letter in _FRONT:
            return False
        if neutral is None:
            neutral = _NEUTRAL.get(letter)
    return neutral is not False


def _endings(case: Case) -> tuple[str, ...]:
    """Every written form of a case, longest first."""
    forms = {*_PLAIN[case], _POSSESSED[case]}
    written = {_harmonized(form, back=back) for form in forms for back in (True, False)}
    return tuple(sorted(written, key=lambda form: (-len(form), form)))


def _harmonized(ending: str, *, back: bool) -> str:
    if back:
        return ending.replace("a", "а").replace("y", "ы")
    return ending.replace("a", "е").replace("y", "і").replace("ғ", "г").replace("қ", "к")


def _group(sound: str) -> int:
    for group, sounds in enumerate((_VOWELS, _NASALS, _SONANTS, _VOICED)):
        if sound in sounds:
            return group
    return 4


def _sounds(word: str) -> str:
    """Lower case without signs that have no sound; «?» for a word without letters."""
    return "".join(letter for letter in word.lower() if letter.isalpha() and letter not in "ьъ") or "?"


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()
