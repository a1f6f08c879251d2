"""Kazakh word endings, as far as checking a claim needs them: same word, case, negation, voice.

All works on keys: folded words (``retrieval.normalize.fold``) with г as к and б as п, so that a stem keeps
its letters whatever ending follows (құқық, құқығы; кітап, кітабы).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from retrieval.normalize import fold, normalize

_SOFTENED = str.maketrans("гб", "кп")
# stems that lose a vowel before an ending: халық, халқы
_SHORTENED = {"халк": "халык", "орн": "орын", "ерк": "ерик", "мулк": "мулик", "карн": "карын", "ауз": "ауыз"}

_CASES = (
    "нын|нин|дын|дин|тын|тин|ндакы|ндеки|дакы|деки|такы|теки|нда|нде|дан|ден|тан|тен|нан|нен|ка|ке|на|не"
    "|ны|ни|ды|ди|ты|ти|да|де|та|те|мен|пен|н|а|е"
)
_NOMINAL = rf"(?:лар|лер|дар|дер|тар|тер)?(?:ымыз|имиз|мыз|миз|сы|си|ы|и)?(?:{_CASES})?(?:кы|ки)?"
_VERBAL = (
    "(?:[ыи]?[лн]){0,2}(?:[мп][ае])?"
    "(?:иды|иди|ады|еди|ды|ди|ты|ти|[ыи]п|п|[аеи]|с[ае]|с[ыи]н|[ае]р|р|иынша|м[ае]к"
    f"|(?:к[ае]н|[аеи]т[ыи]н|у){_NOMINAL})?"
)
_IS_NOMINAL = re.compile(_NOMINAL)
_IS_VERBAL = re.compile(_VERBAL)
# verbs whose stem is too short to be told from the beginning of another word
_SHORT_VERBS = frozenset(
    (
        "пол кел пер сал кои кур тур кир ен от жои тап тол ет аш жат кет пас пекит тус шеш жур тан аит "
        "жаз шак"
    ).split()
)
_CONSISTS = "кураиды"  # «құрайды» is not «құрады», nearly as it is written
_SHORT_NOUNS = frozenset(["ту", "ер", "ел", "ат", "ак"])

_NEGATIVE = re.compile(
    "..+[мп][ае](?:иды|иди|к[ае]н.*|у|у[кнды].*|с[ае]|ит[ыи]н.*|иынша|и)|...+[мп][ае](?:ды|ди)"
)
# words that only look like verbs or negations
_NOT_VERBS = re.compile(
    "жакдаи|курылтаи|лакап|сараи|маидан|немес|орман|мурака|тамака|кызмет|мемлекет|депутат|маслихат|кузырет|капилет"
    "|миндет|акпарат|саиасат|мандат|аппарат|комитет|пиуджет|сипат|максат|санат|каражат|тартип|орк[ае]н|сенат|кумикет"
    "|парламент|палата|солтустик|дауыс|деп|салт|нормат|хат|укимет|емес|халыкара"
)
_FINITE = re.compile(".*[аеи](?:ды|ди)|.*[лн]с[ыи]н")
_PARTICIPLE = re.compile(rf"..+?(?:к[ае]н|[аеи]т[ыи]н|у|[ыи]п){_NOMINAL}")
_ACTION = re.compile("..+у[ыи](?:н|на|не|нын|нин|нда|нде|нан|нен|мен)?")
_PASSIVE = re.compile(
    rf"(..+?[лн])(?:[мп][ае](?:иды|иди|к[ае]н|ит[ыи]н|у|ды|ди|и){_NOMINAL}"
    rf"|ады|еди|ды|ди|(?:к[ае]н|[ае]т[ыи]н|у){_NOMINAL}|[ыи]п|[ае]|с[ыи]н)"
)
_NOT_PASSIVE = frozenset("пол курал ал кел кал сал кол тел усын колдан паидалан тан ен тол".split())


class Case(StrEnum):
    """The case ending of a noun; NOMINATIVE also for a bare word inside a longer name."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    LOCATIVE = "locative"
    ABLATIVE = "ablative"
    INSTRUMENTAL = "instrumental"


_CASE_ENDINGS = (
    (Case.GENITIVE, re.compile(".*[ндт][ыи]н")),
    (Case.ABLATIVE, re.compile(".*[ндт][ае]н")),
    (Case.INSTRUMENTAL, re.compile(".*[мп]ен")),
    (Case.LOCATIVE, re.compile(".*[дт][ае](?:к[ыи])?")),
    (Case.DATIVE, re.compile(".*(?:[кн][ае])")),
    (Case.ACCUSATIVE, re.compile(".*(?:[ндт][ыи]|[ыи]н)")),
)


_HAS_POSSESSOR = re.compile(
    "(?!.*(?:д[ыи]|[лдт][ае]р[дт][ыи]н)$)..+[ыи](?:н|на|не|нда|нде|нан|нен|нын|нин|мен)?"
)
_POSSESSED_ENDINGS = (
    (Case.GENITIVE, ("нын", "нин")),
    (Case.DATIVE, ("на", "не")),
    (Case.LOCATIVE, ("нда", "нде")),
    (Case.ABLATIVE, ("нан", "нен")),
    (Case.INSTRUMENTAL, ("мен",)),
    (Case.ACCUSATIVE, ("ын", "ин")),
)


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """The key of a single word as it stands in a text."""
    key = fold(normalize(word)).translate(_SOFTENED)
    for short, full in _SHORTENED.items():
        if key.startswith(short) and key[len(short) : len(short) + 1] in ("ы", "и"):
            return full + key[len(short) :]
    return key


@lru_cache(maxsize=200_000)
def same_word(one: str, other: str) -> bool:
    """Whether two keys are one word with different endings."""
    if one == other:
        return True
    if _CONSISTS in (one, other):
        return False
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    for length in range(shared, 1, -1):
        if length < 3 and one[:length] not in _SHORT_NOUNS | _SHORT_VERBS:
            break
        left, right = one[length:], other[length:]
        nominal = length >= 3 or one[:length] in _SHORT_NOUNS
        if nominal and _IS_NOMINAL.fullmatch(left) and _IS_NOMINAL.fullmatch(right):
            return True
        long_enough = length >= 4 or one[:length] in _SHORT_VERBS
        if long_enough and _IS_VERBAL.fullmatch(left) and _IS_VERBAL.fullmatch(right):
            return True
    return False


def has_stem(key: str, stem: str) -> str | None:
    """What follows ``stem`` in ``key`` where that is a noun's ending; None where it is another word."""
    rest = key[len(stem) :]
    return rest if key.startswith(stem) and _IS_NOMINAL.fullmatch(rest) else None


def case_of(ending: str) -> Case:
    """The case that an ending, cut from its stem, shows."""
    return next((case for case, form in _CASE_ENDINGS if form.fullmatch(ending)), Case.NOMINATIVE)


def possessed_case(key: str) -> Case:
    """The case of a word that belongs to another («қызметін», «өкілеттігінің»), read off the whole word."""
    return next((case for case, ending in _POSSESSED_ENDINGS if key.endswith(ending)), Case.NOMINATIVE)


def cases_of(one: str, other: str) -> tuple[Case, Case]:
    """The cases of two forms of one word, told by what follows the letters that they share."""
    pairs = enumerate(zip(one, other, strict=False))
    shared = next((n for n, (mine, its) in pairs if mine != its), min(len(one), len(other)))
    for stem in range(shared, max(shared - 3, 1), -1):
        if _IS_NOMINAL.fullmatch(one[stem:]) and _IS_NOMINAL.fullmatch(other[stem:]):
            return case_of(one[stem:]), case_of(other[stem:])
    return Case.NOMINATIVE, Case.NOMINATIVE


def has_possessor(key: str) -> bool:
    """Whether the word belongs to the one before: «(Үкімет) мүшелері», «(Құрылтай) келісімімен»."""
    return _HAS_POSSESSOR.fullmatch(key) is not None


def is_negative(key: str) -> bool:
    """Whether the word itself carries a negation («сайланбайды», «кешіктірмей»)."""
    return _NEGATIVE.fullmatch(key) is not None and _NOT_VERBS.match(key) is None


def is_finite(key: str) -> bool:
    """Whether the word looks like the verb that ends a sentence."""
    return len(key) > 4 and _FINITE.fullmatch(key) is not None and _NOT_VERBS.match(key) is None


def is_past(key: str) -> bool:
    """«құрды», «құрылды»: only where a verb must stand, since an object may end so too."""
    return len(key) > 4 and key.endswith(("ды", "ди", "ты", "ти"))


def is_verb(key: str) -> bool:
    """A finite verb, a participle or an infinitive."""
    return is_finite(key) or is_nominal_verb(key)


def is_nominal_verb(key: str) -> bool:
    """A participle, a converb or an infinitive, with any ending."""
    return len(key) > 3 and _PARTICIPLE.fullmatch(key) is not None and _NOT_VERBS.match(key) is None


def is_infinitive(key: str) -> bool:
    """«құру», «сайлау» without any ending."""
    return key.endswith("у") and is_nominal_verb(key)


def is_action(key: str) -> bool:
    """«сайлауын», «тағайындауы»: an infinitive that belongs to the word before it."""
    return _ACTION.fullmatch(key) is not None and is_nominal_verb(key)


def is_participle(key: str) -> bool:
    """«қабылдаған», «айқындайтын»: says of the next noun who did it."""
    return is_nominal_verb(key) and key.endswith(("кан", "кен", "тын", "тин"))


def is_passive(key: str) -> bool:
    """Whether a verb's doer is unnamed or elsewhere: «сайланады», «құрылған»."""
    found = _PASSIVE.fullmatch(key)
    return found is not None and found[1] not in _NOT_PASSIVE
