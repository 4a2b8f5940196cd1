"""A reply written in the handler's language: the translation stands beside it, is read, is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from complaints.models import Case, ReplyTemplate
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_actions import action_url, filled, proposal_data
from tests.factories import Staff, make_case, make_category

pytestmark = pytest.mark.django_db

MINE = {"write_in": "mine", "source_text": "Which day was it?", "text": "في أي يوم كان ذلك؟"}


def posted(client: Any, case: Case, action: str = "ask", **data: Any) -> dict[str, Any]:
    return filled(client.get(action_url(case, action)).context["form"], **data)


def test_who_reads_the_admin_in_the_complainants_language_is_not_asked(
    browse: Browse, staff: Staff
) -> None:
    form = browse(staff.handler).get(action_url(make_case("open"), "ask")).context["form"]
    assert set(form.fields) == {"version", "submission_id", "text"}


def test_the_form_has_a_field_for_each_language(browse: Browse, staff: Staff) -> None:
    case = make_case("open", language="ar")
    page = browse(staff.handler).get(action_url(case, "ask"))
    form = page.context["form"]
    assert form.fields["write_in"].choices == [("theirs", "Arabic"), ("mine", "English")]
    assert form["write_in"].value() == "theirs"
    attrs = {n: form.fields[n].widget.attrs for n in ("text", "source_text")}
    assert (attrs["text"]["lang"], attrs["text"]["dir"]) == ("ar", "rtl")
    assert (attrs["source_text"]["lang"], attrs["source_text"]["dir"]) == ("en", "ltr")


@pytest.mark.requirement("I18N-4")
def test_both_are_shown_and_only_the_translation_is_sent(
    browse: Browse, staff: Staff, django_capture_on_commit_callbacks: Any
) -> None:
    case = make_case("open", language="ar")
    client, url = browse(staff.handler), action_url(case, "ask")
    data = posted(client, case, **MINE)
    page = client.post(url, data)
    preview = page.context["preview"]
    assert (preview.language.code, preview.language.direction) == ("ar", "rtl")
    assert preview.source == "Which day was it?"
    assert "في أي يوم كان ذلك؟" in preview.text
    assert "Which day was it?" not in preview.text
    assert 'name="translation_read"' in page.content.decode()
    assert case.messages.filter(purpose="question").count() == 0
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, data | {"confirmed": "1", "translation_read": "1"})
    assert [(m.subject, m.body) for m in mail.outbox] == [(preview.subject, preview.text)]
    message = case.messages.get(purpose="question")
    assert (message.body, message.language) == ("في أي يوم كان ذلك؟", "ar")
    kept = message.translations.get()
    assert (kept.text, kept.language, kept.is_source, kept.by_machine, kept.author) == (
        "Which day was it?", "en", True, False, staff.handler,
    )  # fmt: skip


@pytest.mark.requirement("I18N-4")
def test_nothing_goes_before_somebody_has_read_the_translation(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("open", language="ar")
    client, url = browse(staff.handler), action_url(case, "ask")
    data = posted(client, case, **MINE)
    page = client.post(url, data | {"confirmed": "1"})
    assert page.context["preview"].source == "Which day was it?"
    assert "Read the translation first, then tick that you did." in page.content.decode()
    assert case.messages.filter(purpose="question").count() == 0
    case.refresh_from_db()
    assert case.state == "open"


def test_the_other_way_round_an_arabic_handler_writes_to_an_english_complainant(
    browse: Browse, staff: Staff
) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=staff.handler, preferred_language="ar")
    case = make_case("open", language="en")
    client, url = browse(staff.handler), action_url(case, "ask")
    data = posted(
        client, case, write_in="mine", text="Which day was it?", source_text="في أي يوم كان ذلك؟"
    )
    preview = client.post(url, data).context["preview"]
    assert (preview.language.direction, preview.source_language.direction) == ("ltr", "rtl")
    client.post(url, data | {"confirmed": "1", "translation_read": "1"})
    kept = case.messages.get(purpose="question").translations.get()
    assert (kept.text, kept.language) == ("في أي يوم كان ذلك؟", "ar")


def test_a_missing_translation_is_asked_for_and_nothing_is_lost(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("open", language="ar")
    client, url = browse(staff.handler), action_url(case, "ask")
    page = client.post(url, posted(client, case, **(MINE | {"text": ""})))
    form = page.context["form"]
    assert form.errors == {
        "text": [
            "The translation into Arabic is missing. Write it, ask somebody who can, or choose to "
            "write in Arabic."
        ]
    }
    assert form["source_text"].value() == "Which day was it?"
    page = client.post(url, posted(client, case, **(MINE | {"source_text": ""})))
    assert page.context["form"].errors == {"source_text": ["Write here what the translation says."]}


def test_who_writes_in_the_complainants_language_after_all_keeps_nothing_beside(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("open", language="ar")
    client, url = browse(staff.handler), action_url(case, "ask")
    data = posted(client, case, **(MINE | {"write_in": "theirs"}))
    assert client.post(url, data).context["preview"].source == ""
    client.post(url, data | {"confirmed": "1"})
    assert case.messages.get(purpose="question").translations.count() == 0


def test_back_from_the_preview_both_are_there(browse: Browse, staff: Staff) -> None:
    case = make_case("open", language="ar")
    client, url = browse(staff.handler), action_url(case, "ask")
    hidden = dict(client.post(url, posted(client, case, **MINE)).context["hidden"])
    form = client.post(url, hidden | {"edit": "1"}).context["form"]
    assert {name: form[name].value() for name in MINE} == MINE


def test_a_double_click_sends_once(browse: Browse, staff: Staff) -> None:
    case = make_case("open", language="ar")
    client, url = browse(staff.handler), action_url(case, "ask")
    data = posted(client, case, **MINE) | {"confirmed": "1", "translation_read": "1"}
    for _click in range(2):
        assert client.post(url, data).status_code == 302
    assert case.messages.filter(purpose="question").count() == 1
    assert case.messages.get(purpose="question").translations.count() == 1


def test_a_stale_case_is_said_before_the_preview_and_the_words_stay(
    browse: Browse, staff: Staff
) -> None:
    from tests.factories import act

    case = make_case("open", language="ar")
    client, url = browse(staff.handler), action_url(case, "ask")
    data = posted(client, case, **MINE)
    act(case, "note", staff.lead, text="Look at the photographs.")
    page = client.post(url, data)
    assert "This case has changed since you opened it" in page.content.decode()
    assert page.context["form"]["source_text"].value() == "Which day was it?"


def test_trying_out_leaves_nothing_behind(browse: Browse, staff: Staff) -> None:
    case = make_case("open", language="ar")
    before = (case.version, case.events.count(), case.notices.count(), case.messages.count())
    client = browse(staff.handler)
    client.post(action_url(case, "ask"), posted(client, case, **MINE))
    case.refresh_from_db()
    after = (case.version, case.events.count(), case.notices.count(), case.messages.count())
    assert (case.state, after) == ("open", before)


def test_a_template_fills_both_languages(browse: Browse, staff: Staff) -> None:
    case = make_case("open", language="ko", category=make_category(name_ko="배송"))
    template = ReplyTemplate.objects.create(
        code="q", stage="question", name_en="Q", body_en="About: {category}.",
        body_ko="관련: {category}.",
    )  # fmt: skip
    client, url = browse(staff.handler), action_url(case, "ask")
    data = posted(client, case, write_in="mine", template=template.pk)
    form = client.post(url, data | {"use_template": "1"}).context["form"]
    assert (form["source_text"].value(), form["text"].value()) == (
        "About: Delivery.", "관련: 배송.",
    )  # fmt: skip
    data |= {"write_in": "theirs"}
    form = client.post(url, data | {"use_template": "1"}).context["form"]
    assert (form["source_text"].value() or "", form["text"].value()) == ("", "관련: 배송.")


def translate(text: str, source: str, target: str) -> str:
    if "fail" in text:
        raise RuntimeError(text)
    return f"[{source}>{target}] {text}"


@pytest.fixture
def service(settings: Any) -> None:
    """An organisation that has set up a translation service."""
    settings.CONDUCT_TRANSLATOR = f"{__name__}.translate"


def test_without_a_service_none_is_offered(browse: Browse, staff: Staff) -> None:
    case = make_case("open", language="ar")
    page = browse(staff.handler).get(action_url(case, "ask"))
    assert "Propose a translation" not in page.content.decode()


@pytest.mark.usefixtures("service")
def test_a_service_fills_in_what_is_empty_when_asked_and_sends_nothing(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("open", language="ar")
    client, url = browse(staff.handler), action_url(case, "ask")
    assert "Propose a translation" in client.get(url).content.decode()
    data = posted(client, case, **(MINE | {"text": ""})) | {"translate": "1"}
    assert client.post(url, data).context["form"]["text"].value() == "[en>ar] Which day was it?"
    # What a person wrote is never replaced.
    form = client.post(url, data | {"text": "أي يوم؟"}).context["form"]
    assert form["text"].value() == "أي يوم؟"
    assert case.messages.filter(purpose="question").count() == 0


@pytest.mark.usefixtures("service")
def test_a_service_that_fails_is_said_in_words_and_kept_out_of_the_log(
    browse: Browse, staff: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    case = make_case("open", language="ar")
    client, url = browse(staff.handler), action_url(case, "ask")
    data = posted(client, case, write_in="mine", source_text="Kim will fail")
    page = client.post(url, data | {"translate": "1"})
    assert "The translation service did not answer." in page.content.decode()
    assert page.context["form"]["source_text"].value() == "Kim will fail"
    assert "Kim" not in caplog.text


def test_a_proposal_shows_the_letter_in_both_languages(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating", language="ar")
    client, url = browse(staff.handler), action_url(case, "propose")
    issue = case.issues.get()
    data = proposal_data(
        client.get(url).context["form"],
        **{
            "write_in": "mine",
            "answer": "نعتذر إليكم.",
            "source_answer": "We are sorry, Kim.",
            f"reasons_{issue.pk}": "هطل المطر.",
            f"source_reasons_{issue.pk}": "It rained hard.",
        },
    )
    page = client.post(url, data)
    preview = page.context["preview"]
    assert preview.goes_now is False
    assert "نعتذر إليكم." in preview.text
    assert "هطل المطر." in preview.text
    assert "We are sorry, Kim." in preview.source
    assert "Why: It rained hard." in preview.source
    assert "Put it up for approval" in page.content.decode()
    assert case.decisions.count() == 0
    client.post(url, data | {"confirmed": "1", "translation_read": "1"})
    decision = case.decisions.get()
    assert (decision.answer, decision.source_language) == ("نعتذر إليكم.", "en")
    assert decision.sources == {
        "answer": "We are sorry, Kim.",
        f"reasons_{issue.pk}": "It rained hard.",
    }
    # Whoever approves sees both, and what was written is kept beside what was sent.
    lead, url = browse(staff.lead), action_url(case, "approve")
    letter = lead.get(url).context["letter"]
    assert (letter.source_language.code, letter.language.code) == ("en", "ar")
    lead.post(url, filled(lead.get(url).context["form"]))
    message = case.messages.get(purpose="answer")
    assert message.body == letter.text
    assert message.translations.get().text == letter.source


def test_a_proposal_that_came_back_begins_in_both_languages(browse: Browse, staff: Staff) -> None:
    from tests.factories import act, proposal

    case = make_case("investigating", language="ar")
    sources = {"answer": "We are sorry.", f"reasons_{case.issues.get().pk}": "Rain."}
    act(
        case, "propose", staff.handler,
        **proposal(case, answer="نعتذر.", sources=sources, source_language="en"),
    )  # fmt: skip
    act(case, "return", staff.lead, reason="Be warmer.")
    form = browse(staff.handler).get(action_url(case, "propose")).context["form"]
    assert form["write_in"].value() == "mine"
    assert (form["source_answer"].value(), form["answer"].value()) == ("We are sorry.", "نعتذر.")
    assert form[f"source_reasons_{form.issues[0].pk}"].value() == "Rain."


def test_a_proposal_that_goes_at_once_is_shown_first(browse: Browse, staff: Staff) -> None:
    from complaints.models import HandlingSettings, TeamMember

    case = make_case("investigating")
    rules = HandlingSettings.for_site(case.site)
    rules.approval = "serious_only"
    rules.save()
    TeamMember.objects.filter(user=staff.handler).update(authority_limit=100)
    client, url = browse(staff.handler), action_url(case, "propose")
    data = proposal_data(client.get(url).context["form"])
    preview = client.post(url, data).context["preview"]
    assert preview.goes_now is True
    assert "We are sorry." in preview.text
    client.post(url, data | {"confirmed": "1"})
    assert case.decisions.get().sent_text == preview.text


def test_a_proposal_for_approval_is_shown_when_asked(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    client, url = browse(staff.handler), action_url(case, "propose")
    data = proposal_data(client.get(url).context["form"])
    page = client.post(url, data | {"look": "1"})
    assert "once somebody has approved it" in page.content.decode()
    assert case.decisions.count() == 0


@pytest.mark.parametrize("action", ["ask", "propose"])
def test_who_has_no_part_in_it_sees_no_form(action: str, browse: Browse, staff: Staff) -> None:
    case = make_case("investigating", language="ar")
    ReplyTemplate.objects.create(code="q", stage="question", name_en="Q", body_en="B {name}")
    for user in (
        people.make_quality(),
        people.make_auditor(),
        people.make_handler("other", team=people.make_team("Billing")),
    ):
        for data in ({"use_template": "1"}, {"translate": "1"}, {"look": "1"}):
            response = browse(user).post(action_url(case, action), MINE | data)
            assert response.status_code in {302, 404}
            assert b"Kim Min-ji" not in response.content
    assert case.messages.filter(direction="out").count() == 0
