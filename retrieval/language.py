"""In which language a question is put: Kazakh (with or without its own letters), Russian or English.

A decision for the whole question: function words weigh 3, word endings and letters 1 a word. A draw is
Kazakh, for the names of Kazakh bodies stand in Russian questions and Russian terms in Kazakh ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from retrieval.normalize import fold, is_roman, normalize

Language = Literal["kk", "ru", "en"]

_WORD = re.compile(r"[^\W\d_]+")
_LATIN_WORD = re.compile("[a-zß-ɏ]+")
_KAZAKH_LETTER = re.compile("[әғқңөұүіһ]")
_ARABIC_LETTER = re.compile("[\u0620-\u06ff]")
_FUNCTION_WORD = 3


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


# folded, so that «қашан» and «кашан» are one entry; «не» is left out, it is Russian too
_KAZAKH_WORDS = frozenset(
    fold(
        """қашан қандай қай кім кімдер кімді кімнің кімге кімнен қанша қайда қайдан қайсы қалай неге неше
        нешеде нешінші немен немене нені туралы бойынша және немесе үшін деген дегеніміз болып болады болды
        болған бола еді екен емес ма ме ба бе па пе ше ал бар жоқ осы бұл бұлар ол олар оның оны оған онда
        одан менің сіз сен біз маған пен бен арқылы сияқты кейін дейін бұрын қазір керек деп өзге басқа
        қатысты жылы жылғы жыл айт берші болама барма рахмет сәлем тиіс мен"""
    ).split()
)
# proper names say nothing: «Кто утверждает состав Халық Кеңесі?» is Russian
_NAMES = frozenset(fold("қазақстан халық кеңесі құрылтай құрылтайы").split())
# folded; those that Russian words share («-ты», «-ны», «-ина») are left out
_KAZAKH_ENDINGS = _words(
    """
    лар лер дар дер тар тер лары лери дары дери тары тери нын нин дын дин тын тин ларга лерге дарга дерге
    тарга терге ларын лерин дарын дерин тарын терин ларды лерди дарды дерди тарды терди ган ген кан кен
    лык лик дык дик тык лыгы лиги дыгы тыгы тиги ында инде ынан инен асы еси исы ысы дагы деги тагы теги
    лады леди айды ейди ады еди ылды илди сыз сиз ыншы инши магы меги ылган илген улы уге уга ушы уши ымен
    имен
    """
)
_RUSSIAN_WORDS = frozenset(
    _words(
        """
    кто что чего чему чем кого кому кем какой какая какое какие каких каким какими какую каков какова
    каково каковы сколько когда где куда откуда как почему зачем чей чья чьё чьи ли бы же в на с о об по
    для от из у к и или за под над со ко во при после до между через это этот эта эти тот те был была было
    были быть есть будет может могут можно нужно надо должен должна он она они его ее её их который
    которая которое которые является являются называется входит состоит такое такой скажите расскажи
    расскажите если также только еще ещё года году лет год сейчас теперь значит означает про один одна два
    среди более менее чего этом этого том всех все каждый иные иных либо а быть казахстан казахстана
    казахстане народа государства
    """
    )
)
_RUSSIAN_ENDINGS = _words(
    """
    ого его ому ему ыми ими ых их ый ий ая яя ое ее ые ость ости ение ения ении ением ться тся ает ует яет
    ают уют яют ить ать ять еть ется ются ции сии еи ии ией цию сию ель еля елю ялся лось ство ства ству
    ния ние нию ами ями ов ом ют ет ит ат
    """
)
_RUSSIAN_LETTER = re.compile("[щё]|[дтлнрс]ь$")

_ENGLISH_WORDS = frozenset(
    _words(
        """
    the a an what who whom whose which when where why how is are was were be been does do did has have had
    can could may must shall should will would of in on at by for from to with about into and or not many
    much long old often it its they their he his she her we you your this that these those there if any
    all please tell me between after before during than under as s
    """
    )
)
_ENGLISH_SHAPE = re.compile(
    "th|wh|ck|ee|oo|ght|ph|tion|sion|(?<=[a-z]{3})(?:ity|ness|ship|ence|ance|ers|ors|ed|ous|ive)$"
)
_LATIN_KAZAKH_WORDS = frozenset(
    _words(
        """
    qashan qachan kashan qandai qanday kandai kanday qai qay kim kimder qansha kansha qanwa kanwa qawan
    kawan qaida qayda kaida kayda qalai qalay kalai kalay nege neshe newe turaly turali boiynsha boyynsha
    jane zhane nemese ushin degen bolyp bolady boldy bola edi eken emes ma ba pa pe she al bar joq zhok
    jok zhoq osy bul ol olar onyn onyng oni ony ogan sen siz biz qazir kazir kerek jyly zhyly jyl zhyl ne
    """
    )
)
_LATIN_KAZAKH_LETTER = re.compile("[äáğǵıïñńŋöóşūúüýç]|q(?!u)|gh(?!t)|zh|y[nlrsm]|kh|kazak(?!h)")
_LATIN_KAZAKH_ENDINGS = _words(
    """
    lar ler dar der tar nyn nin dyn din tyn tin nyng ning dyng tyng lary leri dary deri tary teri gan gen
    ken lyk lyq lik dyq dyk dik tyq tyk asy esi asi dagy degi ady edi dy yldy ildi nda nde dan den nan nen
    """
)


def detect_language(text: str) -> Language:
    """The language of a question as typed; Latin-script Kazakh, Arabic script and unclear ones are "kk"."""
    return language_of(normalize(text))


def language_of(normalized: str) -> Language:
    """``detect_language`` for a text that has been through ``normalize``."""
    if _ARABIC_LETTER.search(normalized):
        return "kk"
    kazakh = russian = 0
    latin: list[str] = []
    cyrillic = False
    for word in _WORD.findall(normalized):
        if _LATIN_WORD.fullmatch(word):
            latin.append(word)
            continue
        cyrillic = True
        kazakh += _kazakh_weight(word)
        russian += _russian_weight(word)
    if latin and not cyrillic:
        return "en" if looks_english(latin) else "kk"
    return "ru" if russian > kazakh else "kk"


def looks_english(words: Sequence[str]) -> bool:
    """Whether Latin-script words (normalized) are English rather than Kazakh; a draw is Kazakh."""
    english = kazakh = 0
    for word in words:
        if is_roman(word):
            continue
        if word in _ENGLISH_WORDS:
            english += 1 if len(word) < 3 else _FUNCTION_WORD  # «on» is ten, «is» a matter
        elif word in _LATIN_KAZAKH_WORDS:
            kazakh += _FUNCTION_WORD
        else:
            english += _ENGLISH_SHAPE.search(word) is not None
            kazakh += _LATIN_KAZAKH_LETTER.search(word) is not None or word.endswith(_LATIN_KAZAKH_ENDINGS)
    return english > kazakh


@lru_cache(maxsize=1 << 14)
def _kazakh_weight(word: str) -> int:
    folded = fold(word)
    if folded in _KAZAKH_WORDS:
        return _FUNCTION_WORD
    if folded in _NAMES:
        return 0
    if _KAZAKH_LETTER.search(word):
        return 1
    return int(len(folded) > 4 and folded.endswith(_KAZAKH_ENDINGS))


@lru_cache(maxsize=1 << 14)
def _russian_weight(word: str) -> int:
    if word in _RUSSIAN_WORDS:
        return 1 if len(word) < 3 else _FUNCTION_WORD
    if _KAZAKH_LETTER.search(word):
        return 0
    long_enough = len(word) > 4 and word.endswith(_RUSSIAN_ENDINGS)
    return int(long_enough or _RUSSIAN_LETTER.search(word) is not None)
