"""The scripts behind the Makefile do find what they look for."""

from pathlib import Path

import polib
import pytest

from tools import catalogues, requirements, tree

pytest_plugins = ["pytester"]


def test_nothing_forbidden_is_in_the_tree() -> None:
    assert tree.problems(tree.tracked_files()) == []


def test_vague_names_and_long_files_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "__init__.py").touch()
    (tmp_path / "utils.py").write_text("x = 1\n" * (tree.MOST_LINES + 1))

    assert tree.problems([Path("utils.py")]) == [
        "site/__init__.py must not exist: a package named `site` shadows the standard library's.",
        "utils.py: name it after what it is about.",
        f"utils.py has {tree.MOST_LINES + 1} lines; {tree.MOST_LINES} is the most.",
    ]


def entry(msgid: str, msgstr: str, *, fuzzy: bool = False) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, flags=["fuzzy"] if fuzzy else [])


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (entry("Close", "Schließen"), []),
        (entry("Close", ""), ["not translated: 'Close'"]),
        (entry("Close", "Schließen", fuzzy=True), ["fuzzy: 'Close'"]),
        (entry("By %(day)s", "Bis %(day)s"), []),
        (
            entry("By %(day)s", "Bis %(tag)s"),
            ["placeholders ['%(tag)s'] instead of ['%(day)s']: 'By %(day)s'"],
        ),
        (entry("By {day}", "Bis"), ["placeholders [] instead of ['{day}']: 'By {day}'"]),
        (entry("100 % sure", "100 % sicher"), []),
    ],
)
def test_catalogue_entries_are_judged(given: polib.POEntry, found: list[str]) -> None:
    assert list(catalogues.entry_problems(given)) == found


def test_plural_forms_may_leave_the_number_out_but_not_invent_one() -> None:
    plural = polib.POEntry(
        msgid="%(n)s case",
        msgid_plural="%(n)s cases",
        msgstr_plural={0: "ein Fall", 1: "%(n)s Fälle"},
    )
    assert list(catalogues.entry_problems(plural)) == []

    plural.msgstr_plural[0] = "%(m)s Fall"
    assert len(list(catalogues.entry_problems(plural))) == 1


def test_missing_stale_and_uncompiled_texts_are_found(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(entry("Old", "Alt"))
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    template = polib.POFile()
    template.append(entry("New", ""))

    assert list(catalogues.catalogue_problems(path, template)) == [
        "missing: 'New'",
        "no longer in the code: 'Old'",
    ]

    catalogue[0].msgstr = "Früher"
    catalogue.save(str(path))
    assert list(catalogues.catalogue_problems(path, None)) == [
        "django.mo is stale (1 texts differ); `make messages` mends it"
    ]


def test_requirement_list_is_whole() -> None:
    known = requirements.read()

    assert len(known) == 224
    assert {r.priority for r in known.values()} == {"must", "should", "could"}
    assert [r.id for r in known.values() if not r.title] == []
    assert [r.id for r in known.values() if len(r.title.split()) > 12] == []


def test_a_mark_with_an_unknown_id_stops_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.requirement("10002-7.2", "10002-99.9")
        def test_something():
            pass
        """
    )

    result = pytester.runpytest_inprocess("-p", "tools.requirements", "-p", "no:django")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*test_something: 10002-99.9"])


def test_table_shows_proofs_and_unproven_musts() -> None:
    known = requirements.read()

    shown = requirements.table(known, {"10002-7.2": ["tests/x.py::test_receipt"]})

    assert f"10002-7.2      must    {known['10002-7.2'].title}\n" in shown
    assert "tests/x.py::test_receipt" in shown
    assert "Must-requirements without a test (133 of 134):" in shown
