"""Settings without which mail or files of cases would not be safe."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

OURS = "conduct_complaints"


def found(*, deploy: bool = False) -> list[str]:
    messages = run_checks(include_deployment_checks=deploy)
    return sorted(m.id for m in messages if m.id and m.id.startswith(f"{OURS}."))


@pytest.fixture(autouse=True)
def _sound(settings):
    settings.EMAIL_TIMEOUT = 10
    settings.WAGTAILADMIN_BASE_URL = "https://staff.example.org"


def test_sound_settings_are_not_complained_about():
    assert found(deploy=True) == []


@pytest.mark.requirement("SEC-MAIL")
@pytest.mark.parametrize("timeout", [None, 0, 60])
def test_a_mail_server_that_hangs_must_not_hold_up_a_request(settings, timeout):
    settings.EMAIL_TIMEOUT = timeout
    assert found() == [f"{OURS}.W001"]


def test_files_of_complainants_need_a_storage_of_their_own(settings):
    settings.STORAGES = {k: v for k, v in settings.STORAGES.items() if k != "conduct_private"}
    assert found() == [f"{OURS}.E001"]


def test_mails_to_staff_need_the_address_of_the_admin(settings):
    settings.WAGTAILADMIN_BASE_URL = ""
    assert found() == [f"{OURS}.W002"]


def test_a_deployment_needs_encryption_keys(settings):
    settings.CONDUCT_FIELD_ENCRYPTION_KEYS = []
    assert found() == []
    assert found(deploy=True) == [f"{OURS}.E002"]


@pytest.mark.parametrize(
    "url",
    [
        "localhost:3310", "http://localhost", "tcp://", "tcp://scanner:port", "tcp://scanner/path",
        "tcp://scanner:70000", "unix://run/clamd.ctl", "unix:relative", "nonsense",
    ],
)  # fmt: skip
def test_an_address_at_which_no_scanner_can_be_is_an_error(settings, url):
    settings.CONDUCT_CLAMD_URL = url
    assert found() == [f"{OURS}.E003"]


@pytest.mark.parametrize(
    "url", ["", "tcp://scanner", "tcp://[::1]:3310", "unix:///run/clamav/clamd.ctl"]
)
def test_the_address_of_a_scanner_or_none_is_sound(settings, url):
    settings.CONDUCT_CLAMD_URL = url
    assert found() == []


@pytest.mark.parametrize("name", [None, "", "complaints.translating.translator"])
def test_a_translation_service_that_is_off_or_can_be_called_is_sound(settings, name):
    settings.CONDUCT_TRANSLATOR = name
    assert found() == []


@pytest.mark.parametrize("name", ["nothing", "no.such.module", "complaints.translating.no_such"])
def test_a_translation_service_that_is_not_there_is_an_error(settings, name):
    settings.CONDUCT_TRANSLATOR = name
    assert found() == [f"{OURS}.E004"]


def test_a_translation_service_must_be_callable(settings):
    settings.CONDUCT_TRANSLATOR = "complaints.translating.logger"
    assert found() == [f"{OURS}.E004"]
