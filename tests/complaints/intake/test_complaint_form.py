"""Every field of table C1 gets where it belongs; mistakes are said so that they can be mended."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from complaints.intake.complaint_form import ComplaintForm
from complaints.models import Case, Category
from conduct.models import Promise
from tests.complaints.intake.sending import WORDS, answers, send, text_of
from tests.factories import make_category, make_remedy_kind

pytestmark = pytest.mark.django_db

# Table C1: what is typed, and where it is found afterwards (a path from the case).
TABLE_C1 = [
    (
        "description",
        "Es regnete.\r\nZwei Tage lang.",
        "description",
        "Es regnete.\nZwei Tage lang.",
    ),
    ("urgent", "on", "urgent", True),
    ("product", "Umbrella", "product", "Umbrella"),
    ("order_number", "4711", "order_number", "4711"),
    ("place", "Hanoi", "place", "Hanoi"),
    ("staff_named", "Mr Lee", "staff_named", "Mr Lee"),
    ("happened_on", "2026-03-31", "happened_on", date(2026, 3, 31)),
    ("happened_when", "last spring", "happened_when", "last spring"),
    ("still_going_on", "on", "still_going_on", True),
    ("happened_before", "on", "happened_before", True),
    ("earlier_contact", "Call, ref 12", "earlier_contact", "Call, ref 12"),
    ("effect", "I had to buy another.", "effect", "I had to buy another."),
    ("remedy_wanted", "My money", "remedy_wanted", "My money"),
    ("elsewhere", "Ombudsman", "elsewhere", "Ombudsman"),
    ("name", "김민지", "complainant.name", "김민지"),
    ("name", "O", "complainant.name", "O"),
    ("address_as", "Ms Kim", "complainant.address_as", "Ms Kim"),
    ("email", "a@b.example", "complainant.email", "a@b.example"),
    ("phone", "٠١٢٣٤", "complainant.phone", "٠١٢٣٤"),
    ("contact_times", "after 17:00", "complainant.contact_times", "after 17:00"),
    ("support_needs", "large print", "complainant.support_needs", "large print"),
    ("reply_by", "online", "complainant.reply_by", "online"),
    ("language", "ar", "language", "ar"),
    ("may_be_surveyed", "on", "may_be_surveyed", True),
    ("representative_name", "Ana", "representative.name", "Ana"),
    ("representative_relation", "daughter", "representative.relation", "daughter"),
    ("representative_email", "ana@b.example", "representative.email", "ana@b.example"),
    ("representative_phone", "12345", "representative.phone", "12345"),
]


def stored(path):
    value = Case.objects.get()
    for name in path.split("."):
        value = getattr(value, name)
    return value


@pytest.mark.requirement("10002-7.2")
@pytest.mark.parametrize(("field", "typed", "path", "expected"), TABLE_C1)
def test_each_answer_is_stored(client, field, typed, path, expected):
    assert "We have your complaint" in text_of(send(client, **{field: typed}))
    assert stored(path) == expected


def test_the_postal_address_is_put_together(client):
    send(client, email=None, street="1 High Street", town="Seoul", postcode="04524", country="kr")
    party = Case.objects.get().complainant
    assert party.postal_address == "1 High Street\n04524 Seoul\nkr"
    assert (party.country, party.reply_by) == ("KR", "post")


@pytest.mark.requirement("10002-7.2")
def test_category_promise_and_remedies_come_from_the_organisations_lists(client):
    category = make_category("late", parent=make_category("delivery"))
    promise = Promise.objects.create(code="D1", statement="In 3 days.", state="live")
    kind = make_remedy_kind("refund")
    send(client, category="late", promise="D1", remedies=["refund"])
    case = Case.objects.get()
    issue = case.issues.get()
    assert (issue.category, issue.promise) == (category, promise)
    assert list(case.remedies_wanted.all()) == [kind]
    assert case.team == category.team


def test_a_retired_category_is_not_offered_and_not_taken(client):
    Category.objects.create(code="old", name="Old", is_active=False)
    response = send(client, category="old")
    assert "What is it about? – This is no longer offered. Choose again." in text_of(response)
    assert WORDS in text_of(response)
    assert not Case.objects.exists()


def test_whom_to_write_to_is_kept(client):
    send(client, email=None, answer_to="representative", representative_email="ana@b.example")
    case = Case.objects.get()
    assert case.answer_to_representative
    assert case.correspondent == case.representative


@pytest.mark.requirement("GDPR-6")
def test_no_consent_is_needed_and_none_is_ticked_beforehand(client):
    page = text_of(client.get("/en/case/send/"))
    assert "checked>" not in page.replace('type="hidden" name="checked"', "")
    send(client)
    assert Case.objects.get().may_be_surveyed is False


def test_an_anonymous_complaint_needs_no_address_and_keeps_none(client):
    response = send(client, email=None, anonymous="on", support_needs="large print")
    party = Case.objects.get().complainant
    assert party.is_anonymous
    assert (party.reply_by, party.support_needs) == ("online", "large print")
    assert "without it there is no way back to your case" in text_of(response)


PAST_TEXT = "a" * 40_001
TOMORROW = timezone.localdate() + timedelta(days=3)
MISTAKES = [
    ({"description": " \x00 "}, "description", "Tell us what happened, in a sentence at least."),
    (
        {"description": PAST_TEXT},
        "description",
        "This text has 40001 characters; 40000 can be sent.",
    ),
    ({"email": None}, "email", "Write your e-mail address, telephone number or postal address"),
    ({"email": "kim"}, "email", "Write the e-mail address in full, such as name@example.com."),
    (
        {"email": None, "reply_by": "phone"},
        "phone",
        "Write your telephone number, or choose another",
    ),
    ({"email": None, "reply_by": "post"}, "street", "Write your postal address, or choose another"),
    ({"phone": "later"}, "phone", "Write the telephone number with its digits"),
    ({"anonymous": "on"}, "anonymous", "You chose to stay anonymous and also wrote who you are."),
    ({"answer_to": "representative"}, "representative_email", "so that we can reach them"),
    ({"happened_on": "yesterday"}, "happened_on", "Write the date as year-month-day"),
    ({"happened_on": TOMORROW.isoformat()}, "happened_on", "This date lies ahead."),
    ({"happened_on": "0026-01-01"}, "happened_on", "Write the year with four digits"),
    ({"name": "n" * 201}, "name", "This text has 201 characters; 200 can be sent."),
]


@pytest.mark.requirement("WCAG-FORM")
@pytest.mark.parametrize(("typed", "field", "sentence"), MISTAKES)
def test_a_mistake_is_told_in_the_summary_and_at_the_field(client, typed, field, sentence):
    response = send(client, place="Hanoi", **typed)
    page = text_of(response)
    assert response.status_code == 422
    assert not Case.objects.exists()
    assert "<title>Error: complain" in page
    assert 'class="error-summary" role="alert" tabindex="-1"' in page
    assert page.count(sentence) == 2
    assert f'<a href="#complaint-{field}">' in page
    assert f'id="complaint-{field}"' in page
    assert f'id="complaint-{field}_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="Hanoi"' in page
    assert typed.get("email") != "kim" or 'value="kim"' in page
    assert "invalid" not in page.replace("aria-invalid", "")


def test_forty_thousand_characters_are_taken_whatever_the_script(client):
    send(client, description="😀" * 39_999 + "e")
    assert len(Case.objects.get().description) == 40_000


def test_what_breaks_things_is_left_out_and_the_rest_stays_as_typed(client):
    typed = "e\u0301 \u202eevil\u202c 👩‍👩‍👧 \x00\x07end"
    response = send(client, description=typed, name="Kim\r\nBcc: all@example.com")
    case = Case.objects.get()
    assert case.description == "e\u0301 \u202eevil\u202c 👩‍👩‍👧 end"
    assert case.complainant.name == "Kim Bcc: all@example.com"
    assert f"<dd><bdi>{case.description}</bdi></dd>" in text_of(response)


@pytest.mark.requirement("WCAG-FORM")
def test_every_field_has_a_label_and_fields_about_a_person_an_autocomplete_token():
    form = ComplaintForm()
    for field in form.visible_fields():
        assert field.label
        assert str(field.label) != field.name
    tokens = {name: form.fields[name].widget.attrs.get("autocomplete") for name in form.fields}
    assert {name: token for name, token in tokens.items() if token not in {None, "off"}} == {
        "name": "name",
        "email": "email",
        "phone": "tel",
        "street": "street-address",
        "town": "address-level2",
        "postcode": "postal-code",
        "country": "country-name",
    }


@pytest.mark.requirement("WCAG-FORM")
def test_text_in_any_direction_reads_right(client):
    page = client.get("/ar/case/send/").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert 'name="description"' in page
    for name in ("description", "name", "effect", "street"):
        assert ComplaintForm().fields[name].widget.attrs["dir"] == "auto"


def test_the_language_of_the_page_is_the_language_of_the_reply(client):
    client.post("/ko/case/send/", answers())
    assert Case.objects.get().language == "ko"
