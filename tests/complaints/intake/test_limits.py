"""Limits by network, and what they never do."""

import pytest
from django.test import RequestFactory

from complaints.intake import limits


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_neighbours_count_together(address, network):
    assert limits.network(address) == network


def tries(count, address="203.0.113.1", scope="send"):
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    return [limits.within_limit(request, scope, 3) for _ in range(count)]


def test_what_is_over_the_limit_is_told():
    assert tries(5) == [True, True, True, False, False]


def test_other_networks_and_other_forms_are_not_held_back():
    tries(5)
    assert tries(1, address="198.51.100.1") == [True]
    assert tries(1, scope="survey") == [True]


def test_nobody_is_held_back_without_an_address_or_a_cache(settings):
    assert tries(5, address="") == [True] * 5
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache",
                                   "LOCATION": "redis://127.0.0.1:1"}}  # fmt: skip
    assert tries(5) == [True] * 5
