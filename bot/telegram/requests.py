"""The wire to the Bot API: half an answer, and updates that nobody can read, do no harm."""

from __future__ import annotations

from typing import Any

import structlog
from telegram import Update
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

log = structlog.get_logger()


class CarefulRequest(HTTPXRequest):
    """An answer that is cut off, or comes from something in between, is a fault of the network: what was
    asked for may have been done. The library calls it a refusal."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """:raises NetworkError: it is no answer of the Bot API."""
        try:
            answer = HTTPXRequest.parse_json_payload(payload)
        except TelegramError as error:
            raise NetworkError("no answer of the Bot API: not JSON") from error
        if not isinstance(answer, dict) or not ("result" in answer or "description" in answer):
            raise NetworkError("no answer of the Bot API: neither a result nor an error")
        return answer


class PollingRequest(CarefulRequest):
    """For getUpdates: an update that cannot be read is passed on as its bare number.

    The library would write all updates of that poll to the log, words and all, and ask for the same ones
    again, for ever.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        answer = CarefulRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"]]
        return answer


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(update, None)
    except Exception as error:  # whatever the library meets in a form that it does not know
        log.error("update_unreadable", update_id=update["update_id"], error=type(error).__name__)
        return {"update_id": update["update_id"]}
    return update
