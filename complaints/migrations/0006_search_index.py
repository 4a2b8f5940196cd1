"""The words of each case, and an index of them as the database at hand has it."""

import django.db.models.deletion
from django.db import migrations, models

from complaints.search import database


def install(apps, schema_editor):
    database.install(schema_editor.connection)


def remove(apps, schema_editor):
    database.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("conduct_complaints", "0005_the_whole_form")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="conduct_complaints.case",
                    ),
                ),
                ("words", models.TextField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "words to search in",
                "verbose_name_plural": "words to search in",
            },
        ),
        migrations.RunPython(install, remove),
    ]
