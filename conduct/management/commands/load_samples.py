"""`manage.py load_samples`: invented starter codes below the home page, marked as samples."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from wagtail.models import Site

from conduct.samples import facts
from conduct.samples.loading import CanNotLoad, load, withdraw


class Command(BaseCommand):
    help = (
        "Publishes sample codes (delivery times, online shop, public counter, one page) below the "
        "home page in every language. Safe to run twice: what is there stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sample", choices=list(facts()), help="only this one")
        parser.add_argument("--owner", help="user name of who answers for the promises")
        parser.add_argument("--site", help="hostname of the site (the default one)")
        parser.add_argument(
            "--withdraw",
            action="store_true",
            help="unpublish the samples and withdraw their promises",
        )

    def handle(self, *args: Any, sample: str | None, **options: Any) -> None:
        site = self._site(options["site"])
        keys = [sample] if sample else list(facts())
        if options["withdraw"]:
            for key in keys:
                self.stdout.write(f"{key}: {withdraw(site, key)} pages are public no more")
            return
        owner = self._owner(options["owner"])
        with translation.override("en"):
            for key in keys:
                self._load(site, key, owner)
        self.stdout.write(
            "Their promises are live, so people can cite them. Before customers come: "
            "load_samples --withdraw"
        )

    def _load(self, site: Site, key: str, owner: Any) -> None:
        try:
            pages = load(site, key, owner=owner)
        except CanNotLoad as refusal:
            raise CommandError(f"{key}: {refusal}") from refusal
        if not pages:
            self.stdout.write(f"{key}: is there already")
        for page in pages:
            self.stdout.write(f"{key}: {page.get_full_url()}")

    def _site(self, hostname: str | None) -> Site:
        wanted = {"hostname": hostname} if hostname else {"is_default_site": True}
        site = Site.objects.select_related("root_page").filter(**wanted).first()
        if site is None:
            raise CommandError("There is no such site. Look under Settings › Sites in the admin.")
        return site

    def _owner(self, name: str | None) -> Any:
        """Who is named, else the first administrator: somebody has to answer for each promise."""
        model = get_user_model()
        people = model._default_manager.filter(is_active=True)
        if name:
            owner = people.filter(**{model.USERNAME_FIELD: name}).first()
            if owner is None:
                raise CommandError(f"There is no account “{name}”. Choose another with --owner.")
            return owner
        owner = people.filter(is_superuser=True).order_by("pk").first()
        if owner is None:
            raise CommandError(
                "Somebody has to answer for the promises. Name an account with --owner, or make "
                "one first with: manage.py createsuperuser"
            )
        return owner
