"""How the reports call things."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language_info, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .translations import Progress, Translated

KINDS: dict[str, str | LazyText] = {
    "code": pgettext_lazy("kind of edition", "Code of conduct"),
    "policy": pgettext_lazy("kind of edition", "Complaints policy"),
    "promise": _("Promise"),
}


def progress_words(row: Translated) -> str:
    """The state of a translation, with how far behind it is."""
    if row.progress == Progress.BEHIND and row.behind:
        return ngettext("%(count)s edition behind", "%(count)s editions behind", row.behind) % {
            "count": row.behind
        }
    return {
        Progress.UP_TO_DATE: gettext("Up to date"),
        Progress.BEHIND: gettext("Out of date"),
        Progress.PARTLY: gettext("Partly translated"),
        Progress.UNTRANSLATED: gettext("Not translated"),
    }[row.progress]


def language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
