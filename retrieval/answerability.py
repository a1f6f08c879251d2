"""Whether there is an answer at all: calibrated probabilities, by logistic regression.

Two of them, one for the best passage and one for a curated answer, so that the two can be weighed against
each other. The coefficients are fitted by ``tests/benchmarks/train_answerability.py`` and kept in
``answerability.toml``; the features are those of ``evidence.py``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import RetrievalError
from retrieval.evidence import CURATED_FEATURES, FEATURES, CuratedEvidence, Evidence
from retrieval.logistic import Logistic


@dataclass(frozen=True, slots=True)
class Answerability:
    """Below ``threshold`` (0..1) the bot says that it found nothing."""

    passage: Logistic
    curated: Logistic
    threshold: float

    def of_passage(self, evidence: Evidence) -> float:
        """Probability that the best passage answers the question."""
        return self.passage.probability(evidence.vector())

    def of_curated(self, evidence: CuratedEvidence) -> float:
        """Probability that a curated answer answers the question."""
        return self.curated.probability(evidence.vector())


def load_answerability(path: Path | None = None) -> Answerability:
    """The coefficients at ``path``; None: the project's own.

    :raises RetrievalError: the file is unreadable or fits other features.
    """
    path = path or Path(__file__).with_name("answerability.toml")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return Answerability(
            Logistic.of(f"{path.name}: passage", content["passage"], FEATURES),
            Logistic.of(f"{path.name}: curated", content["curated"], CURATED_FEATURES),
            float(content["threshold"]),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, ValueError) as exc:
        raise RetrievalError(f"{path.name} cannot be read: {exc}") from exc
