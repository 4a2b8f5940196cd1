"""Logs and error reports that tell where it broke, and nothing about people."""

import logging
import re
import traceback
from typing import Any

EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.\w+")
# Tokens in addresses (/survey/<token>/) open something, so they are as good as a password.
TOKEN = re.compile(r"(?<=/)(?=[\w-]*\d)[\w-]{20,}")


def discreet(text: str) -> str:
    """The text without e-mail addresses and without tokens in addresses."""
    return TOKEN.sub("[token]", EMAIL.sub("[e-mail]", text))


class DiscreetFormatter(logging.Formatter):
    """Writes the place and the kind of an exception but not its words.

    A database quotes the row in them, and the row may be a person's.
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the standard library's name)
        kind, _, trace = ei
        name = kind.__name__ if kind else "Exception"
        return "".join(traceback.format_tb(trace)) + name

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left the exception's full words on the record.
        record.exc_text = None
        return discreet(super().format(record))


def strip_event(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """What leaves for the error collector: kinds and places; no words, bodies or people."""
    method = event.get("request", {}).get("method")
    event["request"] = {"method": method} if method else {}
    for key in ("user", "breadcrumbs", "extra", "server_name"):
        event.pop(key, None)
    for exception in event.get("exception", {}).get("values", []):
        exception["value"] = ""
    if entry := event.get("logentry"):
        entry.pop("params", None)
        entry.pop("formatted", None)
        entry["message"] = discreet(entry.get("message", ""))
    return event


def report_to(dsn: str, *, environment: str) -> None:
    """Send errors to a Sentry-compatible collector. Needs the extra `production`."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        before_send=strip_event,
    )
