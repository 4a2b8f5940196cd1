"""Pictures and PDFs can be looked at; nothing else is ever shown, and nothing to who may not."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from complaints.intake.submission import CheckedFile
from complaints.models import Access, Attachment, Case, Involvement
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.intake import specimens
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db

JPEG, PDF = "image/jpeg", "application/pdf"


def sent(content: bytes, content_type: str, name: str = "photo") -> Attachment:
    checked = CheckedFile(name, content_type, len(content), ContentFile(content))
    return make_case(files=[checked]).attachments.get()


def address(attachment: Attachment, name: str) -> str:
    at = [attachment.case.reference, attachment.public_id]
    return reverse(f"conduct_complaints_admin:{name}", args=at)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_picture_is_drawn_again_and_nothing_hidden_in_it_comes_along(
    browse: Browse, staff: Staff
) -> None:
    original = specimens.photo("jpeg", size=(3000, 60), orientation=6)
    attachment = sent(original, JPEG)
    assert b"Exif" in original or len(original) > 0
    response = browse(staff.handler).get(address(attachment, "shown"))
    assert response["Content-Type"] == JPEG
    shown = Image.open(io.BytesIO(body(response)))
    assert (max(shown.size), dict(shown.getexif())) == (2000, {})
    # Turned upright.
    assert shown.size[1] == 2000


def test_a_picture_with_holes_stays_a_png(browse: Browse, staff: Staff) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    response = browse(staff.handler).get(address(sent(out.getvalue(), "image/png"), "shown"))
    assert response["Content-Type"] == "image/png"


def test_nothing_can_come_out_of_what_is_shown(browse: Browse, staff: Staff) -> None:
    picture = browse(staff.handler).get(address(sent(specimens.photo("jpeg"), JPEG), "shown"))
    assert picture["Content-Security-Policy"] == "sandbox; default-src 'none'"
    pdf = browse(staff.handler).get(address(sent(specimens.PDF, PDF), "shown"))
    assert pdf["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )
    assert body(pdf) == specimens.PDF
    assert (pdf["Content-Type"], pdf["Content-Disposition"]) == (PDF, "inline")
    for response in (picture, pdf):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"].startswith("private, no-store")
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (specimens.SVG, "image/svg+xml"),
        (specimens.HTML, "text/html"),
        (b"plain", "text/plain"),
        (specimens.HEIC, "image/heic"),
    ],
)
def test_everything_else_stays_a_download(
    content: bytes, content_type: str, browse: Browse, staff: Staff
) -> None:
    attachment = sent(content, content_type)
    client = browse(staff.handler)
    assert client.get(address(attachment, "shown")).status_code == 404
    assert client.get(address(attachment, "look")).status_code == 404
    page = client.get(reverse("conduct_complaints_admin:case", args=[attachment.case.reference]))
    assert "Look at it" not in page.content.decode()
    assert not Access.objects.filter(what="file").exists()


@pytest.mark.parametrize("content", [specimens.HTML, specimens.SVG, b"", specimens.huge_png()])
@pytest.mark.parametrize("content_type", [JPEG, "image/png"])
def test_what_only_says_that_it_is_a_picture_is_not_shown(
    content: bytes, content_type: str, browse: Browse, staff: Staff
) -> None:
    response = browse(staff.handler).get(address(sent(content, content_type), "shown"))
    assert (response.status_code, response.content) == (415, b"")


@pytest.mark.parametrize("scan", [Attachment.Scan.WAITING, Attachment.Scan.INFECTED])
def test_a_file_that_is_locked_away_is_never_shown(scan: str, browse: Browse, staff: Staff) -> None:
    attachment = sent(specimens.photo("jpeg"), JPEG)
    Attachment.objects.update(scan=scan)
    client = browse(staff.handler)
    assert client.get(address(attachment, "shown")).status_code == 404
    page = client.get(address(attachment, "look"))
    assert page["Location"].endswith(f"/cases/{attachment.case.reference}/")


def test_a_file_that_is_lost_shows_nothing(browse: Browse, staff: Staff) -> None:
    attachment = sent(specimens.PDF, PDF)
    attachment.file.storage.delete(str(attachment.file.name))
    assert browse(staff.handler).get(address(attachment, "shown")).status_code == 415


@pytest.mark.requirement("GDPR-32")
def test_looking_is_logged_like_a_download(browse: Browse, staff: Staff) -> None:
    attachment = sent(specimens.photo("jpeg"), JPEG)
    browse(staff.handler).get(address(attachment, "shown"))
    assert list(Access.objects.values_list("case", "user", "what")) == [
        (attachment.case_id, staff.handler.pk, "file")
    ]


def named(case: Case) -> Any:
    user = people.make_admin("named")
    Involvement.objects.create(
        case=case, user=user, part=Involvement.Part.NAMED, since=case.received_at
    )
    return user


WHO: dict[str, tuple[Callable[[Case], Any], int]] = {
    "handler": (lambda case: Staff().handler, 200),
    "lead": (lambda case: Staff().lead, 200),
    "privacy": (lambda case: people.make_privacy(), 200),
    "quality": (lambda case: people.make_quality(), 404),
    "auditor": (lambda case: people.make_auditor(), 404),
    "other team": (lambda case: people.make_handler("o", team=people.make_team("B")), 404),
    "named admin": (named, 404),
    "editor": (lambda case: people.make_editor(), 302),
}


@pytest.mark.requirement("GDPR-32")
@pytest.mark.parametrize("who", WHO)
def test_only_who_may_download_may_look(who: str, browse: Browse, staff: Staff) -> None:
    attachment = sent(specimens.photo("jpeg"), JPEG)
    make, status = WHO[who]
    client = browse(make(attachment.case))
    assert client.get(address(attachment, "look")).status_code == status
    assert client.get(address(attachment, "shown")).status_code == status


def test_a_confidential_case_hides_its_files(browse: Browse, staff: Staff) -> None:
    attachment = sent(specimens.photo("jpeg"), JPEG)
    act(attachment.case, "set_confidential", staff.lead, confidential=True, reason="Staff")
    assert browse(staff.handler).get(address(attachment, "shown")).status_code == 404
    assert browse(staff.lead).get(address(attachment, "shown")).status_code == 200


def test_the_page_has_a_picture_or_a_frame_and_leads_to_the_next_file(
    browse: Browse, staff: Staff
) -> None:
    files = [
        CheckedFile("a.jpg", JPEG, 1, ContentFile(specimens.photo("jpeg"))),
        CheckedFile("b.pdf", PDF, 1, ContentFile(specimens.PDF)),
    ]
    first, second = make_case(files=files).attachments.all()
    page = browse(staff.handler).get(address(first, "look")).content.decode()
    assert f'<img src="{address(first, "shown")}"' in page
    assert address(second, "look") in page
    page = browse(staff.handler).get(address(second, "look")).content.decode()
    assert f'<iframe src="{address(second, "shown")}"' in page
