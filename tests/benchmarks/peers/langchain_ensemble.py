"""LangChain's EnsembleRetriever over its BM25Retriever and its FAISS store, half and half."""

from collections.abc import Callable

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.embeddings import Embeddings
from task import LIMIT, Task, compete


class Given(Embeddings):
    def __init__(self, vectors: dict) -> None:
        self._vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise LookupError("the vectors of passages are given")

    def embed_query(self, text: str) -> list[float]:
        return self._vectors[text].tolist()


def build(task: Task) -> Callable[[str], list[str]]:
    metadatas = [{"id": id} for id in task.ids]
    words = BM25Retriever.from_texts(task.texts, metadatas=metadatas)
    words.k = LIMIT
    pairs = zip(task.texts, task.vectors.tolist(), strict=True)
    store = FAISS.from_embeddings(pairs, Given(task.question_vectors), metadatas=metadatas)
    vectors = store.as_retriever(search_kwargs={"k": LIMIT})
    both = EnsembleRetriever(retrievers=[words, vectors], weights=[0.5, 0.5])
    return lambda question: [found.metadata["id"] for found in both.invoke(question)]


compete(build)
