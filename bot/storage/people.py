"""People and chats as the database knows them.

A person is an HMAC-SHA256 of the user number under the secret of the installation, and so is a chat: without
the secret, nobody can tell whose a row is, not even by trying all numbers. A chat's own number is needed
to send something later (an owed answer, a staff answer, a correction, a subscription); it is then kept in
one place, the table ``chats``, sealed under the same secret, for as long as there is such a thing to send.
In a private chat that number is the person's; no name, nor any other number of a person, is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import NewType

from pydantic import SecretStr

from bot.storage.errors import SealBroken, StorageError

PersonKey = NewType("PersonKey", str)
"""64 hexadecimal digits."""

ChatKey = NewType("ChatKey", str)
"""64 hexadecimal digits."""

SECRET_FILE = "installation.key"
_MIN_SECRET_CHARS = 16
_NONCE_BYTES = 16
_TAG_BYTES = 16


def installation_secret(data_dir: Path, configured: SecretStr | None) -> bytes:
    """The configured secret, or the one in ``data_dir``, made there at the first start (file mode 600).

    :raises StorageError: the file can be neither read nor made, or holds too little.
    """
    if configured is not None:
        return configured.get_secret_value().encode()
    path = data_dir / SECRET_FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        path.chmod(0o600)
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise StorageError(f"{path}: {exc}; wanted a readable file, or INSTALLATION_SECRET") from exc
    if len(secret) < _MIN_SECRET_CHARS:
        raise StorageError(
            f"{path}: {len(secret)} characters, wanted at least {_MIN_SECRET_CHARS}; bring the file "
            "back from a copy, or delete it together with the database"
        )
    return secret.encode()


def _make(path: Path) -> None:
    """Of several processes that start together, one makes the file and none sees it half-written."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()


class Keys:
    """Everything that is derived from the secret; one key a purpose, so that none tells of another."""

    def __init__(self, secret: bytes) -> None:
        self._person = _mac(secret, b"person")
        self._chat = _mac(secret, b"chat")
        self._text = _mac(secret, b"text")
        self._seal = _mac(secret, b"seal")
        self._tag = _mac(secret, b"tag")
        self.fingerprint = _mac(secret, b"fingerprint").hex()
        """Tells one secret from another; kept in the database."""

    def person(self, user_id: int) -> PersonKey:
        return PersonKey(_mac(self._person, str(user_id).encode()).hex())

    def chat(self, chat: int | str) -> ChatKey:
        """:param chat: Telegram's number, as a number or as text; or any other name of a conversation."""
        return ChatKey(_mac(self._chat, str(chat).encode()).hex())

    def text(self, text: str) -> str:
        """Equal for equal texts: what counts a question asked again once its words are deleted."""
        return _mac(self._text, text.encode()).hex()

    def seal(self, data: bytes) -> bytes:
        """Hidden and tamper-proof: HMAC-SHA256 in counter mode under a fresh nonce, then authenticated."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        hidden = self._masked(nonce, data)
        return nonce + self._tag_of(nonce + hidden) + hidden

    def unseal(self, sealed: bytes) -> bytes:
        """:raises SealBroken: changed, or sealed under another secret."""
        nonce, tag = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES : _NONCE_BYTES + _TAG_BYTES]
        hidden = sealed[_NONCE_BYTES + _TAG_BYTES :]
        if not hmac.compare_digest(tag, self._tag_of(nonce + hidden)):
            raise SealBroken(f"a sealed value of {len(sealed)} bytes does not open under this secret")
        return self._masked(nonce, hidden)

    def seal_number(self, number: int) -> bytes:
        return self.seal(number.to_bytes(8, "big", signed=True))

    def unseal_number(self, sealed: bytes) -> int:
        """:raises SealBroken: as ``unseal``."""
        return int.from_bytes(self.unseal(sealed), "big", signed=True)

    def _tag_of(self, data: bytes) -> bytes:
        return _mac(self._tag, data)[:_TAG_BYTES]

    def _masked(self, nonce: bytes, data: bytes) -> bytes:
        blocks = range((len(data) + 31) // 32)
        mask = b"".join(_mac(self._seal, nonce + block.to_bytes(4, "big")) for block in blocks)[: len(data)]
        return (int.from_bytes(data, "big") ^ int.from_bytes(mask, "big")).to_bytes(len(data), "big")


def _mac(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, hashlib.sha256)
