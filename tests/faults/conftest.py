"""The real bot over the texts that the project carries, with a model that costs nothing."""

from __future__ import annotations

import pytest

import bot.wiring
from bot.wiring import Bot, build_bot
from tests.real import settings_for
from tests.retrieval.fake_embedder import FakeEmbedder


@pytest.fixture(scope="package")
def quick_bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """Everything is as ``build_bot`` makes it but for the vectors."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot.wiring, "load_embedder", lambda *_, **__: FakeEmbedder())
        return build_bot(settings_for(tmp_path_factory.mktemp("quick")))
