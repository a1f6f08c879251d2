"""Kazakh in Arabic letters (төте жазу, Baitursynuly 1912) to Cyrillic.

The script writes а/ә, о/ө, ұ/ү, ы/і with one letter each. A word is front-vowelled when it carries the
hamza (ٴ), or without it when ە, ك or گ stand in it: those letters occur in front words only, so the
spelling rule saves the sign. Loan words mix both, there a vowel follows the one before it.
"""

from __future__ import annotations

import re
import unicodedata

from retrieval.known_stems import with_known_stem

_WORD = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_PUNCTUATION = str.maketrans("،؛؟٪٫۔", ",;?%,.")
# hamza by itself or riding on a letter, taken off and remembered
_RIDING = str.maketrans(
    {"أ": "اٴ", "إ": "اٴ", "آ": "ا", "ٵ": "اٴ"}
    | {"ؤ": "وٴ", "ٶ": "وٴ", "ٷ": "ۇٴ", "ۈ": "ۇٴ", "ئ": "ىٴ", "ٸ": "ىٴ"}
)
_HAMZA = re.compile("[ٴءٔ]")
# letters of Uyghur, Persian and Arabic keyboards that hands put for the Kazakh ones
_NEIGHBOURS = str.maketrans("ەهةکیېۆغخۅژصثطظضذ", "ەەەكىىۆعحوجسستززز")
_CONSONANTS = str.maketrans("بۆگعدجزكقلمنڭپرستۋفحھچش", "бвгғджзкқлмнңпрстуфхһчш")
_HARMONY = {"ا": ("а", "ә"), "و": ("о", "ө"), "ۇ": ("ұ", "ү"), "ى": ("ы", "і")}
_VOWELS = frozenset("اوۇىە")
_VOWELS_AND_U = _VOWELS | {"ۋ"}
_BACK = frozenset("قع")
_WITH_ENDING = re.compile("(?<=..)[مبپ]ەن$")


def arabic_to_cyrillic(text: str) -> str:
    """Every Arabic-script word of a normalized text in Kazakh Cyrillic, the rest untouched."""
    return _WORD.sub(_word, text.translate(_PUNCTUATION))


def _word(match: re.Match[str]) -> str:
    word = match.group()
    if _PRESENTATION.search(word):
        word = unicodedata.normalize("NFKC", word)
    word = word.translate(_RIDING)
    hamza = _HAMZA.search(word) is not None
    word = _HAMZA.sub("", word).translate(_NEIGHBOURS)
    return with_known_stem(_joined(_vowelled(word, hamza).translate(_CONSONANTS)))


def _vowelled(word: str, hamza: bool) -> str:
    stem = _WITH_ENDING.sub("", word)  # «-мен» is front after any vowel
    following = _markers_ahead(stem, len(word))
    # «төраға»: the hamza speaks for the part before the vowel of the first ع or ق
    back_part = max(
        (place for place in (stem.find("ع") - 1, stem.find("ق") - 1) if place > 0), default=len(word)
    )
    is_back_word = any(letter in stem for letter in "قع")
    is_front = hamza or (not is_back_word and any(letter in stem for letter in "ەكگ"))
    alone = stem.count("ا") == 1
    letters: list[str] = []
    seen_vowel = False
    for place, letter in enumerate(word):
        if letter in _HARMONY:
            if hamza:
                is_front = place < back_part
            elif letter == "ا":
                # ә stands in the first syllable alone: «мәдениет», but «ассамблея»
                is_front = alone and not seen_vowel and not is_back_word and following[place] == "f"
            elif letter == "و":
                is_front = is_front and not seen_vowel and "ا" not in stem
            elif following[place]:
                is_front = following[place] == "f"
            letters.append(_HARMONY[letter][is_front])
            seen_vowel = True
        elif letter == "ە":
            letters.append("е")
            seen_vowel = is_front = True
        elif letter == "ي":
            before = word[place - 1] if place else ""
            glide = before in _VOWELS if before else word[place + 1 : place + 2] in _VOWELS_AND_U
            letters.append("й" if glide else "и")
        else:
            letters.append(letter)
    return "".join(letters)


def _markers_ahead(stem: str, length: int) -> list[str]:
    """For each place what settles its vowel, "f" or "b": ق ع ك گ beside it, else what comes next."""
    ahead = [""] * length
    marker = ""
    for place in range(len(stem) - 1, -1, -1):
        beside = stem[place - 1] if place else ""
        ahead[place] = "b" if beside in _BACK else "f" if beside and beside in "كگ" else marker
        if stem[place] in "ەكگ":
            marker = "f"
        elif stem[place] in "اقع":
            marker = "b"
    return ahead


def _joined(word: str) -> str:
    """Й and у before a vowel as Cyrillic writes them: «сайа» is «сая», «миа» is «мия»."""
    for spelled, written in (("йа", "я"), ("йә", "я"), ("йу", "ю"), ("иа", "ия"), ("иә", "ия")):
        word = word.replace(spelled, written)
    return word
