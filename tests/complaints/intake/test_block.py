"""The form in any page: the page is the same for everybody and may be cached."""

import re
from urllib.parse import urlencode

import pytest
from django.db.migrations.writer import MigrationWriter
from django.http import HttpResponse, QueryDict
from django.template import engines
from django.urls import path
from wagtail import blocks
from wagtail.models import Site

from complaints.blocks import ComplaintFormBlock
from complaints.intake.choices import CategoriesShown, question_choices
from complaints.intake.parts.problem import FirstProblemPart
from complaints.models import ExtraQuestion, HandlingSettings
from conduct.models import Promise
from config.urls import urlpatterns as site_urls
from tests.complaints.intake.sending import WORDS, text_of
from tests.factories import make_category

pytestmark = pytest.mark.django_db
BODY = blocks.StreamBlock([("complaint_form", ComplaintFormBlock())])
FRAME = (
    '{% extends "conduct/base.html" %}{% load wagtailcore_tags %}'
    "{% block content %}{% include_block body %}{% endblock %}"
)


def page(request):
    value = {"heading": "Tell us", "introduction": "<p>We <b>listen</b>.</p>",
             "categories": request.GET.get("shown", "all")}  # fmt: skip
    body = BODY.to_python([{"type": "complaint_form", "value": value}])
    template = engines["django"].from_string(FRAME)
    return HttpResponse(template.render({"body": body}, request))


urlpatterns = [path("en/any-page/", page), *site_urls]


@pytest.fixture(autouse=True)
def _with_a_page(settings):
    settings.ROOT_URLCONF = __name__


def test_the_page_sets_no_cookie_and_varies_with_no_cookie(client, admin_client):
    for visitor in (client, admin_client):
        response = visitor.get("/en/any-page/")
        assert "What happened?" in text_of(response)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert "csrf" not in text_of(response).lower()


def test_everybody_gets_the_same_bytes(client, admin_client):
    first = client.get("/en/any-page/", headers={"accept-language": "ko"}, REMOTE_ADDR="10.1.1.1")
    assert first.content == admin_client.get("/en/any-page/").content


def test_the_page_holds_no_token_but_the_address_of_one(client):
    text = text_of(client.get("/en/any-page/"))
    assert '<input type="hidden" name="token" value="" autocomplete="off">' in text
    assert 'data-token-url="/en/case/token/"' in text


def test_the_strict_policy_holds_for_the_form(client):
    text = text_of(client.get("/en/any-page/"))
    assert re.findall(r"\sstyle=|\son[a-z]+=|javascript:|<style", text) == []
    assert re.findall(r"<script(?![^>]* src=)", text) == []


def test_the_link_from_a_promise_presets_it(client):
    Promise.objects.create(code="D1", statement="We deliver in 3 days.", state="live")
    text = text_of(client.get("/en/any-page/?promise=D1"))
    assert '<option value="D1" selected>D1: We deliver in 3 days.</option>' in text
    assert "selected>D1" not in text_of(client.get("/en/any-page/?promise=%22%3E%3Cscript"))


def test_the_editors_words_are_shown(client):
    text = text_of(client.get("/en/any-page/"))
    assert '<h2 id="complaint-form">Tell us</h2>' in text
    assert "We <b>listen</b>." in text


def test_the_editor_chooses_which_categories_are_offered(client):
    make_category("late", parent=make_category("delivery"), name="Late")
    all_of_them = text_of(client.get("/en/any-page/"))
    assert '<optgroup label="Delivery">' in all_of_them
    assert '<option value="late">Late</option>' in all_of_them
    top = text_of(client.get("/en/any-page/?shown=top"))
    assert '<option value="delivery">Delivery</option>' in top
    assert '"late"' not in top
    assert "What is it about?" not in text_of(client.get("/en/any-page/?shown=none"))


def test_the_choice_of_categories_survives_a_mistake(client):
    response = client.post(
        "/en/case/send/", {"description": "", "categories": CategoriesShown.NONE}
    )
    assert "What is it about?" not in text_of(response)
    response = client.post("/en/case/send/", {"description": WORDS, "categories": "nonsense"})
    assert "What is it about?" in text_of(response)


def test_advice_for_emergencies_and_free_of_charge_come_with_the_form(client):
    handling = HandlingSettings.for_site(Site.objects.get(is_default_site=True))
    handling.emergency_advice = "In danger? Call 112."
    handling.save()
    text = text_of(client.get("/en/any-page/"))
    assert "In danger? Call 112." in text
    assert "Free of charge. You don&#x27;t need an account." in text.replace("don't", "don&#x27;t")
    assert "Using this process does not limit your legal rights" in text
    assert "Up to 5 files of 10.0\xa0MB each" in client.get("/en/any-page/").content.decode()


def context_of(**value):
    body = BODY.to_python([{"type": "complaint_form", "value": value}])
    return body[0].block.get_context(body[0].value)


def test_a_form_from_before_is_one_page_without_questions_of_its_own():
    context = context_of(heading="Tell us", categories="all")
    assert (context["layout"], context["chosen_questions"]) == ("page", [])


def test_an_editor_chooses_the_layout_and_questions_of_a_form():
    for code, where in (("seat", "chosen"), ("name", "everywhere"), ("train", "chosen")):
        ExtraQuestion.objects.create(code=code, label=f"{code.title()}?", where=where)
    block = ComplaintFormBlock()
    field = block.child_blocks["questions"].field
    assert list(field.choices) == [("seat", "Seat?"), ("train", "Train?")]
    sent = {"b-heading": "", "b-introduction": "null", "b-categories": "all", "b-layout": "steps"}
    form = QueryDict(urlencode(sent | {"b-questions": "train"}))
    value = block.clean(block.value_from_datadict(form, {}, "b"))
    context = context_of(**block.get_prep_value(value))
    assert (context["layout"], context["chosen_questions"]) == ("steps", ["train"])
    assert context["form"].initial == {"categories": "all", "chosen": "train"}
    assert isinstance(context["form"], FirstProblemPart)


def test_a_page_s_definition_knows_no_questions(django_assert_num_queries):
    """Otherwise every new question would want a migration."""
    with django_assert_num_queries(0):
        definition = MigrationWriter.serialize(ComplaintFormBlock())
        questions = ComplaintFormBlock().child_blocks["questions"].deconstruct()
    assert "complaints" not in definition[0].replace("complaints.intake.choices", "")
    assert questions[2]["choices"] is question_choices


@pytest.mark.django_db
def test_the_way_to_the_other_layout_keeps_the_promise_of_the_link(client):
    page = client.get("/en/case/send/?promise=D1").content.decode()
    assert 'href="/en/case/start/?promise=D1"' in page
    page = client.get("/en/case/start/?promise=D%221").content.decode()
    assert 'href="/en/case/send/?promise=D%221"' in page
