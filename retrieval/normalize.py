"""One spelling for the letters of an index and of a question; what is quoted is never passed through here.

``normalize`` repairs what is the same letter written in another code point or by a stuck key; ``fold``
goes on to a keyboard without ә ғ қ ң ө ұ ү і һ, where a question typed on a Russian phone and the text of a
law meet. Both take linear time and never raise.
"""

from __future__ import annotations

import re
import unicodedata

# joiners, soft hyphen, byte order mark, direction marks, variation selectors, tags, tatweel, harakat
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0610-\u061a\u061c\u0640\u064b-\u0652\u0670\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


def _letters(typed: str, meant: str) -> dict[int, str]:
    return {ord(sign): letter for sign, letter in zip(typed, meant, strict=True)}


def _unified() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))  # stress marks, a bare dot of İ
    table |= dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
    table |= dict.fromkeys(map(ord, "’‘ʼʻʹˈ`´′‛＇"), "'")
    table |= dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
    # the same letter from another alphabet's block; only as Kazakh letters do they occur in our texts
    table |= _letters("ƏəƎǝƟɵѲѳЄєЇїӀӏӉӊҐґ", "әәәәөөөөееііііңңғғ")
    table |= _letters("İ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "i01234567890123456789")
    return table


_UNIFIED = _unified()
_LETTERS = re.compile("[A-Za-zÀ-ÖØ-Þà-öø-ſǴǵЀ-ԯ]+")
_LATIN = re.compile("[A-Za-zÀ-ÖØ-Þà-öø-ſǴǵ]")
_CYRILLIC = re.compile("[Ѐ-ԯ]")
# by the shape of the letter as typed: capital H stands for Н, small h for һ
_TO_CYRILLIC = str.maketrans(
    "AaBbCcEeHhIiKkMmOoPpTtXxYyVvQqÄäÖöÜüËëÏïĞğÑñ", "аавьссеенһііккммооррттххууүүққәәөөүүёёіығғңң"
)
_TO_LATIN = str.maketrans(
    "АаВвСсЕеНнҺһІіКкМмОоРрТтХхУуҮүҚқӘәӨөҰұҒғҢңЁёЬьЫы", "aabbcceehhhhiikkmmooppttxxyyüüqqääööūūğğññëëbbyy"
)
_KAZAKH_LETTER = re.compile("[ӘәҒғҚқҢңӨөҰұҮү]")
_ROMAN = re.compile("x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_LETTERS = re.compile("[IVXivxІіХхҮү]{2,}")
_TO_ROMAN = str.maketrans("IVXІіХхҮү", "ivxiixxvv")
_LATIN_THEN_CYRILLIC = re.compile("[A-Za-zÀ-ÖØ-Þà-öø-ſǴǵ]+[Ѐ-ԯ]+")
_ELONGATED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W\d_]+")


def normalize(text: str) -> str:
    """NFC, lower case, one space between words, one code point a letter; idempotent.

    Invisible characters and loose accents go; apostrophes and dashes become ``'`` and ``-``; look-alike
    letters follow the script of their word; three or more of a letter in a row become one.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = text.translate(_UNIFIED)
    if _CYRILLIC.search(text):
        text = _LETTERS.sub(_in_one_script, text)
    text = text.lower()
    if _ELONGATED.search(text):
        text = _WORD.sub(_shortened, text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def is_roman(word: str) -> bool:
    """Whether a normalized word is a Roman numeral up to 39; no Kazakh word is written with i, v, x alone."""
    return bool(word) and _ROMAN.fullmatch(word) is not None


def _in_one_script(match: re.Match[str]) -> str:
    word = match.group()
    if _CYRILLIC.search(word) is None:
        return word
    if _ROMAN_LETTERS.fullmatch(word):
        return _roman_or_not(word.translate(_TO_ROMAN))
    latin = len(_LATIN.findall(word))
    if not latin:
        return word
    # a word goes over whole or not at all, or a second reading could decide otherwise
    cyrillic, roman = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    may_be_roman = _CYRILLIC.search(roman) is None
    if _LATIN.search(cyrillic) is None:
        latin_word = may_be_roman and 2 * latin > len(word) and _KAZAKH_LETTER.search(word) is None
        return roman if latin_word else cyrillic
    if may_be_roman and not _LATIN_THEN_CYRILLIC.fullmatch(word):
        return roman
    return word  # a Latin name with a Kazakh ending, or letters that look like nothing


def _roman_or_not(word: str) -> str:
    """«70-ІҮ» of the laws is a numeral typed with the letters at hand; an impossible one is a word."""
    shorter = word if is_roman(word) else _ELONGATED.sub(r"\1", word)
    return shorter if len(shorter) > 1 and is_roman(shorter) else shorter.translate(_TO_CYRILLIC)


def _shortened(match: re.Match[str]) -> str:
    word = match.group()
    if is_roman(word) or word.startswith("ссср"):
        return word
    return _ELONGATED.sub(r"\1", word)


# й и і are one key to many hands; я ю ц are what Latin spells ia iu ts. Keeping ы apart from и costs the
# question that writes «бырынгай», merging them cost 0.7 points of nDCG on 4-letter n-grams (KazQAD).
_FOLDED: dict[int, str] = _letters("әғқңөұүіһёэй", "агкноууихееи") | dict(
    zip(map(ord, "яюцъь"), ("иа", "иу", "тс", "", ""), strict=True)
)
_REPEATED_I = re.compile("и{2,}")


def fold(text: str) -> str:
    """Normalized text without the letters a Russian keyboard lacks, for index terms; idempotent.

    Words stay in place, lengths don't: я becomes «иа», and a run of и/і/й one «и» («қия» = «киа»).
    """
    folded = text.translate(_FOLDED)
    return _REPEATED_I.sub("и", folded) if "ии" in folded else folded
