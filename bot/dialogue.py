"""Follow-up questions made whole from what was asked before."""

from __future__ import annotations

import re
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.normalize import fold, normalize
from retrieval.terms import is_asking

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


_PRONOUNS = _set(
    "ол оның оны оған онда одан онымен олар олардың оларды оларға олармен бұл бұның мұны бұған осы "
    "осының осыны мынау соның соны  "
    "соған сол өзі оныкі онікі он его её ее их он она они"
)
_OPENERS = _set("ал сонда сонымен онда а")
_CLOSERS = _set("ше")
_FILLERS = _set(
    "еді екен болған болды болады бар ма ме ба бе па пе ғой деген туралы жайлы маған айтшы айтыңызшы "
    "кезде кезінде  "
    "қазір бұрын сонда керек бола ала емес бұл оған жылы жылға рет мерзімге уақытқа бекітеді "
    "сайлайды басқарады  "
    "тағайындайды шақырады құрады айқындайды өткізіледі кіреді тұрады істейді жасайды атқарады"
)
# what a question can be about in its own right: a follow-up that names one of these has its own subject
_SUBJECTS = tuple(
    fold(stem)
    for stem in (
        "ассамбле кеңес хатшылы төралқа сессия президент құрылтай үкімет конституция мәжіліс "
        "парламент сот прокур  "
        "мәслихат әкім заң республика қазақстан аннан назарбаев форум премьер министр судья адвокат "
        "салық тіл елорда"
    ).split()
)
_GENITIVE = re.compile(r"(?:ның|нің|дың|дің|тың|тің)$")
_POSSESSED = re.compile(
    r"(?:сы|сі|лары|лері|дары|дері|тары|тері|ығы|ігі|мы|мі|ны|ні)(?:н|на|не|нда|нде|мен)?$"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was understood, and when (seconds of a monotonic clock)."""

    question: str
    at_s: float


def completed(question: str, previous: str) -> str | None:
    """The question with its subject put back from the previous one; None where it stands by itself."""
    words = _WORD.findall(normalize(question))
    folded = [fold(word) for word in words]
    if not folded or not _depends(folded):
        return None
    skipped = _OPENERS | _CLOSERS | _PRONOUNS
    own = [word for word, key in zip(words, folded, strict=True) if key not in skipped]
    topic = _topic(previous, entity_only=any(_POSSESSED.search(word) for word in own))
    if not topic:
        return None
    rest = question.strip()
    opener = _WORD.match(rest)
    if opener and fold(normalize(opener.group())) in _OPENERS:
        rest = rest[opener.end() :].lstrip(" ,")
    return f"{topic}: {rest}"


def _depends(folded: list[str]) -> bool:
    if any(word.startswith(_SUBJECTS) for word in folded):
        # «ал Ассамблея ше?» names a new subject; what is asked of it comes from before only with «ше»
        return False
    if folded[0] in _OPENERS or folded[-1] in _CLOSERS or any(word in _PRONOUNS for word in folded):
        return True
    content = [word for word in folded if not is_asking(word) and word not in _FILLERS and not word.isdigit()]
    return len(content) <= 1 and len(folded) <= 5


def _topic(previous: str, *, entity_only: bool) -> str:
    """The noun phrase that the previous question was about, as it was written."""
    before, colon, _ = previous.partition(": ")
    if colon:  # an already completed question keeps its subject
        return before
    kept: list[str] = []
    for word in _WORD.findall(previous):
        key = fold(normalize(word))
        if is_asking(key) or key in _FILLERS or key.isdigit():
            if kept:
                break
            continue
        kept.append(word)
        if entity_only and _GENITIVE.search(normalize(word)):
            break
    return " ".join(kept)


class Dialogue:
    """The last turns of each chat: bounded in number, forgotten after ``ttl_s`` seconds without a word."""

    def __init__(
        self, clock: Callable[[], float], *, turns: int = 5, chats: int = 10_000, ttl_s: float = 1800.0
    ) -> None:
        self._clock = clock
        self._turns = turns
        self._chats = chats
        self._ttl_s = ttl_s
        self._by_chat: OrderedDict[str, deque[Turn]] = OrderedDict()

    def understood(self, chat: str, question: str) -> str | None:
        """The question made whole, where it hangs on the chat's last one; None where it does not."""
        turns = self._by_chat.get(chat)
        if not turns or self._clock() - turns[-1].at_s > self._ttl_s:
            return None
        return completed(question, turns[-1].question)

    def remember(self, chat: str, question: str) -> None:
        """Keep a question, as it was understood, as the chat's last one."""
        turns = self._by_chat.setdefault(chat, deque(maxlen=self._turns))
        turns.append(Turn(question, self._clock()))
        self._by_chat.move_to_end(chat)
        while len(self._by_chat) > self._chats:
            self._by_chat.popitem(last=False)

    def forget(self, chat: str) -> bool:
        """Drop what is kept of a chat; whether there was anything."""
        return self._by_chat.pop(chat, None) is not None
