"""Kazakh in Latin letters to Cyrillic.

The alphabets of 2018 (á ǵ ı ń ó ú ý) and 2021 (ä ğ ı ñ ö ş ū ü), the apostrophes of 2017, the Turkic signs
(ı for ы, ç, w) and the bare keyboard (sh, zh, ng, q or k, y for ы and й) give the same letter different
meanings, so a writer's habits are read off the whole question first; what stays open (ы or і, ұ or ү, қ or
к) is settled by vowel harmony. The aim is a word equal to the right one after ``fold``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.known_stems import with_known_stem
from retrieval.normalize import is_roman

_MAX_LETTERS = 40  # a longer run is no word; settling a letter looks at its whole word

# digraphs and the signs of other alphabets to one letter a sound: the 2021 letters, ý for у, x for х
_DIGRAPHS = (("sh", "ş"), ("ch", "ç"), ("zh", "j"), ("gh", "ğ"), ("kh", "x"), ("tsi", "ci"), ("tsı", "cı"))
_SAME_SOUND = str.maketrans("áǵǧńŋóúéî", "äğğññöüeï")
_APOSTROPHES = tuple(
    zip(("a'", "g'", "n'", "o'", "u'", "s'", "c'", "y'", "i'", "'"), [*"äğñöüşçýï", ""], strict=True)
)
_LETTERS = dict(zip("bvdzlmnñprstfhxcjqğşçäeöüūý", "бвдзлмнңпрстфххцжқғшчәеөүұу", strict=True))
_VOWELS = frozenset("aäeiıïoöuūüyýáóú")
_OPEN_I, _OPEN_DOTLESS = "?", "!"  # an і or ы that the rest of the word settles

_SIGNS_2018 = re.compile("[áǵńóúý]|[gnu]'")
_SIGNS_2021 = re.compile("[ñŋūäöüş]")
_Y_FOR_VOWEL = re.compile("[bvgğdjzklmnñpqrstfhxşc]y(?![aeou])|(?<![a-zß-ɏ])y(?![aeou])")
_W_FOR_SH = re.compile(r"\b(?:[kq]awan|[kq]anwa|newe)|[tdnlrpk]w[yia]\b")
_NG_AT_EDGE = re.compile("ng(?![aeiıoöuüyw])")
# before a vowel «ng» is «нг» («qazaqstanga»), but in these stems: кеңес, маңыз, жаңа, өңір, көңіл, оңай …
_NG_INSIDE = re.compile(
    r"(?<=\b[kt]e|\bje|\bja|\bko|\bsi)ng(?=es|[aä](?!l)|il|is|ir)|(?<=\bo)ng(?=ir|ai|ay)|(?<!\be)ng(?=[iıy]z)"
)
_UNMARKED_GENITIVE = re.compile("(?:[аәеоөұүыіуияюн]н|[лмнңрзй]д|[бвгдкқпстфхцчшщ]т)[ыі]н$")
_ENDING, _ENDING_LATIN = re.compile("[мбп]ен$"), re.compile("(?<=...)[mbp]en$")
_BACK, _FRONT = frozenset("аоұыя"), frozenset("әеөүіи")


@dataclass(frozen=True, slots=True)
class Habits:
    """How this writer uses the letters that the Latin alphabets of Kazakh disagree on."""

    u: str  # "ұ" in 2018, "у" in 2021, "" where it may be ұ, ү or у
    dotless: str  # ı: "и" in 2018, "і" in 2021, "" where harmony tells
    vowel_y: bool  # y is ы, so an i is never ы
    umlauts: bool  # a and o are never ә and ө
    q: bool  # k is then к
    soft_g: bool  # ğ is written, so g is г
    nasal: bool  # ñ is written, so n is н
    w_for_sh: bool

    @classmethod
    def of(cls, text: str) -> Habits:
        vowel_y = _Y_FOR_VOWEL.search(text) is not None
        in_2018 = _SIGNS_2018.search(text) is not None
        # without y for ы it is one of the alphabets in which ı is ы
        in_2021 = not in_2018 and vowel_y and _SIGNS_2021.search(text) is not None
        return cls(
            u="ұ" if in_2018 else "у" if in_2021 else "",
            dotless="и" if in_2018 else "і" if in_2021 else "",
            vowel_y=vowel_y,
            umlauts=in_2018 or in_2021,
            q="q" in text,
            soft_g=any(sign in text for sign in ("ğ", "ǵ", "gh", "g'")),
            nasal=any(sign in text for sign in ("ñ", "ń", "ŋ", "n'")),
            w_for_sh="sh" not in text and "ş" not in text and _W_FOR_SH.search(text) is not None,
        )


def latin_to_cyrillic(word: str, habits: Habits) -> str:
    """One normalized Latin word, read as Kazakh; Roman numerals and words without vowels stay."""
    if len(word) > _MAX_LETTERS or not _VOWELS & set(word) or is_roman(word):
        return word
    sounds = _sounds(word, habits)
    letters = "".join([_letter(sounds, place, habits) for place in range(len(sounds))])
    for spelled, written in (("йа", "я"), ("йу", "ю"), ("иа", "ия")):
        letters = letters.replace(spelled, written)
    letters = _settled(with_known_stem(letters), habits)
    if not habits.nasal and len(letters) > 6 and _UNMARKED_GENITIVE.search(letters):
        return letters[:-1] + "ң"
    return letters


def _sounds(word: str, habits: Habits) -> str:
    if "'" in word:
        for spelled, sign in _APOSTROPHES:
            word = word.replace(spelled, sign)
    for spelled, sign in _DIGRAPHS:
        word = word.replace(spelled, sign)
    word = word.translate(_SAME_SOUND)
    if habits.nasal or "ng" not in word:
        return word
    return _NG_INSIDE.sub("ñ", _NG_AT_EDGE.sub("ñ", word))


def _letter(sounds: str, place: int, habits: Habits) -> str:
    sound = sounds[place]
    if sound in _LETTERS:
        return _LETTERS[sound]
    before, after = sounds[place - 1 : place] if place else "", sounds[place + 1 : place + 2]
    match sound:
        case "i" | "ı":
            return _high_vowel(sounds, place, after, habits)
        case "ï":
            return "й" if before and before in _VOWELS else "и"
        case "y":
            return _y(sounds, place, after, habits)
        case "u":
            return _u(sounds, place, before, after, habits)
        case "a":
            return "ә" if _fronted(sounds, place, habits) else "а"
        case "o":
            return "ө" if _fronted(sounds, place, habits) else "о"
        case "k" | "g":
            back = not (set(sounds) & set("eäöü")) and bool({before, after} & set("aouūy"))
            if sound == "k":
                return "қ" if back and not habits.q else "к"
            return "ғ" if back and not habits.soft_g else "г"
        case "w":
            return "ш" if habits.w_for_sh else "у"
    return sound


def _high_vowel(sounds: str, place: int, after: str, habits: Habits) -> str:
    """An i beside another vowel is й or и; after another i it is і («киім»)."""
    before = sounds[place - 1 : place]
    if before and before in "aäeoöuūüy" and not _is_consonant(sounds, place - 1, habits):
        return "й"
    if after and after in _VOWELS:
        return "и"
    if before and before in "iıï":
        return "і"
    if sounds[place] == "i":
        return _OPEN_I
    return habits.dotless or _OPEN_DOTLESS


def _is_consonant(sounds: str, place: int, habits: Habits) -> bool:
    """Whether a y is й and a u the у of «дауыс», «құрылуы»: after them stands a vowel of its own."""
    before = sounds[place - 1 : place] if place else ""
    if sounds[place] == "y":
        return bool(before) and before in _VOWELS and not habits.umlauts
    if sounds[place] == "u":
        return habits.u == "у" or (not habits.u and any(sound in _VOWELS for sound in sounds[:place]))
    return sounds[place] in "ýw"


def _y(sounds: str, place: int, after: str, habits: Habits) -> str:
    before = sounds[place - 1 : place] if place else ""
    if habits.umlauts or not before or before not in _VOWELS:
        # «partya», «evolyutsia», but «жалпыұлттық»
        soft = (after and after in "aeo") or (after == "u" and (not before or before in "lntds"))
        return "й" if soft and not habits.umlauts else "ы"
    if before == "i" and after not in _VOWELS:
        return "й" if set(sounds) & set("eäöü") or sounds.count("i") > 1 else "ы"
    return "ы" if _is_consonant(sounds, place - 1, habits) and (not after or after not in _VOWELS) else "й"


def _u(sounds: str, place: int, before: str, after: str, habits: Habits) -> str:
    if habits.u:
        return habits.u
    first = not any(sound in _VOWELS for sound in sounds[:place])
    if not first or not after or after in _VOWELS:
        return "у"
    front = set("eäöüi") if habits.vowel_y else set("eäöü")
    return "ү" if set(_ENDING_LATIN.sub("", sounds)) & front and not set(sounds) & set("aoyqğ") else "ұ"


def _fronted(sounds: str, place: int, habits: Habits) -> bool:
    """Whether an a or o of a keyboard without signs is ә or ө: first vowel, and only e or і after it."""
    if habits.umlauts or sounds[place + 1 : place + 2] in ("i", "ı"):
        return False  # «qai»: a glide
    if any(sound in _VOWELS for sound in sounds[:place]):
        return False
    rest = set(_ENDING_LATIN.sub("", sounds[place + 1 :]))
    front = set("eiı") if habits.vowel_y else {"e"}
    return bool(rest & front) and not rest & set("aouyqğū")


def _settled(letters: str, habits: Habits) -> str:
    """Open vowels by harmony: as the vowel before, but front where a front one follows («әділет»).

    The ending -мен is front after any vowel, and says nothing.
    """
    if _OPEN_I not in letters and _OPEN_DOTLESS not in letters:
        return letters
    stem = _ENDING.sub("", letters)
    settled: list[str] = []
    last_is_back: bool | None = None
    for place, letter in enumerate(letters):
        if letter in (_OPEN_I, _OPEN_DOTLESS):
            following = next((other for other in stem[place + 1 :] if other in _BACK or other in _FRONT), "")
            if letter == _OPEN_I and habits.vowel_y:
                back = False
            elif last_is_back is None:
                back = following in _BACK if following else "қ" in letters or "ғ" in letters
            else:
                back = last_is_back and following not in _FRONT
            letter = "ы" if back else "і"
        if letter in _BACK:
            last_is_back = True
        elif letter in _FRONT:
            last_is_back = False
        settled.append(letter)
    return "".join(settled)
