"""LlamaIndex' QueryFusionRetriever over a VectorStoreIndex and its BM25Retriever, reciprocal ranks."""

from collections.abc import Callable
from typing import Any

from llama_index.core import VectorStoreIndex
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from task import LIMIT, Task, compete


class Given(BaseEmbedding):
    vectors: Any

    def _get_query_embedding(self, query: str) -> list[float]:
        return self.vectors[query].tolist()

    def _get_text_embedding(self, text: str) -> list[float]:
        raise LookupError("the vectors of passages are given")

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def build(task: Task) -> Callable[[str], list[str]]:
    nodes = [
        TextNode(id_=id, text=text, embedding=vector)
        for id, text, vector in zip(task.ids, task.texts, task.vectors.tolist(), strict=True)
    ]
    index = VectorStoreIndex(nodes, embed_model=Given(vectors=task.question_vectors))
    vectors = index.as_retriever(similarity_top_k=LIMIT)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=LIMIT)
    both = QueryFusionRetriever(
        [vectors, words],
        similarity_top_k=LIMIT,
        num_queries=1,  # as its documentation says where no questions are to be made up
        mode="reciprocal_rerank",
        use_async=False,
        llm=MockLLM(),
    )
    return lambda question: [found.node.node_id for found in both.retrieve(question)]


compete(build)
