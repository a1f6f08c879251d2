"""What survives a restart: questions, votes, staff work and what is owed to people, in SQLite or PostgreSQL.

``Storage`` (storage.py) opens everything; each repository module is one noun. Handlers pass Telegram's plain
numbers (``user_id``, ``chat_id``) in; what is kept of them is described in people.py.
"""

from bot.storage.errors import StorageError
from bot.storage.people import installation_secret
from bot.storage.storage import Storage

__all__ = ["Storage", "StorageError", "installation_secret"]
