"""Lists that staff save and share, mails about them, chosen columns, and the confidential ones apart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conduct_complaints", "0008_export_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ListColumns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("names", models.JSONField(default=list, verbose_name="columns")),
            ],
            options={
                "verbose_name": "columns of a person",
                "verbose_name_plural": "columns of people",
            },
        ),
        migrations.CreateModel(
            name="ListDigest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "every",
                    models.CharField(
                        choices=[
                            ("at_once", "At once, when a case comes into the list"),
                            ("daily", "Every morning"),
                            ("weekly", "Every Monday morning"),
                        ],
                        default="daily",
                        max_length=8,
                        verbose_name="how often",
                    ),
                ),
                ("last_sent_at", models.DateTimeField(editable=False, verbose_name="last sent")),
                ("known", models.JSONField(default=list, editable=False)),
            ],
            options={
                "verbose_name": "mail about a saved list",
                "verbose_name_plural": "mails about saved lists",
            },
        ),
        migrations.CreateModel(
            name="SavedList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("preset", models.CharField(max_length=20, verbose_name="list")),
                ("query", models.TextField(blank=True, verbose_name="filters")),
                (
                    "sharing",
                    models.CharField(
                        choices=[
                            ("nobody", "Only I"),
                            ("team", "One of my teams"),
                            ("everybody", "Everybody who sees cases"),
                        ],
                        default="nobody",
                        max_length=10,
                        verbose_name="who may use it",
                    ),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Lists with a smaller number come first.",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved list",
                "verbose_name_plural": "saved lists",
                "ordering": ["order", "name", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("confidential", True)
                ),
                fields=["due_at", "id"],
                name="complaints_confidential",
            ),
        ),
        migrations.AddField(
            model_name="listcolumns",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="case_list_columns",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="listdigest",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="case_list_digests",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="savedlist",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="saved_case_lists",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="savedlist",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="conduct_complaints.team",
                verbose_name="team",
            ),
        ),
        migrations.AddField(
            model_name="listdigest",
            name="saved_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="digests",
                to="conduct_complaints.savedlist",
            ),
        ),
        migrations.AddConstraint(
            model_name="listdigest",
            constraint=models.UniqueConstraint(
                fields=("saved_list", "user"), name="complaints_one_digest"
            ),
        ),
    ]
