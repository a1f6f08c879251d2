"""Questions of many people embedded together: the other way to serve a crowd, to be held against ours."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np

from retrieval.embedder import Embedder, Vectors, WrappedEmbedder

WINDOW_S = 0.003
MOST = 16


class MicroBatching(WrappedEmbedder):
    """Gathers what is asked within a few milliseconds and embeds it in one call."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder)
        self._asked: queue.SimpleQueue[tuple[str, Future[Vectors]]] = queue.SimpleQueue()
        threading.Thread(target=self._serve, name="micro-batching", daemon=True).start()

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        waiting: list[Future[Vectors]] = []
        for text in texts:
            waiting.append(Future())
            self._asked.put((text, waiting[-1]))
        return np.stack([future.result() for future in waiting])

    def _serve(self) -> None:
        while True:
            batch = [self._asked.get()]
            try:
                while len(batch) < MOST:
                    batch.append(self._asked.get(timeout=WINDOW_S))
            except queue.Empty:
                pass
            vectors = self._embedder.embed_queries([text for text, _ in batch])
            for (_, future), vector in zip(batch, vectors, strict=True):
                future.set_result(vector)
