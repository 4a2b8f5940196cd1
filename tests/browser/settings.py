"""The reference site for the browser: all of its visitors come from one network within minutes."""

from config.settings.dev import *  # noqa: F403

CONDUCT_SUBMISSIONS_PER_HOUR = 1_000
CONDUCT_BUSY_PER_HOUR = 10_000
