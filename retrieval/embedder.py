"""Texts to vectors. The one module that imports sentence-transformers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, Protocol, cast

import numpy as np
import numpy.typing as npt

from retrieval.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (texts done, texts in all)."""

BUNDLED = "bundled"
MAX_QUERY_CHARS = 400
"""Of a question, the model is given so many letters, seven times the longest of ours; lexical search reads
all of it. Its time grows faster than the text: 4,096 letters, as many as Telegram takes, kept a core busy for
5 to 20 seconds."""
_SLICE = 16  # passages between two calls of Progress


class Embedder(Protocol):
    """Vectors of unit length, so that an inner product is a cosine (higher is closer)."""

    @property
    def name(self) -> str:
        """Which model; written into the index manifest."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32 of questions; the start of one that is very long stands for all of it."""

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """(n, dim) float32 of texts to be found."""


class WrappedEmbedder:
    """An embedder around another one; a subclass says what it does otherwise."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dim(self) -> int:
        return self._embedder.dim

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self._embedder.embed_passages(texts, progress)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model behind the protocol, with its own prompts where it has them."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self._model = model
        self._name = name
        dim = model.get_embedding_dimension()
        if not dim:
            raise EmbeddingError(f"EMBEDDING_MODEL {name!r} does not tell the length of its vectors")
        self._dim = int(dim)

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return self._dim

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self._dim), dtype=np.float32)
        return self._checked(
            self._model.encode_query(
                [text[:MAX_QUERY_CHARS] for text in texts], normalize_embeddings=True, show_progress_bar=False
            ),
            len(texts),
        )

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        vectors = np.empty((len(texts), self._dim), dtype=np.float32)
        for start in range(0, len(texts), _SLICE):
            part = list(texts[start : start + _SLICE])
            vectors[start : start + len(part)] = self._checked(
                self._model.encode_document(part, normalize_embeddings=True, show_progress_bar=False),
                len(part),
            )
            if progress:
                progress(start + len(part), len(texts))
        return vectors

    def _checked(self, vectors: object, count: int) -> Vectors:
        array = np.ascontiguousarray(vectors, dtype=np.float32)
        if array.shape != (count, self._dim):
            raise EmbeddingError(
                f"model {self._name!r} gave vectors of shape {array.shape}, wanted {(count, self._dim)}"
            )
        return array


BACKENDS: dict[str, tuple[str, ...]] = {
    "torch": (),
    "onnx": ("optimum", "onnxruntime"),
    "openvino": ("optimum", "openvino"),
}
"""What runs a model, by ``EMBEDDING_BACKEND``, and the modules that sentence-transformers wants for it."""


def load_embedder(
    name: str, *, threads: int | None = None, backend: str = "torch", file: str = ""
) -> SentenceTransformerEmbedder:
    """The embedder that ``EMBEDDING_MODEL`` names: ``bundled``, or a sentence-transformers name or folder.

    :param backend: one of ``BACKENDS``; the bundled model has an engine of its own, so it takes "torch"
    alone. :param file: which of the model's files for that backend, such as one in 8 bits; "": the usual one.
    :raises EmbeddingError: the model is not there or cannot be loaded, or its backend is not installed.
    """
    _check_backend(name, backend, file)
    from sentence_transformers import SentenceTransformer  # takes seconds: only when a model is really wanted

    try:
        if name == BUNDLED:
            from retrieval.bundled_model import PASSAGE_PROMPT, QUERY_PROMPT, BundledE5

            model = SentenceTransformer(
                modules=[BundledE5(threads)],
                prompts={"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
                device="cpu",
            )
        else:
            model = SentenceTransformer(
                name,
                device="cpu",
                backend=cast("Literal['torch', 'onnx', 'openvino']", backend),
                model_kwargs={"file_name": file} if file else {},
            )
    except (OSError, RuntimeError, ValueError, ImportError) as exc:
        raise EmbeddingError(
            f"EMBEDDING_MODEL {name!r} could not be loaded ({exc}); "
            f"wanted: {BUNDLED!r}, or the folder or name of a sentence-transformers model"
        ) from exc
    return SentenceTransformerEmbedder(model, name)


def _check_backend(name: str, backend: str, file: str) -> None:
    if backend not in BACKENDS:
        raise EmbeddingError(f"EMBEDDING_BACKEND {backend!r}: wanted one of {', '.join(BACKENDS)}")
    if name == BUNDLED and (backend != "torch" or file):
        raise EmbeddingError(
            f"EMBEDDING_BACKEND {backend!r} and EMBEDDING_FILE {file!r} are for other models: the bundled "
            "one has an engine of its own; leave both out, or name another EMBEDDING_MODEL"
        )
    missing = [module for module in BACKENDS[backend] if find_spec(module) is None]
    if missing:
        raise EmbeddingError(
            f"EMBEDDING_BACKEND {backend!r} needs {' and '.join(missing)}, not installed; "
            f"wanted: pip install 'sentence-transformers[{backend}]', or EMBEDDING_BACKEND=torch"
        )
