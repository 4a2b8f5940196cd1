"""The edition in force as a PDF, where weasyprint is installed (extra `pdf`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any, NoReturn

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language

from . import certificates
from .documents import Document
from .publication import A_DAY


class OutsideAddress(ValueError):
    """The document asked for something that isn't in it."""


def is_available() -> bool:
    return find_spec("weasyprint") is not None


def make(context: dict[str, Any], document: Document) -> bytes:
    """The document as a PDF. Kept for a day by the edition's own digest, since it never changes."""
    shown = ",".join(_certificates(document))
    key = f"conduct:pdf:{document.text.pk}:{document.text.digest}:{get_language()}:{shown}"
    known = cache.get(key) if document.text.pk else None
    if known is None:
        known = _render(context)
        if document.text.pk:
            cache.set(key, known, A_DAY)
    return bytes(known)


def _certificates(document: Document) -> Iterator[str]:
    """Those that still hold: one that is over must not be in a kept PDF."""
    for index, part in enumerate(document.text.parts):
        if part["kind"] == "certificate" and certificates.holds(part["expires_on"]):
            yield str(index)


def _render(context: dict[str, Any]) -> bytes:
    html = render_to_string("conduct/document_pdf.html", context)
    return render(html, render_to_string("conduct/document_pdf.css"))


def render(html: str, css: str) -> bytes:
    """A tagged PDF (PDF/UA) of a page whose words may be anybody's: it can fetch nothing."""
    from weasyprint import CSS, HTML

    fetcher = _refusing_fetcher()
    page = HTML(string=html, url_fetcher=fetcher)
    styles = [CSS(string=css, url_fetcher=fetcher)]
    return bytes(page.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1"))


def render_on_one_page(html: str, css: str, sizes: Sequence[float]) -> bytes:
    """As `render`, in the first size of letters (in points) that needs one page, else the last."""
    from weasyprint import CSS, HTML

    fetcher = _refusing_fetcher()
    page = HTML(string=html, url_fetcher=fetcher)
    styles = CSS(string=css, url_fetcher=fetcher)
    for size in sizes:
        letters = CSS(string=f"html {{ font-size: {size}pt }}", url_fetcher=fetcher)
        document = page.render(stylesheets=[styles, letters], pdf_variant="pdf/ua-1")
        if len(document.pages) == 1:
            break
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _refusing_fetcher() -> Any:
    """What is asked for is left out and logged; the rest of the document is made."""
    try:
        from weasyprint.urls import URLFetcher
    except ImportError:  # Before weasyprint 68 a function was all.
        return _refuse

    class Refusing(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> NoReturn:
            _refuse(url)

    return Refusing()


def _refuse(url: str, *args: Any, **kwargs: Any) -> NoReturn:
    # An editor's text must not make the server fetch addresses or read files.
    raise OutsideAddress("A PDF is made from its own text alone; nothing is fetched.")
