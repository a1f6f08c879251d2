"""What a bot on this machine says of itself: for HEALTHCHECK and for people."""

from __future__ import annotations

import urllib.error
import urllib.request

_TIMEOUT_S = 10


def how_it_is(host: str, port: int, page: str) -> tuple[bool, str]:
    """Whether all is well, and the bot's own line on it, or why there is none.

    :param page: healthz or readyz.
    """
    here = "127.0.0.1" if host == "0.0.0.0" else host
    address = f"http://{here}:{port}/{page}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=_TIMEOUT_S) as answer:
            return True, answer.read().decode().strip()
    except urllib.error.HTTPError as error:
        return False, error.read().decode().strip()
    except OSError as error:
        return False, f"{address}: {error}"
