"""The sentence that goes with every policy, acknowledgement and answer."""

from django.utils.translation import gettext


def rights_sentence() -> str:
    """Say, in the active language, that using the process takes no legal right away."""
    return gettext(
        "Using this process does not limit your legal rights: you can still go to court, to a "
        "regulator or to any other body that can help you."
    )
