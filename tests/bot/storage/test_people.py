"""The secret of an installation and what is derived from it."""

from __future__ import annotations

import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.storage import StorageError, installation_secret
from bot.storage.errors import SealBroken
from bot.storage.people import Keys
from tests.bot.storage.samples import AIGUL, BERIK, SECRET

KEYS = Keys(SECRET)


def test_a_secret_is_made_at_the_first_start_and_found_at_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    secret = installation_secret(folder, None)
    assert len(secret) == 64
    assert installation_secret(folder, None) == secret
    assert [path.name for path in folder.iterdir()] == ["installation.key"]


def test_nobody_else_on_the_machine_can_read_the_secret(tmp_path: Path) -> None:
    installation_secret(tmp_path, None)
    file = tmp_path / "installation.key"
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    installation_secret(tmp_path, None)
    assert file.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_agree_on_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        secrets = set(threads.map(lambda _: installation_secret(tmp_path, None), range(16)))
    assert len(secrets) == 1


def test_a_configured_secret_wins_and_leaves_no_file(tmp_path: Path) -> None:
    assert installation_secret(tmp_path, SecretStr("0123456789abcdef")) == b"0123456789abcdef"
    assert list(tmp_path.iterdir()) == []


def test_a_cut_off_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "installation.key").write_text("abc", "utf-8")
    with pytest.raises(StorageError, match="3 characters, wanted at least 16"):
        installation_secret(tmp_path, None)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", "utf-8")
    with pytest.raises(StorageError, match=r"installation\.key.*INSTALLATION_SECRET"):
        installation_secret(tmp_path / "data", None)


def test_a_person_is_a_keyed_hash_of_the_number() -> None:
    key = hmac.new(SECRET, b"person", hashlib.sha256).digest()
    assert KEYS.person(AIGUL) == hmac.new(key, str(AIGUL).encode(), hashlib.sha256).hexdigest()
    assert KEYS.person(AIGUL) != KEYS.person(BERIK)
    assert KEYS.person(AIGUL) != Keys(b"another secret of 32 characters!").person(AIGUL)


def test_a_person_and_his_private_chat_cannot_be_matched() -> None:
    assert str(KEYS.person(AIGUL)) != str(KEYS.chat(AIGUL))


@given(st.binary(max_size=200))
def test_whatever_is_sealed_opens_again(data: bytes) -> None:
    assert KEYS.unseal(KEYS.seal(data)) == data


@given(st.integers(-(2**63), 2**63 - 1))
def test_every_chat_number_can_be_sealed(number: int) -> None:
    assert KEYS.unseal_number(KEYS.seal_number(number)) == number


@given(st.integers(0, 39), st.integers(1, 255))
def test_a_changed_seal_does_not_open(place: int, change: int) -> None:
    sealed = bytearray(KEYS.seal_number(AIGUL))
    sealed[place] ^= change
    with pytest.raises(SealBroken):
        KEYS.unseal_number(bytes(sealed))


def test_a_seal_does_not_open_under_another_secret() -> None:
    with pytest.raises(SealBroken):
        Keys(b"another secret of 32 characters!").unseal(KEYS.seal(b"x"))
