"""What a claim says around a pasted quotation: where the words stand, or more than that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.claim_morphology import is_negative, key_of
from bot.claim_reading import Place, places_in, words_in
from knowledge.model import Passage
from retrieval.transliteration import read_question

_REPORTING = tuple(
    key_of(word)
    for word in (
        "былай мынадай мынандай мына осындай деп дейді делін деген делінген жазыл айтыл көрсетіл көзделген "
        "бекітілген сәйкес бойынша сөз сөзбе ереже норма қазақстан республика ата заң конституция "
        "конституциялық туралы бап тармақ тармақша бар тұр жаңа халық кеңес ассамблея халқы"
    ).split()
)
"""Beginnings of words that say no more than that something is written somewhere."""

_DOCUMENTS = (  # the longer name before the one that is part of it
    (re.compile("халык кенес.* туралы"), "law-halyk-kenesi"),
    (re.compile("ассамплеас.* туралы"), "law-assembly"),
    (re.compile("(?:^| )конститутсиа(?!лык)|(?:^| )ата зан"), "constitution-2026"),
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The words around a quotation; ``document`` and ``places`` are where they say that it stands."""

    text: str
    document: str | None
    places: tuple[Place, ...]
    keys: tuple[str, ...]

    def fits(self, passage: Passage) -> bool:
        """Whether the passage is where the words say; of no place said any is."""
        own = (Place("бап", passage.article or ""), Place("тармақ", passage.point or ""))
        return self.document in (None, passage.document) and all(place in own for place in self.places)

    def is_plain(self, passage: Passage) -> bool:
        """Whether they only say that it is written so, and nothing that would have to be proven too."""
        known = {place.number for place in self.places} | {passage.edition[:4], "жылкы"}
        return all(key in known or (key.startswith(_REPORTING) and not is_negative(key)) for key in self.keys)


def attribution_of(claim: str, quoted: str) -> Attribution:
    """:param quoted: the quotation as it stands in the claim."""
    before, _, after = claim.partition(quoted)
    text = read_question(re.sub(r"[«»“”„\"]", " ", f"{before} {after}").strip(" ,.:;–-")).text
    words = words_in(text)
    keys = " ".join(word.key for word in words)
    document = next((id for name, id in _DOCUMENTS if name.search(keys)), None)
    return Attribution(text, document, places_in(words), tuple(word.key for word in words))
