"""Middleware of the reference site: honest 404s, policies by path, addresses behind proxies."""

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path

from .csp import policy_for

# Neither speaks the visitor's language, and a proxy needs one copy of each at most.
WITHOUT_LANGUAGE = frozenset({"/healthz", "/readyz"})


class HonestLocaleMiddleware(LocaleMiddleware):
    """Django's, except that what isn't there stays a 404.

    Django answers every unknown address without a language with a redirect to the same address with
    one, so a missing file, an unknown API address and a mistyped admin address would all become
    "moved". Only `/` leads to a language here, and `config.urls` says so.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        if request.path_info in WITHOUT_LANGUAGE:
            return response
        if response.status_code == 404 and not get_language_from_path(request.path_info):
            patch_vary_headers(response, ["Accept-Language"])
            response.headers.setdefault("Content-Language", get_language())
            return response
        return super().process_response(request, response)


class PolicyByPathMiddleware(CSPMiddleware):
    """django-csp with the policy of `config.csp` for the requested address."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        # A view's own decorator wins over the path.
        if not report_only and parts.config is None:
            parts.config = policy_for(request.path_info)
        return parts


class ClientAddressMiddleware:
    """Behind `PROXY_COUNT` trusted proxies, REMOTE_ADDR is the visitor's and not the last proxy's.

    Only the entries that our own proxies appended are believed: everything to the left of them is
    what the visitor claims. Limits on repeated tries count by this address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        count: int = settings.PROXY_COUNT
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if count and len(forwarded) >= count and (address := forwarded[-count].strip()):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)
