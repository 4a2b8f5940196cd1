"""What a message begins with: which templates are offered, how they are filled in, and that nothing
typed is lost."""

from __future__ import annotations

from typing import Any

import pytest

from complaints.backoffice.replies import categories_above, fill, fitting, left_open, values_for
from complaints.models import Case, Category, ReplyTemplate
from conduct.models import Organisation
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_actions import action_url, filled
from tests.factories import Staff, make_case, make_category

pytestmark = pytest.mark.django_db


def make_template(code: str = "sorry", **fields: Any) -> ReplyTemplate:
    fields = {"stage": "update", "name_en": code, "body_en": "Your case {reference}."} | fields
    return ReplyTemplate.objects.create(code=code, **fields)


def codes(case: Case, action: str) -> list[str]:
    return [template.code for template in fitting(case, action)]


def test_variables_become_words_of_the_case_in_the_complainants_language(staff: Staff) -> None:
    case = make_case("investigating", language="ko", category=make_category(name_ko="배송"))
    organisation = Organisation.for_site(case.site)
    organisation.name_ko = "메로 택배"
    organisation.save()
    case = Case.objects.get(pk=case.pk)
    values = values_for(case, "ko", staff.lead)
    assert values | {"due": "", "received": ""} == {
        "name": "Kim Min-ji",
        "reference": case.reference,
        "category": "배송",
        "received": "",
        "due": "",
        "handler": "Handler",
        "organisation": "메로 택배",
        "remedies": "",
    }
    assert values["due"].endswith("일")
    assert values["received"].endswith("일")


def test_what_is_promised_is_listed(staff: Staff) -> None:
    case = make_case("answered")
    assert values_for(case, "en", staff.lead)["remedies"] == "- Refund: Postage back, 20.00 EUR"


def test_only_known_names_are_filled_in_and_nothing_is_run() -> None:
    text = "{name} { reference } {% now 'Y' %} {{ case }} {unknown} {due} {...}"
    assert fill(text, {"name": "<b>", "reference": "C-1", "due": ""}) == (
        "<b> C-1 {% now 'Y' %} {{ case }} {unknown} {due} {...}"
    )
    assert left_open(text) == ["{name}", "{reference}", "{due}", "{…}"]


def test_templates_fit_the_message_the_kind_and_the_category(staff: Staff) -> None:
    above = make_category("parcels")
    below = make_category("damaged", parent=above)
    case = make_case("investigating", category=below)
    case.issues.update(category=below)
    make_template("everywhere")
    make_template("above", category=above)
    make_template("below", category=below, order=1)
    make_template("elsewhere", category=make_category("billing"))
    make_template("compliments", kind="compliment")
    make_template("off", is_active=False)
    make_template("answer", stage="answer")
    make_template("review", stage="review")
    assert codes(case, "update") == ["above", "everywhere", "below"]
    assert codes(case, "propose") == ["answer"]
    case.stage = 2
    assert codes(case, "propose") == ["review"]
    assert codes(case, "note") == []


def test_a_circle_of_categories_ends(staff: Staff) -> None:
    above = make_category("parcels")
    below = make_category("damaged", parent=above)
    Category.objects.filter(pk=above.pk).update(parent=below)
    case = make_case("open")
    case.issues.update(category=below)
    assert categories_above(case) == {above.pk, below.pk}


def test_the_form_offers_the_template_filled_in(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    template = make_template()
    page = browse(staff.handler).get(action_url(case, "update")).content.decode()
    assert f'data-theirs="Your case {case.reference}."' in page
    assert f'<option value="{template.pk}"' in page


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", "Your case {reference}."),
        ("Hello Kim.", "Hello Kim.\n\nYour case {reference}."),
    ],
)
def test_use_it_puts_it_in_below_what_was_typed(
    typed: str, expected: str, browse: Browse, staff: Staff
) -> None:
    case = make_case("investigating")
    template = make_template()
    client, url = browse(staff.handler), action_url(case, "update")
    data = filled(client.get(url).context["form"], text=typed, template=template.pk)
    page = client.post(url, data | {"use_template": "1"})
    form = page.context["form"]
    assert form["text"].value() == fill(expected, {"reference": case.reference})
    assert form["template"].value() == ""
    assert "Nothing was done yet" not in page.content.decode()
    assert case.messages.filter(purpose="update").count() == 0


def test_use_it_keeps_all_that_was_typed_in_a_proposal(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    template = make_template(stage="answer")
    client, url = browse(staff.handler), action_url(case, "propose")
    issue = case.issues.get()
    typed = {
        f"reasons_{issue.pk}": "It rained.", f"finding_{issue.pk}": "upheld",
        "remedies-0-description": "Postage", "cause": "No shelter", "template": template.pk,
    }  # fmt: skip
    form = client.get(url).context["form"]
    form = client.post(url, filled(form) | typed | {"use_template": "1"}).context["form"]
    assert form["answer"].value() == f"Your case {case.reference}."
    assert form[f"reasons_{issue.pk}"].value() == "It rained."
    assert form[f"finding_{issue.pk}"].value() == "upheld"
    assert form["cause"].value() == "No shelter"
    assert form.rows.forms[0]["description"].value() == "Postage"


def test_what_stands_in_braces_still_is_asked_for_before_it_goes(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("investigating")
    client, url = browse(staff.handler), action_url(case, "update")
    data = filled(client.get(url).context["form"], text="We did this: {…} Until {due}.")
    page = client.post(url, data | {"confirmed": "1"})
    assert page.context["form"].errors == {
        "text": ["Fill in what stands in braces, or take it out: {…}, {due}."]
    }
    assert page.context["form"]["text"].value() == "We did this: {…} Until {due}."
    assert case.messages.filter(purpose="update").count() == 0
    # Other braces are the person's own business.
    page = client.post(url, data | {"text": "Type {x}."})
    assert "Type {x}." in page.context["preview"].text


def test_a_template_that_is_not_there_in_the_language_is_marked(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("investigating", language="ko")
    make_template("english")
    make_template("both", body_ko="사건 {reference}.", name_ko="둘 다")
    page = browse(staff.handler).get(action_url(case, "update")).content.decode()
    assert "english (not in Korean yet: translate it)" in page
    assert ">both</option>" in page
    assert f'data-theirs="사건 {case.reference}."' in page


def test_a_form_without_words_for_the_complainant_offers_none(browse: Browse, staff: Staff) -> None:
    case = make_case("open")
    make_template()
    form = browse(staff.lead).get(action_url(case, "assign")).context["form"]
    assert "template" not in form.fields


def test_the_number_of_templates_costs_no_query(
    browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    case = make_case("investigating")
    make_template()
    client, url = browse(staff.handler), action_url(case, "update")
    first = _queries(client, url)
    for number in range(29):
        make_template(f"t{number}", category=make_category("delivery"))
    assert _queries(client, url) == first


def _queries(client: Any, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)
