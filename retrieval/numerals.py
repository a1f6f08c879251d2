"""Kazakh number words and figures, read token by token.

Words are matched after ``fold``, so «қырық», «кырык» and «қырықтан» are one. ``retrieval.numbers`` and
``retrieval.dates`` give what is read here its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from retrieval.normalize import fold, normalize

Form = Literal["bare", "case", "possessive", "ablative", "ordinal"]


@dataclass(frozen=True, slots=True)
class Token:
    """A run of figures or of letters at ``start:end``; ``gap`` is what stands before it.

    ``word`` is its folded form, ``typed`` the normalized one, both "" for figures; ``figure`` is the value of
    figures, None for words.
    """

    start: int
    end: int
    gap: str
    word: str
    typed: str
    figure: int | None


@dataclass(frozen=True, slots=True)
class Numeral:
    """A whole number said in one or more tokens; ``after`` is the token behind it."""

    value: int
    form: Form
    after: int
    spelled: bool


def _values() -> dict[str, int]:
    """Numbers by their words in full spelling."""
    units = ["бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]
    tens = ["он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"]
    values = {word: value for value, word in enumerate(units, start=1)}
    values |= {word: 10 * value for value, word in enumerate(tens, start=1)}
    values |= {"жүз": 100, "мың": 1000, "миллион": 10**6, "млн": 10**6, "миллиард": 10**9, "млрд": 10**9}
    return values


# stems that never stand alone: «қырқыншы», «екеуі», «алтауын»
_COLLECTIVE = ("екеу", "үшеу", "төртеу", "бесеу", "алтау", "жетеу")
_SPELLED = {**_values(), "қырқ": 40, **dict(zip(_COLLECTIVE, range(2, 8), strict=True))}
_STEMS = {fold(word): value for word, value in _SPELLED.items()}
_IN_FULL = {fold(word): word for word in _SPELLED}
_LENGTHS = range(max(map(len, _STEMS)), min(map(len, _STEMS)) - 1, -1)
_FIRST_LETTERS = frozenset(stem[0] for stem in _STEMS)
_SUFFIX = re.compile(
    r"(?P<ordinal>с?[ыи]?нш[ыи](?:с[ыи])?(?:н[ыи]н|н?[дт]?[ае]н?|[дн][ыи]|г[ае]|н)?)"
    r"|(?P<ablative>[дтн][ае]н)"
    r"|(?P<possessive>с?[ыи](?:н[ыи]н?|н[дт]?[ае]н?|н|мен)?)"
    r"|(?P<case>[дтн][ыи]н?|[гк][ае]|[дт][ае]|[мбп]ен)"
)
# the same letters, another word: pronouns from «ол», «үшін», «ұшы», «бірге», «бірден», «іс жүзінде»
_OTHER_LIST = """
    онда оны онын онымен онан ушин ушы ушын бирге бирден бирде жузи жузин жузинде жузинен жузине жузинин
    мыны мында мынын мынан
"""
_OTHER_WORDS = frozenset(_OTHER_LIST.split())
_FIGURE_ORDINAL = re.compile("[ыи]?н?ш[ыи][а-я]{0,5}|и|го|му|ои|аиа|иа|ое|ых|ыи|х")
_FIGURE_CASE = re.compile(
    "[дтн][ае]н?|[дтн][ыи]н?|[гк][ае]|[мбп]ен|с?[ыи]н?(?:[дн][ае]н?)?|[ае]у[а-я]{0,4}|ти|х"
)
_PLAIN = re.compile("[а-яәғқңөұүі]+")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_MAX_FIGURES, _MAX_LETTERS = 15, 24


def tokenize(text: str) -> list[Token]:
    """The figures and words of a text, normalized or not; offsets are into the text as given."""
    tokens: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        raw = match.group()
        word, typed, figure = _read(raw)
        tokens.append(Token(start, end, text[last:start][-4:], word, typed, figure))
        last = end
    return tokens


def words_in(text: str) -> list[str]:
    """Figures and words of a text as they stand there: what ``tokenize`` makes tokens of."""
    return _TOKEN.findall(text)


def is_numeral(raw: str) -> bool:
    """Whether figures or a word of a text are a number, or may begin one."""
    word, typed, figure = _read(raw)
    return figure is not None or _value(word, typed) is not None


@lru_cache(maxsize=1 << 15)
def _read(raw: str) -> tuple[str, str, int | None]:
    """Folded and normalized form of a word, or the value of figures."""
    figure = int(raw) if len(raw) <= _MAX_FIGURES and raw.isdecimal() else None
    if figure is not None or len(raw) > _MAX_LETTERS:
        return "", "", figure
    typed = raw if _PLAIN.fullmatch(raw) else normalize(raw)
    return fold(typed), typed, None


def read_numeral(tokens: Sequence[Token], place: int) -> Numeral | None:
    """The longest number that begins at a token: «екі мың сегіз», «42-ге», «1 000 000», «5 миллион»."""
    token = tokens[place]
    if token.figure is not None:
        return _figures(tokens, place)
    return _words(tokens, place, 0)


def _figures(tokens: Sequence[Token], place: int) -> Numeral:
    value = tokens[place].figure or 0
    after = place + 1
    grouped = tokens[place].end - tokens[place].start <= 3
    while grouped and after < len(tokens):
        token = tokens[after]
        if token.figure is None or token.gap not in (" ", "\xa0") or token.end - token.start != 3:
            break
        if value >= 10**12:
            break
        value, after = value * 1000 + token.figure, after + 1
    if after < len(tokens):
        token = tokens[after]
        if token.gap in ("", "-") and token.word:
            return _with_ending(value, token, after)
        if token.gap in (" ", "\xa0") and _STEMS.get(token.word, 0) >= 1000:
            scaled = _words(tokens, after, value)
            if scaled is not None:
                return Numeral(scaled.value, scaled.form, scaled.after, False)
    return Numeral(value, "bare", after, False)


def _with_ending(value: int, token: Token, after: int) -> Numeral:
    """«42-ге» with its ending; «9-бап» is an ordinal by the rules of spelling, «бап» not part of it."""
    if _FIGURE_CASE.fullmatch(token.word):
        form: Form = "ablative" if re.fullmatch("[дтн][ае]н", token.word) else "case"
        return Numeral(value, form, after + 1, False)
    if _FIGURE_ORDINAL.fullmatch(token.word):
        return Numeral(value, "ordinal", after + 1, False)
    return Numeral(value, "ordinal" if token.gap == "-" and len(token.word) > 2 else "bare", after, False)


def _words(tokens: Sequence[Token], place: int, figures: int) -> Numeral | None:
    """Words from large to small: a thousand's group is at most «тоғыз жүз тоқсан тоғыз»."""
    total, group, room, next_scale = 0, figures, 1 if figures else 1000, 10**15
    form: Form = "bare"
    start = place
    while place < len(tokens) and form == "bare":
        token = tokens[place]
        if place > start and token.gap not in (" ", "\xa0"):
            break
        read = _word(token)
        if read is None:
            break
        value, form_here = read
        if value >= 1000 and value < next_scale:
            total, group, room, next_scale = total + max(group, 1) * value, 0, 1000, value
        elif value == 100 and (room == 1000 or (room == 1 and group < 10)) and not figures:
            group, room = max(group, 1) * 100, 100
        elif value < 100 and (room >= 100 if value >= 10 else room >= 10):
            group, room = group + value, 10 if value >= 10 else 1
        else:
            break
        form, place = form_here, place + 1
    return Numeral(total + group, form, place, True) if place > start else None


def _word(token: Token) -> tuple[int, Form] | None:
    return _value(token.word, token.typed)


@lru_cache(maxsize=1 << 15)
def _value(folded: str, typed: str) -> tuple[int, Form] | None:
    if not folded or folded[0] not in _FIRST_LETTERS or folded in _OTHER_WORDS:
        return None
    for length in _LENGTHS:
        stem = folded[:length]
        value = _STEMS.get(stem)
        if value is None or length > len(folded) or not _spells(typed, stem):
            continue
        if length == len(folded):
            return value, "bare"
        suffix = _SUFFIX.fullmatch(folded, length)
        return (value, cast("Form", suffix.lastgroup)) if suffix else None
    return None


def _spells(typed: str, stem: str) -> bool:
    """A letter may be typed without its tail, not with a wrong one: «оң» («right») is not «он»."""
    full = _IN_FULL[stem]
    return all(sign in (letter, bare) for sign, letter, bare in zip(typed, full, stem, strict=False))
