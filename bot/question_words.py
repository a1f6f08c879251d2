"""What the words of a question do in it: ask, point back, open, count, name a body or a trait of one."""

from __future__ import annotations

import re

from bot.inflection import Case, is_possessed, split_case
from bot.time_words import keys, stems
from retrieval.normalize import fold

ASKING = keys(
    "қандай қай кім кімдер кімді кімге кімнің кімнен кіммен кімде не нелер нені неге неден неде немен "
    "ненің неше қанша қашан қалай қайда қайдан қайсы қайсысы неліктен нешеу нешінші қаншалықты немене "
    "дегеніміз нешеде нешеуін қаншасын что кто какой какая какое какие каков какова сколько когда где "
    "куда почему как зачем чей"
)
PARTICLES = keys("ма ме ба бе па пе")
NUMBER_WORDS = keys("неше қанша")
WHICH = keys("қай қандай")
OPENERS = keys("ал а сонда сонымен және онда айтпақшы")
CLOSERS = keys("ше ші")
COPULAS = keys("еді екен болды болған болады болатын бар жоқ болмақ ғой")
FILLERS = keys(
    "деген дегеніміз дегендер туралы жайлы жөнінде үшін болу болып бойынша кезінде маған айтшы сонда "
    "такое такой"
)
MEASURES = stems("жыл ай күн апта сағат рет адам мерзім уақыт пайыз жас жаста жағдай сан дауыс депутат мүше")

PRONOUNS: dict[str, Case] = {
    key: case
    for case, forms in (
        (Case.NOMINATIVE, "ол олар өзі өздері"),
        (Case.GENITIVE, "оның олардың бұның мұның соның өзінің"),
        (Case.ACCUSATIVE, "оны оларды мұны бұны соны өзін"),
        (Case.DATIVE, "оған оларға бұған мұнда соған өзіне"),
        (Case.LOCATIVE, "онда оларда мұнда бұнда"),
        (Case.ABLATIVE, "одан олардан бұдан содан"),
        (Case.INSTRUMENTAL, "онымен олармен бұнымен мұнымен"),
    )
    for key in keys(forms)
}
PLURAL = keys("олар олардың оларды оларға оларда олардан олармен өздері")
RUSSIAN_PRONOUNS = keys("он его ему им нем она ее ей они их ими них него нее")
DEMONSTRATIVES = keys("бұл осы сол аталған мұндай ондай")
GENERIC = stems("орган ұйым құжат мекеме лауазым құрылым институт кеңес жиын заң бап адам қызмет")

# what a question can be about in its own right: a follow-up that names one of these has its own subject
_ENTITIES = stems(
    "ассамбле кеңес халық хатшылы төралқа сессия президент құрылтай үкімет конституция мәжіліс сенат "
    "парламент сот прокур мәслихат әкім заң республика қазақстан аннан назарбаев форум премьер "
    "министр судья адвокат салық тіл елорда төраға мүше депутат аппарат омбудсмен референдум азамат "
    "мемлекет жер сайлау"
)
# of these there are several: «мүшелері», «Сессиясы» without an owner belong to what was spoken of
_OWNED = stems(
    "хатшылы төралқа сессия төраға мүше кеңес аппарат депутат басшы орынбасар хатшы судья отырыс сайлау"
)
_BODIES = stems(
    "ассамбле кеңес халық құрылтай парламент сенат мәжіліс сот үкімет мәслихат төралқа хатшылы сессия"
)
_PERSONS = stems(
    "президент министр прокурор әкім вице премьер омбудсмен төраға мүше депутат басшы орынбасар хатшы "
    "судья қызметкер"
)
_TRAITS = stems(
    "мақсат міндет құрам құрылым өкілетт құқы құқығ мерзім жас қызмет сан бюджет шешім негіз қағидат "
    "принцип бағыт функция мәртебе рөл талап тәртіб тәртіп статус қаржы регламент орган рәміз ту гимн "
    "анықтама түр белгі шарт орталы мекенжай бөлім кандидат үміткер ерекше ат ереже есе қор жұмыс"
)
_FINITE = re.compile(
    r"(?:[аеиы]ды|[аеи]ди|[аеи]т[ыи]н|ды|ди|ты|ти|ган|ген|кан|кен|иды|иди|маиды|меиди|аит[ыи]н|"
    r"[дт][ыи]лар|лар ма|уы?га|уи?ге|алады|еледи|п отыр)$"
)


def case_of(word: str) -> tuple[str, Case]:
    """The nominative and the case of a word as typed."""
    return split_case(word)


def is_entity(word: str, key: str, *, owned: bool, inside: bool) -> bool:
    """Whether a word names a subject of its own.

    :param owned: whether an owner stands before it («Халық Кеңесінің мүшелері»).
    :param inside: whether it is not the first of its question, so that a capital letter tells.
    """
    if inside and word[:1].isupper():
        return True
    if not any(part.startswith(_ENTITIES) for part in key.split("-")):
        return False
    return owned or not (key.startswith(_OWNED) and is_possessed(split_case(word)[0]))


def is_trait(word: str, key: str) -> bool:
    """Whether a word is something that another thing has: «міндеттері», «төрағасын»."""
    return key.startswith((*_TRAITS, *_OWNED)) and is_possessed(split_case(word)[0])


def is_owner(key: str) -> bool:
    """Whether what the word names can have traits itself: bodies and persons."""
    return key.startswith((*_ENTITIES, *_PERSONS))


_COUNTED = {
    fold(noun): members
    for noun, members in (
        ("адам", "мүшелері"),
        ("мүше", "мүшелері"),
        ("депутат", "депутаттары"),
        ("судья", "судьялары"),
        ("орынбасар", "орынбасарлары"),
    )
}


def members_of(key: str) -> str | None:
    """Those that are counted in a body, as its own: «адам» -> «мүшелері»."""
    return next((members for noun, members in _COUNTED.items() if key.startswith(noun)), None)


def is_counted(key: str) -> bool:
    """Whether people count it in bodies: «неше адам», «неше депутат»."""
    return key.startswith(("адам", *_PERSONS))


def is_body(key: str) -> bool:
    return key.startswith(_BODIES)


def is_named(key: str) -> bool:
    """Whether a word keeps its capital letter inside a sentence."""
    return key.startswith(_ENTITIES) and not key.startswith(_OWNED)


def is_person(key: str) -> bool:
    return key.startswith(_PERSONS)


def is_finite(key: str) -> bool:
    """Whether a folded word looks like a finite verb: «басқарады», «құрылды», «сайлайтын»."""
    noun = key.startswith((*_ENTITIES, *_OWNED, *_PERSONS, *_TRAITS, *MEASURES))
    return not noun and len(key) > 4 and _FINITE.search(key) is not None
