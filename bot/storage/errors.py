"""Everything that can go wrong with the database, on one screen."""


class StorageError(Exception):
    """The database cannot be used; the message names it without its password, and the way out."""


class SecretMismatch(StorageError):
    """The database was made under another installation secret: people and addresses cannot be read."""


class SealBroken(StorageError):
    """A sealed value was changed, or sealed under another secret."""
