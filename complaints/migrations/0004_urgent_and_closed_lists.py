"""Lists of urgent open cases and of the newest closed ones, at any size."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conduct_complaints", "0003_lists_by_last_change")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "closed")),
                fields=["received_at", "id"],
                name="complaints_closed_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["priority", "due_at", "id"],
                name="complaints_priority_due",
            ),
        ),
    ]
