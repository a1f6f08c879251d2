"""The bundled model and any sentence-transformers model stand behind the same protocol."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from retrieval.embedder import BUNDLED, SentenceTransformerEmbedder, load_embedder
from retrieval.errors import EmbeddingError
from retrieval.search import Searcher
from retrieval.store import IndexStore
from retrieval.synonyms import Synonyms
from tests.retrieval.texts import ENTRIES, TEXTS

QUESTION = "Төрағаны кім тағайындайды?"


@pytest.fixture(scope="module")
def bundled() -> SentenceTransformerEmbedder:
    return load_embedder(BUNDLED)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model made on the spot: one random vector a word, averaged."""
    words = sorted({word for title, text in TEXTS for word in f"{title} {text}".replace(".", " ").split()})
    tokenizer = Tokenizer(
        WordLevel({word: at for at, word in enumerate(["[UNK]", *words])}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = Whitespace()
    weights = torch.randn(len(words) + 1, 24, generator=torch.Generator().manual_seed(3)).numpy()
    folder = tmp_path_factory.mktemp("model")
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(
        str(folder)
    )
    return folder


def test_the_bundled_model_gives_unit_vectors_of_384(bundled: SentenceTransformerEmbedder) -> None:
    found = bundled.embed_passages([text for _, text in TEXTS])
    assert (found.shape, found.dtype) == ((len(TEXTS), 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-4)


def test_the_bundled_model_brings_a_question_nearest_to_its_passage(
    bundled: SentenceTransformerEmbedder,
) -> None:
    passages = bundled.embed_passages([text for _, text in TEXTS])
    scores = bundled.embed_queries(["Кітапхана қашан ашылды?", "Қызмет қалай қаржыландырылады?"]) @ passages.T
    assert scores.argmax(axis=1).tolist() == [3, 4]


def test_a_question_and_a_passage_of_the_same_words_differ(bundled: SentenceTransformerEmbedder) -> None:
    assert not np.allclose(bundled.embed_queries([QUESTION]), bundled.embed_passages([QUESTION]), atol=1e-3)


def test_a_text_has_the_same_vector_alone_and_among_others(bundled: SentenceTransformerEmbedder) -> None:
    texts = [text for _, text in TEXTS[:3]]
    together = bundled.embed_passages(texts)
    alone = np.concatenate([bundled.embed_passages([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_no_text_gives_no_row(bundled: SentenceTransformerEmbedder) -> None:
    assert bundled.embed_queries([]).shape == (0, 384)
    assert bundled.embed_passages([]).shape == (0, 384)


def test_progress_is_told_up_to_the_last_text(small: Path) -> None:
    told: list[tuple[int, int]] = []
    load_embedder(str(small)).embed_passages(["сөз"] * 20, lambda done, total: told.append((done, total)))
    assert told == [(16, 20), (20, 20)]


def test_a_folder_with_another_model_serves_as_well(small: Path, tmp_path: Path) -> None:
    model = load_embedder(str(small))
    assert (model.name, model.dim) == (str(small), 24)
    opened = IndexStore(tmp_path).open(ENTRIES, model)
    searcher = Searcher(ENTRIES, opened.index, model, Synonyms({"endings": {"kazakh": []}}))
    assert searcher.search(QUESTION).hits[0].passage.id == "Төраға"
    assert IndexStore(tmp_path).open(ENTRIES, load_embedder(str(small))).note == ""


def test_a_change_of_model_is_seen_by_the_index(
    small: Path, bundled: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    IndexStore(tmp_path).open(ENTRIES[:2], load_embedder(str(small)))
    opened = IndexStore(tmp_path).open(ENTRIES[:2], bundled)
    assert opened.note == f"the index was made by {str(small)!r}, wanted 'bundled'; building it anew"
    assert opened.index.dense.dim == 384


def test_a_model_that_is_not_there_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"EMBEDDING_MODEL '.*nothing' could not be loaded") as caught:
        load_embedder(str(tmp_path / "nothing"))
    assert "wanted: 'bundled', or the folder or name of a sentence-transformers model" in str(caught.value)


def test_vectors_of_another_shape_than_promised_are_refused(small: Path) -> None:
    model = SentenceTransformer(str(small), device="cpu")
    lying = SentenceTransformerEmbedder(model, "lying")
    model.encode_query = lambda *args, **kwargs: np.zeros((1, 7))
    with pytest.raises(EmbeddingError, match=r"'lying' gave vectors of shape \(1, 7\), wanted \(1, 24\)"):
        lying.embed_queries(["сөз"])


def test_a_backend_whose_package_is_missing_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("retrieval.embedder.find_spec", lambda module: None)
    with pytest.raises(
        EmbeddingError, match=r"needs optimum and onnxruntime, not installed; wanted: pip install"
    ):
        load_embedder("some/model", backend="onnx")


def test_the_bundled_model_takes_no_other_backend() -> None:
    with pytest.raises(EmbeddingError, match=r"EMBEDDING_BACKEND 'openvino' .* are for other models"):
        load_embedder("bundled", backend="openvino")


def test_an_unknown_backend_is_refused_with_those_there_are() -> None:
    with pytest.raises(EmbeddingError, match="EMBEDDING_BACKEND 'tpu': wanted one of torch, onnx, openvino"):
        load_embedder("some/model", backend="tpu")
