"""What single settings are held to, each a function that a field names; an error becomes the field's own."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # what Telegram takes (setWebhook), and not too short to guess
DATABASES = ("sqlite+aiosqlite://", "postgresql+asyncpg://")


def http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("not an http address")
    return value.rstrip("/")


def folder(value: Path) -> Path:
    """With «~» and «~name» replaced."""
    try:
        return value.expanduser()
    except RuntimeError as exc:  # nobody is called so here
        raise ValueError("no such home folder") from exc


def source(value: str) -> str:
    """An address, or a folder: the one thing told from the other by ``://``."""
    return http_url(value) if "://" in value else str(folder(Path(value)))


def token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("not a bot token")
    return value


def webhook_secret(value: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("not a webhook secret")
    return value


def database(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(DATABASES):
        raise ValueError("not a database address")
    return value


def index(value: str) -> str:
    if value.startswith("faiss:"):
        return value
    address = http_url(value)
    parts = urlsplit(address)
    if parts.port is None or parts.username or "/" in parts.path[1:]:
        raise ValueError("not the address of a Milvus server")
    return address


def split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value
