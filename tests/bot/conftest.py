"""Fixtures of this package that need no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real import CORPUS, synced_folder


@pytest.fixture(scope="session")
def law_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of ``real_folder``, synced; whether it is indexed too is left open."""
    if not CORPUS.is_dir():
        pytest.skip("the law texts are not beside the checkout")
    return synced_folder(tmp_path_factory.getbasetemp())
