"""Texts to begin a message with, and what was written before it was translated."""

import django.db.models.deletion
from django.db import migrations, models

from conduct.translated_columns import add_translated_columns


class Migration(migrations.Migration):
    dependencies = [
        ("conduct_complaints", "0009_saved_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="source_language",
            field=models.CharField(
                blank=True, max_length=15, verbose_name="language it was written in"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="sources",
            field=models.JSONField(blank=True, default=dict, verbose_name="as it was written"),
        ),
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                (
                    "name",
                    models.CharField(
                        help_text="Only staff see it.", max_length=120, verbose_name="name"
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Without a greeting and without a signature: every message has them already. The names in braces listed below are filled in for each case.",
                        verbose_name="text",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("refusal", "Out of scope: where to go instead"),
                            ("question", "Question to the complainant"),
                            ("update", "News on the way"),
                            ("answer", "Answer"),
                            ("early", "Put right at once"),
                            ("closing", "Last words at the end"),
                            ("review", "Answer after a review"),
                        ],
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("complaint", "Complaint"),
                            ("compliment", "Compliment"),
                            ("suggestion", "Suggestion"),
                            ("question", "Question"),
                            ("request", "Request for a service"),
                        ],
                        help_text="Leave empty for complaints and everything else.",
                        max_length=12,
                        verbose_name="only for",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="offered in forms")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="Counts for what lies below it too. Leave empty for every category.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply_templates",
                        to="conduct_complaints.category",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "reply template",
                "verbose_name_plural": "reply templates",
                "ordering": ["stage", "order", "code"],
            },
        ),
        *add_translated_columns(
            "replytemplate",
            [
                (
                    "name",
                    models.CharField(
                        help_text="Only staff see it.", max_length=120, verbose_name="name"
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Without a greeting and without a signature: every message has them already. The names in braces listed below are filled in for each case.",
                        verbose_name="text",
                    ),
                ),
            ],
        ),
    ]
