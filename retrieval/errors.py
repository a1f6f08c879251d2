"""Everything that can go wrong while finding, on one screen."""


class RetrievalError(Exception):
    """Root of the errors of this layer."""


class EmbeddingError(RetrievalError):
    """A model could not be loaded or gave vectors of another shape than it promised."""


class IndexUnusable(RetrievalError):
    """Index files are absent, cut short, or made by another model or analyzer; they must be rebuilt."""


class IndexUnreachable(RetrievalError):
    """The server that holds the index does not answer; it is asked again with the next question."""


class MilvusMissing(RetrievalError):
    """INDEX_URL names a Milvus server, and pymilvus is not installed."""


class EvaluationError(RetrievalError):
    """A question set or collection is not in a form that can be evaluated."""
