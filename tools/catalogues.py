"""Are the catalogues complete and fresh?

Every text that the code marks for translation must be in every language's catalogue, translated,
not fuzzy, with the same placeholders, and the compiled `.mo` beside it must say the same.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
SOURCES = ["conduct", "complaints", "feedback", "site"]
EXTENSIONS = ["html", "txt", "py"]
# %(name)s and %s of gettext, {name} of str.format; a doubled %% or {{ is text.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|(?<!\{)\{\w*\}(?!\})")
MOST_SHOWN = 15

Key = tuple[str, str]


def key(entry: polib.POEntry) -> Key:
    """What makes a text one text: its context and the source words."""
    return (entry.msgctxt or "", entry.msgid)


def extract(folder: Path) -> polib.POFile:
    """Extract the sources below `folder` as Django does, into `folder/locale/django.pot`."""
    (folder / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--keep-pot"]
    for extension in EXTENSIONS:
        command += ["--extension", extension]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return polib.pofile(str(folder / "locale" / "django.pot"))


def fresh_template() -> polib.POFile | None:
    """What the code says today, extracted in a copy; None where gettext isn't installed."""
    if not shutil.which("xgettext"):
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in SOURCES:
            shutil.copytree(
                ROOT / source,
                folder / source,
                ignore=shutil.ignore_patterns("__pycache__", "migrations", "static"),
            )
        return extract(folder)


def placeholders(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text)))


def entry_problems(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one entry of a catalogue."""
    text = entry.msgid if len(entry.msgid) <= 60 else entry.msgid[:57] + "…"
    if entry.fuzzy:
        yield f"fuzzy: {text!r}"
        return
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not translations or not all(translations):
        yield f"not translated: {text!r}"
        return
    # A plural form may leave the number out ("one case"); it only may not invent one.
    allowed = set(placeholders(entry.msgid)) | set(placeholders(entry.msgid_plural or ""))
    for translation in translations:
        found = set(placeholders(translation))
        if found - allowed or (not entry.msgid_plural and found != allowed):
            yield f"placeholders {sorted(found)} instead of {sorted(allowed)}: {text!r}"


def compiled_problems(catalogue: polib.POFile, compiled: Path) -> Iterator[str]:
    """Does the `.mo` say what the `.po` says?"""
    if not compiled.exists():
        yield f"{compiled.name} is missing; `make messages` makes it"
        return
    source = {key(e): (e.msgstr, e.msgstr_plural) for e in catalogue.translated_entries()}
    target = {key(e): (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(compiled)) if e.msgid}
    if source != target:
        differing = {k for k in source.keys() | target.keys() if source.get(k) != target.get(k)}
        yield f"{compiled.name} is stale ({len(differing)} texts differ); `make messages` mends it"


def catalogue_problems(path: Path, template: polib.POFile | None) -> Iterator[str]:
    """All that is wrong with one catalogue."""
    catalogue = polib.pofile(str(path))
    entries = [entry for entry in catalogue if not entry.obsolete]
    if template is not None and path.name == "django.po":
        wanted = {key(entry) for entry in template}
        there = {key(entry) for entry in entries}
        yield from (f"missing: {text!r}" for _, text in sorted(wanted - there))
        yield from (f"no longer in the code: {text!r}" for _, text in sorted(there - wanted))
    for entry in entries:
        yield from entry_problems(entry)
    yield from compiled_problems(catalogue, path.with_suffix(".mo"))


def expected_folders() -> list[str]:
    """The folders the site's languages need; English is the language of the source."""
    from django.utils.translation import to_locale

    sys.path.insert(1, str(ROOT / "site"))
    from config.languages import LANGUAGES

    return [to_locale(code) for code, _ in LANGUAGES if code != "en"]


def main() -> int:
    template = fresh_template()
    if template is None:
        print("gettext isn't installed: the catalogues are not compared with the code.")
    failed = False
    for folder in expected_folders():
        path = LOCALE / folder / "LC_MESSAGES" / "django.po"
        if not path.exists():
            found = ["there is no catalogue"]
        else:
            found = list(catalogue_problems(path, template))
        if found:
            failed = True
            print(f"{path.relative_to(ROOT)}: {len(found)} problems")
            print("".join(f"  {problem}\n" for problem in found[:MOST_SHOWN]), end="")
            if len(found) > MOST_SHOWN:
                print(f"  … and {len(found) - MOST_SHOWN} more")
    if not failed:
        print("The catalogues are complete and fresh.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
