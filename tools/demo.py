"""`make demo`: the reference site with its demo content, on one machine, with nothing else running.

One process does it all, because starting Django is the slow part.
"""

import os
import sys
from pathlib import Path

ACCOUNTS = ["handler", "handler2", "lead", "quality", "auditor", "privacy", "editor", "admin"]
PLACES = [
    ("the site", "/"),
    ("code of conduct", "/en/code-of-conduct/"),
    ("complain", "/en/complain/"),
    ("follow a case", "/en/case/"),
    ("what was measured", "/en/performance/"),
    ("staff", "/admin/"),
]


def welcome(address: str, mail: Path) -> str:
    """What a person who started the demo wants to know, as plain text."""
    width = max(len(name) for name, _ in PLACES)
    lines = ["", "Open one of these:", ""]
    lines += [f"  {name:<{width}}  {address}{path}" for name, path in PLACES]
    lines += [
        "",
        f"Staff accounts, each with the password 'demo': {', '.join(ACCOUNTS)}",
        f"Mail is written to {mail}, one file a message. Ctrl+C stops the server.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    root = Path(__file__).resolve().parents[1]
    sys.path.insert(1, str(root / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    port = int(os.environ.get("PORT") or 8000)
    address = f"http://127.0.0.1:{port}"
    # Links in mails lead to where the demo is served.
    os.environ.setdefault("WAGTAILADMIN_BASE_URL", address)
    # It is one person's machine, and the server says so itself.
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")

    print("Preparing the database …", flush=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("demo")
    print(welcome(address, root / "var" / "mail"), flush=True)
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True)


if __name__ == "__main__":
    main()
