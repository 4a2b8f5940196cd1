"""What people are told about their data: versioned, layered, in their language (GDPR 12, 13)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from conduct import privacy_notice
from conduct.models import Organisation, PrivacyNotice, PrivacyNoticeVersion
from conduct.models.frozen import WrittenOnce
from conduct.privacy_words import HEADINGS

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
FIELDS = PrivacyNotice.TRANSLATED


def fresh(site: Site) -> Site:
    """The site as the next request finds it."""
    return Site.objects.get(pk=site.pk)


def save(site: Site, **words: str) -> str:
    """Save words as an editor does; the number of the version that readers see then."""
    notice = PrivacyNotice.for_site(fresh(site))
    for column, text in words.items():
        setattr(notice, column, text)
    notice.save()
    return str(privacy_notice.newest(fresh(site)))


def words_in(site: Site, language: str) -> dict[str, tuple[str, str]]:
    return {
        layer.field: (layer.language, layer.words)
        for layer in privacy_notice.layers(fresh(site), language)
    }


def address(language: str, number: int | None = None) -> str:
    with translation.override(language):
        if number is None:
            return reverse("conduct:privacy_notice")
        return reverse("conduct:privacy_notice_version", args=[number])


def page(language: str, number: int | None = None) -> str:
    return unescape(Client().get(address(language, number)).content.decode())


def test_a_fresh_site_has_words_for_everything_that_people_must_be_told(site: Site) -> None:
    shown = words_in(site, "en")

    assert list(shown) == list(FIELDS) == list(HEADINGS)
    assert {language for language, _words in shown.values()} == {"en"}
    assert PrivacyNoticeVersion.objects.count() == 0


def test_the_usual_words_name_the_organisation_its_outside_body_and_its_address(
    organisation: Organisation,
) -> None:
    shown = words_in(organisation.site, "en")

    assert shown["controller"][1] == "Harbour Parcels is responsible for your data."
    assert "The Parcel Ombudsman, our outside body" in shown["recipients"][1]
    assert shown["officer"][1] == "Write to hello@example.org."


def test_names_with_formatting_marks_are_only_names(organisation: Organisation) -> None:
    organisation.name_en = "100 %(email)s <b>{0}"
    organisation.save()

    words = words_in(organisation.site, "en")["controller"][1]
    assert words == "100 %(email)s <b>{0} is responsible for your data."
    assert "100 %(email)s <b>{0}" not in Client().get(address("en")).content.decode()


def test_the_first_thing_received_makes_the_usual_words_version_1(site: Site) -> None:
    assert privacy_notice.current_version(fresh(site)) == "1"
    assert privacy_notice.current_version(fresh(site)) == "1"

    version = PrivacyNoticeVersion.objects.get()
    assert version.texts["en"] == {
        field: words for field, (_, words) in words_in(site, "en").items()
    }


@pytest.mark.requirement("GDPR-13")
def test_each_change_makes_the_next_version_and_saving_the_same_makes_none(site: Site) -> None:
    numbers = [
        save(site, retention_en="Three yeers."),
        save(site, retention_en="Three yeers."),
        save(site, retention_en="Three years."),
        save(site, retention_en=" Three years.\n"),
        save(site, retention_de="Drei Jahre."),
        save(site, retention_en="Three yeers.", retention_de=""),
    ]

    assert numbers == ["1", "1", "2", "2", "3", "4"]
    assert privacy_notice.current_version(fresh(site)) == "4"


def test_opening_the_editor_makes_no_version(site: Site, admin_client: Client) -> None:
    admin_client.get(reverse("wagtailsettings:edit", args=["conduct", "privacynotice", site.pk]))

    assert PrivacyNotice.objects.count() == 1
    assert PrivacyNoticeVersion.objects.count() == 0


def test_saving_a_notice_without_own_words_accepts_the_usual_ones(site: Site) -> None:
    PrivacyNotice.for_site(fresh(site))

    assert save(site) == "1"


def test_another_name_of_the_organisation_is_another_wording(organisation: Organisation) -> None:
    site = organisation.site
    save(site)
    organisation.name_en = "Merrow Parcels"
    organisation.save()

    versions = PrivacyNoticeVersion.objects.order_by("number")
    assert [version.texts["en"]["controller"] for version in versions] == [
        "Harbour Parcels is responsible for your data.",
        "Merrow Parcels is responsible for your data.",
    ]


def test_an_organisation_makes_no_version_before_there_is_any(organisation: Organisation) -> None:
    organisation.save()

    assert PrivacyNoticeVersion.objects.count() == 0


def test_sites_count_for_themselves(site: Site) -> None:
    other = Site.objects.create(hostname="other.example", root_page=site.root_page)

    assert [save(site, rights_en="Ours."), save(site, rights_en="Ours now.")] == ["1", "2"]
    assert save(other, rights_en="Theirs.") == "1"
    assert words_in(site, "en")["rights"] == ("en", "Ours now.")


@pytest.mark.requirement("GDPR-13")
def test_a_version_is_never_changed_nor_deleted(site: Site) -> None:
    save(site, rights_en="All of them.")
    version = PrivacyNoticeVersion.objects.get()
    version.texts = {}
    attempts: list[Callable[[], Any]] = [
        version.save,
        version.delete,
        PrivacyNoticeVersion.objects.all().delete,
        lambda: PrivacyNoticeVersion.objects.update(number=9),
        lambda: PrivacyNoticeVersion.objects.bulk_update([version], ["texts"]),
    ]

    for attempt in attempts:
        with pytest.raises(WrittenOnce, match="privacy notice is never"):
            attempt()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute("UPDATE conduct_privacynoticeversion SET number = 9")
    assert PrivacyNoticeVersion.objects.get().texts["en"]["rights"] == "All of them."


def test_the_digest_covers_every_word(site: Site) -> None:
    save(site, rights_ko="권리")
    version = PrivacyNoticeVersion.objects.get()

    plain = json.dumps(version.texts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert version.digest == hashlib.sha256(plain.encode()).hexdigest()


@pytest.mark.parametrize(
    ("written", "language", "shown"),
    [
        ({"rights_en": "Yours", "rights_ko": "권리"}, "ko", ("ko", "권리")),
        ({"rights_en": "Yours", "rights_ko": "권리"}, "de", ("en", "Yours")),
        # Somebody's own words in one language, the usual ones in another could contradict.
        ({"rights_de": "Ihre"}, "en", ("de", "Ihre")),
        ({"rights_de": "  "}, "de", None),
    ],
)
def test_what_is_not_translated_is_shown_in_the_main_language_and_says_so(
    site: Site, written: dict[str, str], language: str, shown: tuple[str, str] | None
) -> None:
    usual = words_in(site, language)["rights"]
    save(site, **written)

    assert words_in(site, language)["rights"] == (shown or usual)


def test_words_in_another_language_are_marked_with_their_language(site: Site) -> None:
    save(site, rights_ar="حقوقك", controller_en="We & you", controller_ar="نحن")

    english, arabic = page("en"), page("ar")
    assert re.search(r'<dd lang="ar" dir="rtl">\s*<p>حقوقك</p>', english)
    assert re.search(r"<dd>\s*<p>حقوقك</p>", arabic)
    assert re.search(r"<dd>\s*<p>We & you</p>", english)


@pytest.mark.requirement("GDPR-13")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_version_keeps_its_address_in_every_language(site: Site, language: str) -> None:
    save(site, **{f"retention_{language.replace('-', '_')}": "1"})
    save(site, **{f"retention_{language.replace('-', '_')}": "2"})
    client = Client()

    pages = [client.get(address(language, number)) for number in (None, 1, 2)]

    kept = [re.findall(r"<dd[^>]*>\s*<p>(\d)</p>", page.content.decode()) for page in pages]
    assert kept == [["2"], ["1"], ["2"]]
    warned = ['class="notice notice--warning"' in page.content.decode() for page in pages]
    assert warned == [False, True, False]
    assert [page.headers.get("X-Robots-Tag") for page in pages] == [None, "noindex", None]


@pytest.mark.parametrize("path", ["privacy-notice/3/", "privacy-notice/0/", "privacy-notice/x/"])
def test_a_version_that_never_was_is_not_found(site: Site, path: str) -> None:
    save(site)

    assert Client().get(f"/en/{path}").status_code == 404


def test_a_version_of_another_site_is_not_found(site: Site) -> None:
    other = Site.objects.create(hostname="other.example", root_page=site.root_page)
    save(other)

    assert Client().get(address("en", 1)).status_code == 404


def test_a_notice_page_sets_no_cookie_and_takes_no_form(site: Site) -> None:
    client = Client()

    assert client.get(address("en")).cookies == {}
    assert client.post(address("en")).status_code == 405


def layer(language: str) -> str:
    request = RequestFactory().get("/")
    with translation.override(language):
        return render_to_string("conduct/privacy_layer.html", {"request": request})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_layer_at_a_form_says_everything_in_short_and_leads_to_the_whole(
    organisation: Organisation, language: str
) -> None:
    html = layer(language)

    assert html.count("<details") == 1
    assert html.count("<dt>") == html.count("<dd") == len(FIELDS)
    assert html.count(f'href="{address(language)}"') == 1


def test_the_layer_escapes_what_editors_write(site: Site) -> None:
    save(site, rights_en="<script>alert(1)</script> & more")

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in layer("en")
    assert "<script>" not in layer("en")


def test_a_form_asks_once_for_its_notice(
    organisation: Organisation, django_assert_num_queries: Any
) -> None:
    save(organisation.site)
    site = fresh(organisation.site)

    with django_assert_num_queries(1):
        privacy_notice.layers(site)
        privacy_notice.layers(site, "de")
        assert privacy_notice.current_version(site) == "1"


def admin_address(site: Site) -> str:
    return reverse("wagtailsettings:edit", args=["conduct", "privacynotice", site.pk])


@pytest.mark.parametrize(
    ("group", "status"),
    [("Moderators", 200), ("Quality managers", 200), ("Editors", 302), ("Case handlers", 302)],
)
def test_who_edits_the_organisation_edits_the_notice(
    site: Site, client: Client, group: str, status: int
) -> None:
    user = get_user_model().objects.create_user(username="someone", password="demo")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    organisation = reverse("wagtailsettings:edit", args=["conduct", "organisation", site.pk])

    assert client.get(admin_address(site)).status_code == status
    assert client.get(organisation).status_code == status


def test_editors_see_what_nobody_has_checked(site: Site, admin_client: Client) -> None:
    fresh_page = unescape(admin_client.get(admin_address(site)).content.decode())
    save(site, **{f"{field}_en": "Our own." for field in FIELDS})
    checked_page = unescape(admin_client.get(admin_address(site)).content.decode())

    hint, unsaved = "Check this: these parts say the usual words", "Nobody has saved this notice"
    listed = [f"<li>{heading}</li>" in fresh_page for heading in HEADINGS.values()]
    assert (hint in fresh_page, unsaved in fresh_page, listed) == (True, True, [True] * 8)
    assert (hint in checked_page, unsaved in checked_page) == (False, False)
    assert "Readers see version 1" in checked_page


def test_editors_see_the_usual_words_in_empty_fields_and_write_in_their_direction(
    site: Site, admin_client: Client
) -> None:
    html = unescape(admin_client.get(admin_address(site)).content.decode())

    areas = dict(re.findall(r'<textarea name="(\w+)"([^>]*)>', html))
    assert set(areas) == {
        f"{field}_{code.replace('-', '_')}" for field in FIELDS for code in LANGUAGES
    }
    assert 'dir="rtl"' in areas["rights_ar"]
    assert 'placeholder="At any age you can ask' in areas["rights_en"]


def test_an_editor_saves_the_notice(site: Site, admin_client: Client) -> None:
    admin_client.post(admin_address(site), {"rights_en": "All.", "rights_fr": "Tous."})

    assert words_in(site, "fr")["rights"] == ("fr", "Tous.")
    assert PrivacyNoticeVersion.objects.get().number == 1
