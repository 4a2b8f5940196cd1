"""Open cases of some weeks are found in the index of the lists: the rows between need not be read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conduct_complaints", "0015_digests_of_contact_data")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="complaints_due"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["due_at", "id", "received_at"],
                name="complaints_due",
            ),
        ),
    ]
