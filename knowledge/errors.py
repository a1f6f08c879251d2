"""Everything that can go wrong with texts, on one screen."""


class KnowledgeError(Exception):
    """Root of the errors of this layer."""


class CatalogError(KnowledgeError):
    """The catalog names something that is not there, or contradicts itself."""


class ParseError(KnowledgeError):
    """A text is not what its catalog entry promises; the message names the file and the line."""


class FaqError(KnowledgeError):
    """A curated entry is malformed; the message names the file and the entry."""


class AskedError(KnowledgeError):
    """A file of the questions that people ask is malformed; the message names the file and the place."""


class SyncError(KnowledgeError):
    """A text could not be brought from its source; the message names the address and the cause."""


class UnknownReference(KnowledgeError):
    """A document, edition, article or point that is asked for by name is not held."""
