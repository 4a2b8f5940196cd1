"""The stylesheet and script keep their promises: small, readable, mirrored, from this host only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Site

ROOT = Path(settings.BASE_DIR)
CSS = (ROOT / "conduct/static/conduct/css/conduct.css").read_text(encoding="utf-8")
JS = (ROOT / "conduct/static/conduct/js/conduct.js").read_text(encoding="utf-8")
DECLARATIONS = re.sub(r"/\*.*?\*/|@media[^{]*", "", CSS, flags=re.DOTALL)

COMPONENTS = [
    "page-width",
    "prose",
    "stack",
    "cluster",
    "grid",
    "with-aside",
    "aside",
    "lead",
    "muted",
    "small",
    "visually-hidden",
    "skip-link",
    "eyebrow",
    "button",
    "button--secondary",
    "button--quiet",
    "button--danger",
    "notice",
    "notice--warning",
    "notice--success",
    "notice--error",
    "card",
    "tag",
    "tag--good",
    "tag--warn",
    "tag--bad",
    "definition-list",
    "table-wrap",
    "table",
    "timeline",
    "is-done",
    "is-current",
    "message",
    "message--them",
    "message--us",
    "breadcrumb",
    "pagination",
    "language-switcher",
    "key",
    "promise",
    "promise__code",
    "promise__statement",
    "promise__result",
    "chart",
    "form",
    "field",
    "field--error",
    "field__hint",
    "field__error",
    "fieldset",
    "choices",
    "choice",
    "error-summary",
    "form-actions",
    "honeypot",
    "optional",
]


def tokens(scheme: str) -> dict[str, str]:
    """Colours by name, as the light or the dark palette sets them."""
    start = CSS.index(":root") if scheme == "light" else CSS.index("prefers-color-scheme: dark")
    block = CSS[start : CSS.index("}", CSS.index("{", CSS.index(":root", start)))]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


BACKGROUNDS = ["paper", "surface", "sunken", "accent-tint"]
TEXTS = [
    *[
        (text, back)
        for text in ("ink", "ink-muted", "accent", "accent-strong")
        for back in BACKGROUNDS
    ],
    *[("ink", back) for back in ("good-tint", "warn-tint", "bad-tint")],
    *[(tone, f"{tone}-tint") for tone in ("good", "warn", "bad")],
    *[("bad", back) for back in ("paper", "surface", "sunken")],
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-bad", "bad"),
    ("on-bad", "bad-strong"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "background"), TEXTS)
def test_text_can_be_read_by_nearly_everyone(scheme: str, text: str, background: str) -> None:
    palette = tokens(scheme)

    assert contrast(palette[text], palette[background]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("control", ["control", "focus", "accent", "bad"])
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_controls_and_focus_ring_stand_out(scheme: str, control: str, background: str) -> None:
    palette = tokens(scheme)

    assert contrast(palette[control], palette[background]) >= 4.5


def test_dark_palette_sets_every_colour_of_the_light_one() -> None:
    assert tokens("dark").keys() == tokens("light").keys()
    assert len(tokens("light")) > 15


def test_stylesheet_and_script_stay_small() -> None:
    assert len(CSS.encode()) < 25_000
    assert len(JS.encode()) < 6_000


def test_stylesheet_is_in_layers() -> None:
    assert "@layer tokens, base, layout, components, print;" in CSS
    assert re.findall(r"^@layer (\w+) \{", CSS, flags=re.MULTILINE) == [
        "tokens",
        "base",
        "layout",
        "components",
        "print",
    ]
    assert CSS.count("{") == CSS.count("}")


def test_nothing_has_a_left_or_a_right() -> None:
    physical = re.compile(
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|float:|"
        r"(?:^|[\s;{])(?:left|right|top|bottom|(?:min-|max-)?(?:width|height)):|"
        r"text-align: (?:left|right)"
    )

    assert physical.search("a { margin-left: 4px }")
    assert physical.search("a { min-width: 4px }")
    assert physical.findall(DECLARATIONS) == []


def test_space_comes_in_steps_of_four() -> None:
    steps = [int(size) for size in re.findall(r"--space-\d+: (\d+)px", CSS)]

    assert steps == sorted(steps)
    assert {size % 4 for size in steps} == {0}


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_of_the_vocabulary_has_a_rule(component: str) -> None:
    assert re.search(rf"\.{component}(?![\w-])", CSS)


def test_reduced_motion_forced_colours_and_print_are_cared_for() -> None:
    outside = re.sub(
        r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", "", CSS, flags=re.DOTALL
    )

    assert "transition:" in CSS
    assert "transition:" not in outside
    assert "animation" not in CSS
    assert "@media (forced-colors: active)" in CSS
    assert "@media print" in CSS


def test_scripts_of_wide_lines_get_air_and_no_slant() -> None:
    rule = re.search(
        r":lang\(zh\), :lang\(ko\), :lang\(ja\), :lang\(ar\) \{(.*?)\}", CSS, re.DOTALL
    )

    assert rule
    assert "--leading: 1.6;" in rule[1]
    assert "--slant: normal;" in rule[1]
    assert "letter-spacing" not in CSS


SOURCES = [
    *sorted((ROOT / "site/home/templates").rglob("*.*ml")),
    ROOT / "conduct/templates/conduct/base.html",
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_templates_name_no_outside_host_and_hold_no_inline_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    hosts = set(re.findall(r"(?:https?:)?//([a-z0-9.-]+\.[a-z]+)", text))

    assert hosts <= {"www.w3.org", "www.sitemaps.org"}
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", text) == []


def test_stylesheet_and_script_load_nothing() -> None:
    assert re.findall(r"url\(|@import|https?:", CSS) == []
    assert re.findall(r"https?:|fetch\(|import\(", JS) == []


@pytest.fixture
def plain_base() -> DjangoTemplates:
    """Only the conduct app's own templates, as in a host project without a frame of its own."""
    return DjangoTemplates(
        {
            "NAME": "plain",
            "DIRS": [str(ROOT / "conduct/templates")],
            "APP_DIRS": False,
            "OPTIONS": {},
        }
    )


@pytest.mark.parametrize("with_site", [True, False])
@pytest.mark.django_db
def test_default_frame_needs_neither_site_nor_page(
    rf: RequestFactory, plain_base: DjangoTemplates, with_site: bool
) -> None:
    if not with_site:
        Site.objects.all().delete()

    with translation.override("ar"):
        html = plain_base.get_template("conduct/base.html").render({}, rf.get("/"))

    assert '<html lang="ar" dir="rtl">' in html
    assert '<main id="main" tabindex="-1">' in html
    assert '<a class="skip-link" href="#main">' in html


def test_default_frame_needs_no_request(plain_base: DjangoTemplates) -> None:
    html = plain_base.get_template("conduct/base.html").render({"page": {"title": "Hello"}})

    assert "<title>Hello</title>" in html
