"""Log lines: structlog and the standard library through one handler on standard error.

Every line is searched for bot tokens after it is put together, so that neither a field, nor a foreign
library's message, nor the text of an exception can carry one out (httpx, for one, logs request addresses,
and those of the Bot API hold the token).
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.types import Processor

# the second form: what stands in a Bot API address is a token however short it is
_TOKEN = re.compile(r"\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}|(?<=/bot)\d+(?::|%3[Aa])[A-Za-z0-9_-]+")
_TALKATIVE = (
    "httpx",
    "httpcore",
    "telegram",
    "faiss",
    "sentence_transformers",
    "bm25s",
    "transformers",
    "alembic",
)


def masked(text: str) -> str:
    """The text with everything that is shaped like a bot token replaced by ``[token]``."""
    return _TOKEN.sub("[token]", text)


def configure_logs(level: str, *, json: bool) -> None:
    """Send all log lines at ``level`` and above to standard error: JSON objects, or lines for a person.

    May be called again; the last call counts. Uncaught exceptions are logged too, so that they are masked.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        # as text here: the console's own pretty tracebacks show local variables and break lines inside words
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    handler = _StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer, _mask_line],
        )
    )
    root = logging.getLogger()
    # plain stream handlers would print unmasked; handlers of other kinds (a test's capture) are not ours
    root.handlers = [h for h in root.handlers if type(h) not in (logging.StreamHandler, _StandardError)]
    root.addHandler(handler)
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _log_uncaught


class _StandardError(logging.Handler):
    """Writes to whatever standard error is at the moment of the line."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = self.format(record)
        except Exception:
            # logging's own report would print the arguments as they are
            line = masked(f"a log line of {record.name} cannot be formatted: {traceback.format_exc()}")
        try:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            pass  # standard error is closed: there is nowhere left to say so


def _mask_line(_logger: Any, _method: str, line: Any) -> str:
    return masked(str(line))


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("uncaught").critical("uncaught exception", exc_info=(kind, error, trace))
