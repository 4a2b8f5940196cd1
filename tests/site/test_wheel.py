"""The built wheel in a project of a stranger, added exactly as README.md says."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
pytestmark = pytest.mark.slow

STEP = re.compile(r"<!-- step: (\w+) -->\n( *)```\w+\n(.*?)\n *```", re.DOTALL)
# Where the bare project hands over to Wagtail's pages: the lines that the README replaces.
PAGES = re.compile(r"^urlpatterns = urlpatterns \+ \[.*?^\]", re.DOTALL | re.MULTILINE)
FORM_TEMPLATE = """{% extends "base.html" %}{% load wagtailcore_tags %}
{% block content %}<h1>{{ page.title }}</h1>{% include_block page.body %}{% endblock %}
"""
VISIT = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
from home.models import FormPage, HomePage
from wagtail.models import Locale, Site

dutch = Locale.objects.create(language_code="nl")
home = HomePage.objects.get()
page = FormPage(title="Complain", slug="complain", body=[("complaint_form", {})])
home.add_child(instance=page)
dutch_home = home.copy_for_translation(dutch)
dutch_home.save_revision().publish()
translated = page.copy_for_translation(dutch)
translated.title = "Klacht indienen"
translated.save_revision().publish()

seen = {}
for path in ["/en/complain/", "/nl/complain/"]:
    response = Client().get(path, headers={"host": "localhost"})
    seen[path] = [response.status_code, response.content.decode(), list(response.cookies)]
print(json.dumps(seen))
"""


@dataclass(frozen=True)
class Project:
    """A bare Wagtail project with an environment of its own."""

    folder: Path
    python: Path

    def run(self, *arguments: str) -> str:
        """Run Python in the project and return what it says; shows all of it on a failure."""
        # Nothing of this repository: neither its settings nor its folders.
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "PYTHON", "VIR"))
        }
        result = subprocess.run(
            [self.python, *arguments],
            cwd=self.folder,
            env=kept
            | {
                "DJANGO_SETTINGS_MODULE": "mysite.settings.dev",
                "FIELD_ENCRYPTION_KEYS": "d2hlZWwtdGVzdC1vbmx5LW5vdC1hLXNlY3JldC0hISE=",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, f"{arguments}\n{result.stdout}\n{result.stderr}"
        return result.stdout


def steps(repository: Path) -> dict[str, str]:
    """The code of each step of the README, without its indentation."""
    found = {}
    for name, indent, code in STEP.findall((repository / "README.md").read_text("utf-8")):
        found[name] = "\n".join(line.removeprefix(indent) for line in code.splitlines()) + "\n"
    return found


@pytest.fixture(scope="module", autouse=True)
def _system_certificates() -> Iterator[None]:
    """The same as `tools/environment`: a company's network may have an authority of its own."""
    with pytest.MonkeyPatch.context() as patch:
        if any(Path(bundle).exists() for bundle in BUNDLES) and "UV_SYSTEM_CERTS" not in os.environ:
            patch.setenv("UV_SYSTEM_CERTS", "true")
        yield


def find_uv(repository: Path) -> str | None:
    """uv, which builds and installs in seconds; without it, pip does."""
    for candidate in ("uv", str(repository / ".uv" / "bin" / "uv")):
        path = shutil.which(candidate)
        if (
            path
            and subprocess.run([path, "--version"], capture_output=True, check=False).returncode
            == 0
        ):
            return path
    return None


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    target = tmp_path_factory.mktemp("wheel")
    uv = find_uv(repository)
    command = [uv, "build"] if uv else [sys.executable, "-m", "build"]
    subprocess.run(
        [*command, "--wheel", "--out-dir" if uv else "--outdir", str(target), str(repository)],
        check=True,
        capture_output=True,
    )
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def project(repository: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project as `wagtail start` makes it, with the wheel installed and nothing added yet."""
    folder = tmp_path_factory.mktemp("project")
    environment = folder / "environment"
    python = environment / "bin" / "python"
    # The versions of this run, so that the result is about our wheel and not about today's index.
    constraints = folder / "constraints.txt"
    constraints.write_text(
        "".join(
            f"{each.name}=={each.version}\n"
            for each in metadata.distributions()
            if each.name != "wagtail-conduct"
        )
    )
    uv = find_uv(repository)
    if uv:
        subprocess.run([uv, "venv", "--python", sys.executable, str(environment)], check=True)
        install = [uv, "pip", "install", "--python", str(python)]
    else:
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        install = [str(python), "-m", "pip", "install"]
    subprocess.run([*install, "--quiet", "--constraint", str(constraints), str(wheel)], check=True)
    subprocess.run([environment / "bin" / "wagtail", "start", "mysite"], cwd=folder, check=True)
    return Project(folder=folder / "mysite", python=python)


def follow(project: Project, step: dict[str, str]) -> None:
    """Do what the README's steps say."""
    settings = project.folder / "mysite" / "settings" / "base.py"
    settings.write_text(settings.read_text() + step["settings"])
    urls = project.folder / "mysite" / "urls.py"
    replaced, count = PAGES.subn("", urls.read_text())
    assert count == 1, "The bare project's urls.py no longer looks as the README expects."
    urls.write_text(replaced + step["urls"])
    models = project.folder / "home" / "models.py"
    models.write_text(models.read_text() + step["page"])
    template = project.folder / "home" / "templates" / "home" / "form_page.html"
    template.write_text(FORM_TEMPLATE)


@pytest.fixture(scope="module")
def site(repository: Path, project: Project) -> Project:
    """The project after the README's last step."""
    follow(project, steps(repository))
    project.run("manage.py", "makemigrations", "home")
    project.run("manage.py", "migrate", "--verbosity", "0")
    return project


def test_readme_has_each_step(repository: Path) -> None:
    assert list(steps(repository)) == ["install", "settings", "urls", "page", "migrate"]
    assert steps(repository)["install"] == "pip install wagtail-conduct\n"
    assert steps(repository)["migrate"] == "python manage.py migrate\n"


def test_wheel_carries_the_apps_and_every_catalogue(repository: Path, wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    catalogues = {
        f"conduct/{path.relative_to(repository).as_posix()}"
        for path in (repository / "locale").rglob("*.mo")
    }

    assert len(catalogues) >= 7
    assert catalogues <= names
    tops = {name.split("/")[0] for name in names if not name.startswith("wagtail_conduct-")}
    assert tops == {"conduct", "complaints", "feedback"}
    assert not [name for name in names if "__pycache__" in name]


def test_nothing_is_left_to_migrate_or_to_mend_with_other_languages(site: Project) -> None:
    """Although the site's languages are not those that the migrations were made with."""
    assert "No changes detected" in site.run("manage.py", "makemigrations", "--check", "--dry-run")
    assert "no issues" in site.run("manage.py", "check")
    location = site.run("-c", "import complaints; print(complaints.__file__)")
    assert str(site.python.parents[1]) in location


def test_a_page_shows_the_form_and_its_translation_does_too(site: Project) -> None:
    seen = json.loads(site.run("-c", VISIT).splitlines()[-1])

    status, english, cookies = seen["/en/complain/"]
    assert (status, cookies) == (200, [])
    assert re.search(r'<form[^>]+method="post"', english)
    assert 'type="file"' in english
    status, dutch, cookies = seen["/nl/complain/"]
    assert (status, cookies) == (200, [])
    assert "<h1>Klacht indienen</h1>" in dutch
    assert re.search(r'<form[^>]+action="/nl/', dutch)


def test_installed_catalogues_speak(site: Project) -> None:
    """A language of ours works in any host, without its own LOCALE_PATHS."""
    say = (
        "import django; from django.conf import settings; "
        "settings.LANGUAGES += [('de', 'German')]; django.setup(); "
        "from django.utils.translation import override; "
        "from complaints.apps import ComplaintsConfig\n"
        "with override('de'): print(ComplaintsConfig.verbose_name)"
    )

    assert site.run("-c", say).strip() == "Beschwerden"
