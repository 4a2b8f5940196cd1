"""The privacy notice, and each wording of it, which the database refuses to change."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from conduct import triggers
from conduct.translated_columns import add_translated_columns

WORDS = [
    (
        "controller",
        models.TextField(
            blank=True,
            help_text="Your organisation, and how to reach it.",
            verbose_name="who is responsible",
        ),
    ),
    (
        "purposes",
        models.TextField(
            blank=True,
            help_text="Each purpose in plain words.",
            verbose_name="what the data is used for",
        ),
    ),
    (
        "legal_basis",
        models.TextField(
            blank=True,
            help_text="A legal duty, a contract, a legitimate interest; a permission for what is optional.",
            verbose_name="why you may use it",
        ),
    ),
    (
        "recipients",
        models.TextField(
            blank=True,
            help_text="Who works on it, who works for you, and the outside body that settles disputes.",
            verbose_name="who gets to see it",
        ),
    ),
    (
        "retention",
        models.TextField(
            blank=True,
            help_text="And what happens to it then.",
            verbose_name="how long it is kept",
        ),
    ),
    (
        "rights",
        models.TextField(
            blank=True,
            help_text="And how to use them, at any age.",
            verbose_name="people's rights",
        ),
    ),
    (
        "officer",
        models.TextField(
            blank=True,
            help_text="Your data protection officer, or whoever answers questions about people's data.",
            verbose_name="contact for data protection",
        ),
    ),
    (
        "authority",
        models.TextField(
            blank=True,
            help_text="The data protection authority, and how to reach it.",
            verbose_name="where to complain about it",
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0003_measured_value"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrivacyNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                *WORDS,
                (
                    "site",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="wagtailcore.site",
                    ),
                ),
            ],
            options={"verbose_name": "Privacy notice"},
        ),
        migrations.CreateModel(
            name="PrivacyNoticeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("texts", models.JSONField(default=dict, verbose_name="words")),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of all the words.",
                        max_length=64,
                        verbose_name="digest",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="since"),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the privacy notice",
                "verbose_name_plural": "versions of the privacy notice",
                "ordering": ("-number",),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("site", "number"), name="conduct_notice_number")
                ],
            },
        ),
        *add_translated_columns("privacynotice", WORDS),
        migrations.RunPython(
            triggers.create_for_notices, triggers.drop_for_notices, elidable=False
        ),
    ]
