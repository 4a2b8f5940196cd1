import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import complaints.references


class Migration(migrations.Migration):
    dependencies = [
        ("conduct_complaints", "0007_handling"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=complaints.references.new_export_reference,
                        max_length=11,
                        unique=True,
                        verbose_name="reference",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("table", models.CharField(max_length=50, verbose_name="table")),
                (
                    "asked_for",
                    models.CharField(blank=True, max_length=1000, verbose_name="list and filters"),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("handling", "To work on cases"),
                            ("statistics", "For statistics or a report"),
                            ("audit", "For an audit or a review"),
                            ("subject", "Because a person asked for their own data"),
                            ("authority", "For a court, an authority or an outside body"),
                            ("settings", "To look after the settings"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                        verbose_name="what for",
                    ),
                ),
                (
                    "purpose_note",
                    models.CharField(blank=True, max_length=300, verbose_name="what for, in words"),
                ),
                (
                    "personal",
                    models.BooleanField(default=False, verbose_name="with names and words"),
                ),
                ("rows", models.PositiveIntegerField(blank=True, null=True, verbose_name="rows")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-at", "-pk"],
                "permissions": [
                    ("export_personal_data", "Can take names and words along in a table")
                ],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="access",
            name="export",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accesses",
                to="conduct_complaints.exportlog",
            ),
        ),
        migrations.AddIndex(
            model_name="exportlog",
            index=models.Index(fields=["-at", "-id"], name="complaints_exports_at"),
        ),
        migrations.AddIndex(
            model_name="exportlog",
            index=models.Index(fields=["user", "-at"], name="complaints_exports_of"),
        ),
    ]
