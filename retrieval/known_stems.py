"""Stems whose vowels a Latin or Arabic spelling can't give: loan words, and ә ө ү і typed as a o u i."""

from __future__ import annotations

_LIST = """
    әділ әдет әкім әлеумет әлем әсер бәрі бөлім дәстүр жиналыс жиын жүйе жыл кеңес кәсіп киім кітап көмек
    көрсет қағидат қазір қасиет құзырет қызмет мәдени мәжіліс мәлімет мәртебе мәселе мұғалім мүдде мүше
    мүмкін өзін өзге өкіл өкім өмір өңір өтін рәсім сәйкес тағайынд тарих тәжіриб тәрбие тәртіп тәртіб
    кітаб көпшіл қауіп мәслихат өзі өсім тәуелсіз тиіс төралқа төраға түсін саяси ғылыми табиғ ұйым
    үйлестір үкім үшін бүкіл күні күші жалпыұлт үндеу үміт администрац акци архив бизнес бюджет гуманитар
    дебат делегац декларац демократи диалог диаспора дипломат идеологи имидж институт инициатив инклюзив
    инспекц интеграц интернет информац кандидат категори коалици комисси комитет компетенц конституц
    консультатив кредит лидер лиценз медиац микро миллиард миллион министр митинг мониторинг оппозици
    операц организац официал патриот пенси позици политик премьер президент принцип радикал ратификац
    регистрац резолюц религи республик символик сесси социал статистик стратеги тариф территори традици
    университет федерац финанс цензур цифр цивилизац экономик экстремизм норматив хими физик биолог этик
    этник этнос этномәдени
"""
_STEMS = _LIST.split()
# what Latin leaves open is one letter in a skeleton; ы is apart, y writes it where it writes anything else
_SKELETON = str.maketrans("әғқңөұүіһэйц?!", "агкноууихеисии")
_BY_SKELETON = {stem.translate(_SKELETON): stem for stem in _STEMS}
_BY_SKELETON |= {skeleton.replace("ы", "и"): stem for skeleton, stem in _BY_SKELETON.items()}
_LENGTHS = range(max(map(len, _STEMS)), min(map(len, _STEMS)) - 1, -1)


def with_known_stem(word: str) -> str:
    """The word with its longest known stem in its own letters; ``?`` and ``!`` stand for open vowels.

    «sia» is read as «ция» where the stem asks for it (конституция).
    """
    skeleton = word.translate(_SKELETON)
    for length in _LENGTHS:
        stem = _BY_SKELETON.get(skeleton[:length])
        if stem is None:
            continue
        if (
            stem[-1] == "ц"
            and word[length - 1] == "с"
            and word[length : length + 1] not in ("и", "я", "?", "!")
        ):
            continue  # «операсын» is from опера, not from операция
        return stem + word[length:]
    return word
