import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0005_promises_and_approval"),
        ("conduct_complaints", "0013_filters_that_few_match"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="happened_edition",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conduct.edition",
            ),
        ),
    ]
