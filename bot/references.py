"""A question that names its place in the law: «Заңның 9-бабында не жазылған?»"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.model import Reference
from retrieval.subjects import ASSEMBLY, COUNCIL, subjects_of
from retrieval.terms import words_of

# folded forms of «9-бап», «10-1 бабының», «статья 9», «статьи 10-1»
_ARTICLE = re.compile(
    r"\b(\d+(?:-\d+)?)\s*[-–]?\s*(?:бап|баб)|\bстат\w*\s+(\d+(?:-\d+)?)|\barticle\s+(\d+(?:-\d+)?)"
)
# the Constitution of 1995 is not held; what the source article quotes of it is found as any passage is
_OLD_CONSTITUTION = re.compile(r"(?:бұрынғы|ескі|бурынгы|ески|1995)\s.*конституц|стар\w+ конституц")
_YES_NO = frozenset({"ма", "ме", "ба", "бе", "па", "пе"})
_CONSTITUTIONAL = ("конститутсиалык", "конститутсионн")
_POINT = re.compile(r"\b(\d+)\s*[-–]?\s*(?:тармақ|тармағ|тармак|тармаг)")


def reference_of(question: str) -> Reference | None:
    """The article, and the point if any, that a normalized question names; None where it names none.

    The document is the one whose body or name stands in the question, the Assembly's law by default.
    """
    text = question.lower()
    article = _ARTICLE.search(text)
    if article is None or _OLD_CONSTITUTION.search(text):
        return None
    number = next(group for group in article.groups() if group)
    words = words_of(question)
    point = _POINT.search(text)
    return Reference(document_of(words), number, point.group(1) if point else None)


def asks_whether_in_force(words: Sequence[str]) -> bool:
    """«… туралы заң қазір күшінде ме?»: folded words that ask of a law, by its name, whether it binds."""
    law = any(word.startswith(("зан", "конститутси")) for word in words)
    binds = any(word.startswith(("кушинде", "колданыста")) for word in words)
    return law and binds and bool(words) and words[-1] in _YES_NO


def document_of(words: Sequence[str]) -> str:
    """The document whose body or name stands among folded words; the Assembly's law by default."""
    subjects = subjects_of(words)
    if any(word.startswith("конститутси") and not word.startswith(_CONSTITUTIONAL) for word in words):
        return "constitution-2026"
    if COUNCIL in subjects and ASSEMBLY not in subjects:
        return "law-halyk-kenesi"
    return "law-assembly"
