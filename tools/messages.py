"""`make messages`: bring the catalogues up to date with the code, and compile them.

Extracting needs gettext; compiling doesn't.
"""

import shutil
import subprocess
import sys

import polib

from tools.catalogues import EXTENSIONS, LOCALE, ROOT, SOURCES, expected_folders


def extract_all(folders: list[str]) -> None:
    """Update every `django.po` in place; what the code no longer says is dropped."""
    command = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", "--no-wrap"]
    command += ["--add-location", "file"]
    for folder in folders:
        command += ["--locale", folder]
    for extension in EXTENSIONS:
        command += ["--extension", extension]
    # Only the products: tests, tools, docs and environments hold no words for the public.
    for path in sorted(ROOT.iterdir()):
        if path.is_dir() and path.name not in {*SOURCES, "locale"}:
            command += ["--ignore", path.name]
    subprocess.run([*command, "--ignore", "migrations"], cwd=ROOT, check=True)


def compile_all(folders: list[str]) -> None:
    """Write the `.mo` beside each `.po`; fuzzy entries are left out, as gettext does."""
    for folder in folders:
        for path in sorted((LOCALE / folder / "LC_MESSAGES").glob("*.po")):
            catalogue = polib.pofile(str(path))
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            print(f"{folder}: {catalogue.percent_translated()} % translated")


def main() -> int:
    folders = expected_folders()
    LOCALE.mkdir(exist_ok=True)
    if shutil.which("xgettext"):
        extract_all(folders)
    else:
        print("gettext isn't installed (apt install gettext): compiling only.")
    compile_all(folders)
    return 0


if __name__ == "__main__":
    sys.exit(main())
