"""A bot in a process of its own, to be killed: ``python -m tests.bot.process_bot FOLDER URL TOKEN``.

The application is the real one, on the database in FOLDER; its core refuses every question in its own words.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.telegram.application import ALLOWED_UPDATES, build_application
from tests.bot.telegram_running import dependencies, open_storage
from tests.fakes import FakeCore


def main(folder: Path, url: str, token: str) -> None:
    with asyncio.Runner() as runner:
        storage = runner.run(open_storage(folder))
        try:
            deps = dependencies(FakeCore(refusal="Таппадым."), storage)
            application = build_application(deps, token=token, api_url=url, messages_per_second=0)
            application.run_polling(allowed_updates=list(ALLOWED_UPDATES), close_loop=False)
        finally:
            runner.run(storage.close())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
