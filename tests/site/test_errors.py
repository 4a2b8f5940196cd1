"""Logs and error reports say where it broke and nothing about people."""

import logging
import sys

from config.errors import DiscreetFormatter, strip_event


def record(message: str, *, error: bool = False) -> logging.LogRecord:
    return logging.LogRecord(
        "django.request",
        logging.ERROR,
        __file__,
        1,
        message,
        None,
        sys.exc_info() if error else None,
    )


def test_log_lines_keep_no_mail_address_and_no_token() -> None:
    line = DiscreetFormatter("%(message)s").format(
        record("Not Found: /en/survey/3kQw9TzR1mY7bLx0PpVs/ for kim@example.org")
    )

    assert line == "Not Found: /en/survey/[token]/ for [e-mail]"


def test_long_words_in_addresses_are_not_taken_for_tokens() -> None:
    line = DiscreetFormatter("%(message)s").format(record("/en/code-of-conduct-of-the-company/"))

    assert line == "/en/code-of-conduct-of-the-company/"


def test_traceback_keeps_place_and_kind_but_not_the_words() -> None:
    try:
        raise ValueError("Key (email)=(kim@example.org) already exists, Kim Min-jun")
    except ValueError:
        line = DiscreetFormatter("%(message)s").format(record("Failed.", error=True))

    assert "test_errors.py" in line
    assert line.endswith("ValueError")
    assert "Kim" not in line.replace("raise ValueError", "").split("ValueError")[-1]


def test_error_report_carries_kind_and_place_only() -> None:
    event = {
        "request": {
            "method": "POST",
            "url": "https://x/en/survey/secret",
            "data": {"name": "Kim"},
            "cookies": "sessionid=1",
        },
        "user": {"email": "kim@example.org"},
        "breadcrumbs": {"values": [{"message": "Kim"}]},
        "exception": {"values": [{"type": "ValueError", "value": "Kim", "stacktrace": {}}]},
        "logentry": {"message": "To kim@example.org", "params": ["Kim"], "formatted": "Kim"},
        "level": "error",
    }

    assert strip_event(event, {}) == {
        "request": {"method": "POST"},
        "exception": {"values": [{"type": "ValueError", "value": "", "stacktrace": {}}]},
        "logentry": {"message": "To [e-mail]"},
        "level": "error",
    }
