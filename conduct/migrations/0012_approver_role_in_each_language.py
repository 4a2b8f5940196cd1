"""The role of who approved an edition, in each of its languages."""

from django.db import migrations, models

from conduct import triggers


class Migration(migrations.Migration):
    dependencies = [("conduct", "0011_objectives_and_certificates")]

    operations = [
        # SQLite makes a table anew to add columns to it, and loses its triggers on the way.
        migrations.RunPython(triggers.drop, triggers.create),
        migrations.AddField(
            model_name="editiontext",
            name="approved_by_role",
            field=models.CharField(blank=True, max_length=200, verbose_name="their role"),
        ),
        migrations.RunPython(triggers.create, triggers.drop),
    ]
