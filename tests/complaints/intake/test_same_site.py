"""Which requests count as sent from our own pages."""

import pytest
from django.test import RequestFactory

from complaints.intake.same_site import is_from_own_site


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://testserver"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "https://testserver.evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "https://www.example.org"}, True),
    ],
)
def test_the_browser_says_where_it_comes_from(settings, headers, own):
    settings.CSRF_TRUSTED_ORIGINS = ["https://www.example.org"]
    assert is_from_own_site(RequestFactory().post("/", headers=headers)) is own
