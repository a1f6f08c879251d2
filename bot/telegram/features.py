"""The handlers of the other user groups, each from its own module."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from telegram.ext import BaseHandler

from bot.telegram.dependencies import Dependencies

MODULES = ("staff", "claims", "journalists", "comparison")
"""In the order in which they are asked."""


def handlers_of_features(deps: Dependencies) -> list[BaseHandler[Any, Any, Any]]:
    found: list[BaseHandler[Any, Any, Any]] = []
    for name in MODULES:
        full_name = f"bot.telegram.{name}"
        try:
            module = import_module(full_name) if find_spec(full_name) else None
        except Exception as e:
            print("FEATURE", name, repr(e))
            continue
        make = getattr(module, "handlers", None)
        if make is not None:
            found += make(deps)
    return found
