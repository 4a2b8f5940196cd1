"""The sentence about legal rights, printed by templates in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from complaints.notices.outbox import render_notice
from conduct.editions import publish
from conduct.lint.rights import prints_rights
from conduct.models import CodeOfConductPage, Edition, PolicyPage
from conduct.rights import rights_sentence
from tests.factories import make_case, submit

LANGUAGES = [code for code, _name in project.LANGUAGES]
EVERYWHERE = pytest.mark.parametrize("language", LANGUAGES)


def sentence(language: str) -> str:
    with translation.override(language):
        return rights_sentence()


def test_every_language_has_words_of_its_own_for_it() -> None:
    assert len({sentence(language) for language in LANGUAGES}) == len(LANGUAGES) == 8


@pytest.mark.requirement("FW-RIGHTS")
@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["code", "policy"])
def test_code_and_policy_say_it_in_every_language(
    request: pytest.FixtureRequest, client: Client, kind: str
) -> None:
    page = request.getfixturevalue(f"{kind}_draft")
    publish(page)
    request_of_reader = client.get("/en/").wsgi_request
    served = {}
    for language in LANGUAGES:
        with translation.override(language):
            answer = page.in_force(request_of_reader)
            served[language] = answer.render().content.decode()

    told = [code for code in LANGUAGES if escape(sentence(code)) in served[code]]
    assert told == LANGUAGES


@pytest.mark.requirement("FW-RIGHTS")
@EVERYWHERE
@pytest.mark.django_db
def test_the_acknowledgement_says_it(language: str) -> None:
    notice = submit(language=language).case.notices.get(template="received")

    assert sentence(language) in notice.text


@pytest.mark.requirement("FW-RIGHTS")
@EVERYWHERE
@pytest.mark.django_db
def test_the_final_answer_says_it(language: str) -> None:
    case = make_case("answered", language=language)
    _subject, text, html = render_notice(
        case, "answer", language=language, context={"decision": case.decisions.get()}
    )

    assert sentence(language) in text
    assert sentence(language) in html.replace("&#x27;", "'")


@pytest.mark.requirement("FW-RIGHTS")
@EVERYWHERE
@pytest.mark.django_db
def test_the_page_to_complain_says_it(client: Client, language: str) -> None:
    from django.template import engines
    from wagtail import blocks

    from complaints.blocks import ComplaintFormBlock

    body = blocks.StreamBlock([("complaint_form", ComplaintFormBlock())]).to_python(
        [
            {
                "type": "complaint_form",
                "value": {"heading": "", "introduction": "", "categories": "all"},
            }
        ]
    )
    template = engines["django"].from_string("{% load wagtailcore_tags %}{% include_block body %}")
    request = client.get("/en/").wsgi_request
    with translation.override(language):
        shown = template.render({"body": body}, request)

    assert escape(sentence(language)) in shown


@pytest.fixture
def host(tmp_path: Path, settings: Any) -> Path:
    """A host project with templates of its own, found before ours."""
    templates = [dict(engine) for engine in settings.TEMPLATES]
    templates[0]["DIRS"] = [tmp_path]
    settings.TEMPLATES = templates
    return tmp_path


def override(host: Path, name: str, source: str) -> None:
    path = host / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")


def test_our_own_templates_print_it() -> None:
    assert [each for each in run_checks() if each.id == "conduct.E001"] == []


WITHOUT = '{% extends "conduct/base.html" %}{% block content %}{{ text.title }}{% endblock %}'


@pytest.mark.requirement("FW-RIGHTS")
@pytest.mark.parametrize(
    "name",
    [
        "conduct/document_page.html",
        "conduct/document_pdf.html",
        "conduct/document_print.html",
        "conduct_complaints/intake/form.html",
        "conduct_complaints/mail/received.txt",
        "conduct_complaints/mail/received.html",
        "conduct_complaints/answer.txt",
    ],
)
def test_a_host_that_overrides_a_template_without_it_gets_an_error(host: Path, name: str) -> None:
    override(host, name, WITHOUT)

    found = [each for each in run_checks() if each.id == "conduct.E001"]

    assert [each.msg for each in found] == [
        f"The template {name} does not print the sentence about legal rights."
    ]


@pytest.mark.requirement("FW-RIGHTS")
def test_a_policy_whose_template_lost_it_can_not_be_published(
    host: Path, policy_draft: PolicyPage
) -> None:
    override(host, "conduct/document_page.html", WITHOUT)

    with pytest.raises(ValidationError) as refusal:
        publish(policy_draft)

    assert refusal.value.messages == [
        "The template of this page leaves out that using the process takes no legal right away. "
        "Ask whoever looks after the templates to put {% rights_sentence %} into "
        "conduct/document_page.html."
    ]
    assert Edition.objects.count() == 0


@pytest.mark.parametrize(
    ("source", "prints"),
    [
        ("{% load conduct_tags %}{% rights_sentence %}", True),
        ("{{ rights }}", True),
        ("{{ answer.rights }}", True),
        ('{% include "conduct/includes/routes.html" %}', True),
        ('{% extends "conduct/document_page.html" %}', True),
        ("{# {{ rights }} #}", False),
        ("{% comment %}{% rights_sentence %}{% endcomment %}", False),
        ('{% include "own.html" %}', False),
        ('{% include "missing.html" %}', False),
    ],
)
def test_what_counts_as_printing_it(host: Path, source: str, prints: bool) -> None:
    override(host, "own.html", source)

    assert prints_rights("own.html") is prints


def test_a_code_whose_template_is_a_hosts_own_may_print_it_there(
    host: Path, code_draft: CodeOfConductPage
) -> None:
    override(
        host, "conduct/document_page.html", WITHOUT + "{% load conduct_tags %}" + "{{ rights }}"
    )

    assert publish(code_draft) is not None
