"""What the site's frame needs on every screen."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page

from conduct.models import Organisation
from conduct.templatetags import conduct_tags
from home import links

register = template.Library()


def _page_of(context: template.Context) -> Page | None:
    # A list's screen may call the current slice `page`, too.
    page = context.get("page")
    return page if isinstance(page, Page) else None


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[links.LanguageLink]:
    """The language switcher's links for the screen being shown."""
    request = context.get("request")
    if "exception" in context:  # An error page: its path leads nowhere in any language.
        request = None
    return links.language_links(request, _page_of(context))


@register.simple_tag(takes_context=True)
def organisation(context: template.Context) -> Organisation | None:
    """The organisation of the current site, or None."""
    return links.organisation(context.get("request"))


@register.simple_tag(takes_context=True)
def organisation_urls(context: template.Context) -> dict[str, str]:
    """Addresses of the organisation's pages in the active language, or else the original, by field
    name (`code_page`, ...); a page that is not chosen or not live has none."""
    request = context.get("request")
    if links.organisation(request) is None:
        return {}
    pages = conduct_tags.organisation_pages(context)
    return {name: page.get_url(request) or "" for name, page in pages.items() if page is not None}


@register.simple_tag
def home_url() -> str:
    """The path of the home page in the active language."""
    return links.home_url(translation.get_language() or "en")


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, path: str) -> str:
    """`path` with scheme and host, as canonical and alternate links need it."""
    request: HttpRequest | None = context.get("request")
    return request.build_absolute_uri(path) if request else path


@register.filter
def phone_link(number: str) -> str:
    """A phone number as a `tel:` address: digits and the leading plus only."""
    kept = "".join(character for character in number if character.isdigit())
    return f"tel:+{kept}" if number.strip().startswith("+") else f"tel:{kept}"
