#!/usr/bin/env python
"""Django's command line for the reference site."""

import os
import sys
from pathlib import Path

# A package named `site` would shadow the standard library's, so the folder itself goes on the path.
sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
