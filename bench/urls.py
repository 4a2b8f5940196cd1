"""The site's addresses and, before them, those of the references."""

from django.urls import path

from bench.references import form, framed_form, same_bytes
from config.urls import urlpatterns as site_urls

urlpatterns = [
    path("bench/bytes/", same_bytes),
    path("bench/form/", form),
    path("bench/framed-form/", framed_form),
    *site_urls,
]
