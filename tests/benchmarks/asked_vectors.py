"""Writes the vectors of the hand-written questions that come with the project.

    python -m tests.benchmarks.asked_vectors

To be run whenever ``knowledge/documents/asked`` changes; until then the new ones are made at the first start.
"""

from __future__ import annotations

import numpy as np

from knowledge.asked import load_asked
from retrieval.asked_vectors import read_vectors, shipped_path, write_vectors
from retrieval.embedder import BUNDLED, load_embedder
from retrieval.manifest import digest


def main() -> None:
    embedder = load_embedder(BUNDLED)
    path = shipped_path(BUNDLED)
    questions = dict.fromkeys(q for _, place in load_asked().places() for q in place.all_questions)
    held = read_vectors(path, embedder)
    new = [question for question in questions if digest(question) not in held]
    if new:
        held |= zip(map(digest, new), embedder.embed_queries(new), strict=True)
    write_vectors(path, BUNDLED, {digest(q): held[digest(q)] for q in questions}, np.float16)
    print(f"{path.name}: {len(questions)} questions, {len(new)} of them new")


if __name__ == "__main__":
    main()
