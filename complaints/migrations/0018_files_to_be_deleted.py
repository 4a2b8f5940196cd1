"""Files that nothing points at any more are written down until storage has deleted them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conduct_complaints", "0017_one_link_of_two_cases")]

    operations = [
        migrations.CreateModel(
            name="DoomedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=255)),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name": "file to be deleted",
                "verbose_name_plural": "files to be deleted",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
    ]
