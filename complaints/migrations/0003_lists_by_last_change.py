"""Lists of open cases nobody handles, and lists by age and by the last change, at any size."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conduct_complaints", "0002_append_only_events")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("handler__isnull", True)
                ),
                fields=["due_at", "id"],
                name="complaints_unassigned",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["changed_at", "id"], name="complaints_changed"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["received_at", "id"],
                name="complaints_open_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["changed_at", "id"],
                name="complaints_open_changed",
            ),
        ),
    ]
