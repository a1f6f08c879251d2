"""Which parts of the ranking are at work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """The ablation table switches them off one by one (``evaluation.py``)."""

    dense: bool = True
    sentences: bool = True
    lexical: bool = True
    stems: bool = True
    dates: bool = True
    synonyms: bool = True
    typos: bool = True
    feedback: bool = True
    asking_words: bool = True
    asked: bool = True
