"""Telephone numbers and lines of addresses can be found from now on; those that are there, too."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from complaints.privacy.contact_digests import contact_digests

BATCH = 500


def make_digests(apps: Any, schema_editor: Any) -> None:
    party = apps.get_model("conduct_complaints", "Party")
    digest = apps.get_model("conduct_complaints", "ContactDigest")
    database = schema_editor.connection.alias
    # Encrypted columns know no lookups: who has neither is left out by the database itself.
    people = party.objects.using(database).extra(where=["phone <> '' OR postal_address <> ''"])
    rows = _rows(digest, people.only("phone", "postal_address").iterator(BATCH))
    while batch := list(islice(rows, BATCH)):
        digest.objects.using(database).bulk_create(batch)


def _rows(digest: Any, people: Iterator[Any]) -> Iterator[Any]:
    for person in people:
        found = contact_digests(phone=person.phone, postal_address=person.postal_address)
        for made in sorted(found):
            yield digest(party_id=person.pk, digest=made)


class Migration(migrations.Migration):
    dependencies = [("conduct_complaints", "0014_edition_when_it_happened")]

    operations = [
        migrations.CreateModel(
            name="ContactDigest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to="conduct_complaints.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "digest of contact data",
                "verbose_name_plural": "digests of contact data",
                "constraints": (
                    models.UniqueConstraint(
                        fields=("digest", "party"), name="complaints_contact_digest_once"
                    ),
                ),
            },
        ),
        migrations.RunPython(make_digests, migrations.RunPython.noop),
    ]
