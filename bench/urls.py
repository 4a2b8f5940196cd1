"""The site's addresses and, before them, those of the references."""

from django.urls import path

from bench.references import form, same_bytes
from config.urls import urlpatterns as site_urls

urlpatterns = [
    path("bench/bytes/", same_bytes),
    path("bench/form/", form),
    *site_urls,
]
