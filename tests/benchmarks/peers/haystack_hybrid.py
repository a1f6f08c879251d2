"""Haystack's hybrid pipeline: both in-memory retrievers and a DocumentJoiner, reciprocal ranks."""

from collections.abc import Callable

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from task import LIMIT, Task, compete


def build(task: Task) -> Callable[[str], list[str]]:
    store = InMemoryDocumentStore()
    store.write_documents(
        [
            Document(id=id, content=text, embedding=vector)
            for id, text, vector in zip(task.ids, task.texts, task.vectors.tolist(), strict=True)
        ]
    )
    pipeline = Pipeline()
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=LIMIT))
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=LIMIT))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=LIMIT))
    pipeline.connect("words", "joiner")
    pipeline.connect("vectors", "joiner")

    def search(question: str) -> list[str]:
        vector = task.question_vectors[question].tolist()
        found = pipeline.run({"words": {"query": question}, "vectors": {"query_embedding": vector}})
        return [document.id for document in found["joiner"]["documents"]]

    return search


compete(build)
