from __future__ import annotations

import traceback
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from config.settings import Settings, SettingsError, load_settings

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"
TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz01234"
AN_INDEX = "faiss:, faiss:FOLDER, or an address like http://milvus:19530 (a password goes into INDEX_TOKEN)"


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the machine and no ``.env`` but the test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def complaint_about(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


def test_without_any_variable_the_documented_defaults_stand() -> None:
    settings = load_settings()

    assert settings.telegram_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.data_dir == Path("data")
    assert settings.embedding_model == "bundled"
    assert settings.source_url == "https://raw.githubusercontent.com"
    assert (settings.log_level, settings.log_json) == ("INFO", None)
    assert (settings.sync_timeout_s, settings.sync_attempts, settings.sync_max_bytes) == (15.0, 3, 5_000_000)
    assert settings.today is None
    assert settings.database_url is None
    assert (settings.staff_chat_id, settings.staff_ids) == (None, ())
    assert settings.retention_days == 90
    assert settings.installation_secret is None
    assert settings.max_questions_per_minute == 20
    assert settings.max_question_age_minutes == 60
    assert (settings.webhook_url, settings.webhook_secret) == (None, None)
    assert (settings.webhook_host, settings.webhook_port) == ("127.0.0.1", 8080)
    assert (settings.ops_host, settings.ops_port) == ("127.0.0.1", 8082)
    assert (settings.replica, settings.lease_s) == (None, 20.0)
    assert settings.index_url == "faiss:"
    assert settings.index_token is None
    assert settings.index_timeout_s == 5.0


def test_every_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "TELEGRAM_TOKEN": f" {TOKEN} ",
        "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
        "DATA_DIR": "elsewhere",
        "EMBEDDING_MODEL": "models/e5",
        "EMBEDDING_BACKEND": "onnx",
        "EMBEDDING_FILE": "onnx/model_qint8_avx2.onnx",
        "SOURCE_URL": "../mirror",
        "LOG_LEVEL": "debug",
        "LOG_JSON": "1",
        "SYNC_TIMEOUT_S": "2.5",
        "SYNC_ATTEMPTS": "5",
        "SYNC_MAX_BYTES": "1000",
        "TODAY": "2026-07-01",
        "DATABASE_URL": "postgresql+asyncpg://bot:pw@db/bot",
        "STAFF_CHAT_ID": "-1001234",
        "STAFF_IDS": "11, 22,33",
        "RETENTION_DAYS": "7",
        "INSTALLATION_SECRET": "sixteen-letters-",
        "MAX_QUESTIONS_PER_MINUTE": "3",
        "MAX_QUESTION_AGE_MINUTES": "0",
        "WEBHOOK_URL": "https://bot.example.kz/telegram",
        "WEBHOOK_SECRET": "a-secret_of-the-tests",
        "WEBHOOK_HOST": "0.0.0.0",
        "WEBHOOK_PORT": "8443",
        "OPS_HOST": "0.0.0.0",
        "OPS_PORT": "0",
        "REPLICA": "bot-2",
        "LEASE_S": "3",
        "INDEX_URL": "http://milvus:19530/law",
        "INDEX_TOKEN": "root:secret",
        "INDEX_TIMEOUT_S": "2",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    assert load_settings().model_dump() == {
        "telegram_token": SecretStr(TOKEN),
        "telegram_api_url": "http://127.0.0.1:8081",
        "data_dir": Path("elsewhere"),
        "embedding_model": "models/e5",
        "embedding_backend": "onnx",
        "embedding_file": "onnx/model_qint8_avx2.onnx",
        "source_url": "../mirror",
        "log_level": "DEBUG",
        "log_json": True,
        "sync_timeout_s": 2.5,
        "sync_attempts": 5,
        "sync_max_bytes": 1000,
        "today": date(2026, 7, 1),
        "database_url": SecretStr("postgresql+asyncpg://bot:pw@db/bot"),
        "staff_chat_id": -1001234,
        "staff_ids": (11, 22, 33),
        "retention_days": 7,
        "installation_secret": SecretStr("sixteen-letters-"),
        "max_questions_per_minute": 3,
        "max_question_age_minutes": 0,
        "webhook_url": "https://bot.example.kz/telegram",
        "webhook_secret": SecretStr("a-secret_of-the-tests"),
        "webhook_host": "0.0.0.0",
        "webhook_port": 8443,
        "ops_host": "0.0.0.0",
        "ops_port": 0,
        "replica": "bot-2",
        "lease_s": 3.0,
        "index_url": "http://milvus:19530/law",
        "index_token": SecretStr("root:secret"),
        "index_timeout_s": 2.0,
    }


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("RETENTION_DAYS=5\nSTAFF_IDS=1,2\nSOME_OTHER_PROGRAM=x\n", encoding="utf-8")
    monkeypatch.setenv("RETENTION_DAYS", "6")

    settings = load_settings()

    assert (settings.retention_days, settings.staff_ids) == (6, (1, 2))


def test_an_empty_variable_hides_the_line_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f"TELEGRAM_TOKEN={TOKEN}\nRETENTION_DAYS=5\n", encoding="utf-8")
    monkeypatch.setenv("TELEGRAM_TOKEN", "")

    settings = load_settings()

    assert (settings.telegram_token, settings.retention_days) == (None, 5)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DATA_DIR", "~nobody-here/data", 'DATA_DIR="~nobody-here/data": wanted a folder'),
        ("LOG_LEVEL", "LOUD", 'LOG_LEVEL="LOUD": wanted one of DEBUG, INFO, WARNING, ERROR'),
        ("LOG_JSON", "maybe", 'LOG_JSON="maybe": wanted true, false, or nothing'),
        (
            "MAX_QUESTION_AGE_MINUTES",
            "-1",
            'MAX_QUESTION_AGE_MINUTES="-1": wanted a whole number of minutes, 0 or more',
        ),
        (
            "WEBHOOK_URL",
            "bot.example.kz",
            'WEBHOOK_URL="bot.example.kz": '
            "wanted an address like https://bot.example.kz/telegram, or nothing",
        ),
        ("WEBHOOK_PORT", "0", 'WEBHOOK_PORT="0": wanted a port 1..65535'),
        ("LEASE_S", "0", 'LEASE_S="0": wanted a number of seconds 1..600'),
        ("OPS_PORT", "65536", 'OPS_PORT="65536": wanted a port 0..65535'),
        (
            "TELEGRAM_API_URL",
            "ftp://x",
            'TELEGRAM_API_URL="ftp://x": wanted an address that starts with http:// or https://',
        ),
        (
            "TELEGRAM_API_URL",
            "api.telegram.org",
            'TELEGRAM_API_URL="api.telegram.org": wanted an address that starts with http:// or https://',
        ),
        (
            "SOURCE_URL",
            "git://x/y",
            'SOURCE_URL="git://x/y": wanted an address that starts with http:// or https://, or a folder',
        ),
        (
            "SYNC_TIMEOUT_S",
            "0",
            'SYNC_TIMEOUT_S="0": wanted a number of seconds above 0, at most 600',
        ),
        (
            "SYNC_TIMEOUT_S",
            "nan",
            'SYNC_TIMEOUT_S="nan": wanted a number of seconds above 0, at most 600',
        ),
        ("SYNC_ATTEMPTS", "11", 'SYNC_ATTEMPTS="11": wanted a whole number 1..10'),
        ("SYNC_MAX_BYTES", "0", 'SYNC_MAX_BYTES="0": wanted a whole number of bytes above 0'),
        ("TODAY", "01.07.2026", 'TODAY="01.07.2026": wanted a day like 2026-07-01, or nothing'),
        (
            "STAFF_CHAT_ID",
            "me",
            'STAFF_CHAT_ID="me": wanted a whole number (a group\'s is negative), or nothing',
        ),
        ("STAFF_IDS", "1,@me", 'STAFF_IDS="@me": wanted whole numbers separated by commas'),
        ("STAFF_IDS", "1,-2", 'STAFF_IDS="-2": wanted whole numbers separated by commas'),
        ("RETENTION_DAYS", "0", 'RETENTION_DAYS="0": wanted a whole number of days 1..36500'),
        ("MAX_QUESTIONS_PER_MINUTE", "0", 'MAX_QUESTIONS_PER_MINUTE="0": wanted a whole number above 0'),
        ("INDEX_URL", "qdrant:x", f'INDEX_URL="qdrant:x": wanted {AN_INDEX}'),
        ("INDEX_URL", "http://milvus", f'INDEX_URL="http://milvus": wanted {AN_INDEX}'),
        ("INDEX_URL", "http://u:pw@milvus:19530", f'INDEX_URL="http://***@milvus:19530": wanted {AN_INDEX}'),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wanted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    assert complaint_about(monkeypatch, name, value) == message


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        (
            "TELEGRAM_TOKEN",
            "my-secret-token",
            "a token like 123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11, or nothing",
        ),
        (
            "DATABASE_URL",
            "mysql://bot:my-secret@db",
            "an address that starts with sqlite+aiosqlite:// or postgresql+asyncpg://, or nothing",
        ),
        ("INSTALLATION_SECRET", "my-secret", "at least 16 characters, or nothing"),
        ("WEBHOOK_SECRET", "my-secret", "16 to 256 letters, digits, _ and -, or nothing"),
        ("WEBHOOK_SECRET", "my-secret with a blank in it", "16 to 256 letters, digits, _ and -, or nothing"),
    ],
)
def test_a_wrong_secret_is_masked_in_the_message_and_in_the_traceback(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, wanted: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert str(caught.value) == f'{name}="***": wanted {wanted}'
    assert "my-secret" not in "".join(traceback.format_exception(caught.value))


def test_every_wrong_setting_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETENTION_DAYS", "-1")

    assert complaint_about(monkeypatch, "LOG_LEVEL", "LOUD").splitlines() == [
        'LOG_LEVEL="LOUD": wanted one of DEBUG, INFO, WARNING, ERROR',
        'RETENTION_DAYS="-1": wanted a whole number of days 1..36500',
    ]


def test_a_file_that_is_not_utf_8_is_told() -> None:
    Path(".env").write_bytes(b"DATA_DIR=\xff\xfe")

    with pytest.raises(SettingsError, match=r"^\.env: byte 9 is not UTF-8; wanted a text file in UTF-8$"):
        load_settings()


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings(telegram_token=SecretStr(TOKEN))

    assert TOKEN not in repr(settings)
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN


def test_settings_cannot_be_changed_after_they_are_read() -> None:
    with pytest.raises(ValidationError):
        load_settings().retention_days = 1  # type: ignore[misc]


def test_every_field_is_documented_and_says_what_it_wants() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert isinstance(field.json_schema_extra, dict) and field.json_schema_extra["wanted"], name


def test_the_example_file_lists_every_field_in_order_with_a_comment_and_its_default() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    listed = [number for number, line in enumerate(lines) if line and not line.startswith("#")]

    assert [lines[n].partition("=")[0] for n in listed] == [name.upper() for name in Settings.model_fields]
    assert all(lines[n - 1].startswith("# ") for n in listed)


def test_the_example_file_as_it_is_gives_the_defaults() -> None:
    Path(".env").write_bytes(EXAMPLE.read_bytes())

    assert load_settings() == Settings(_env_file=None)  # type: ignore[call-arg]
