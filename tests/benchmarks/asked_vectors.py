"""Writes the vectors of the hand-written questions that come with the project.

    python -m tests.benchmarks.asked_vectors

To be run whenever ``knowledge/documents/asked`` changes; until then the new ones are made at the first start.
"""

from __future__ import annotations

import numpy as np

from knowledge.asked import load_asked
from retrieval.embedder import BUNDLED, load_embedder
from retrieval.question_vectors import read_vectors, shipped_path, with_missing, write_vectors


def main() -> None:
    embedder = load_embedder(BUNDLED)
    path = shipped_path(BUNDLED)
    questions = [q for _, place in load_asked().places() for q in place.all_questions]
    vectors, new = with_missing(questions, read_vectors(path, embedder), embedder)
    write_vectors(path, BUNDLED, vectors, np.float16)
    print(f"{path.name}: {len(vectors)} questions, {new} of them new")


if __name__ == "__main__":
    main()
