"""Two cases are linked once, whichever of them the link was made from."""

from django.db import migrations, models
from django.db.models.functions import Greatest, Least


def keep_the_first_link(apps, schema_editor):
    links = apps.get_model("conduct_complaints", "CaseLink").objects
    links = links.using(schema_editor.connection.alias)
    seen = set()
    for pk, case, other in links.order_by("pk").values_list("pk", "case_id", "other_id"):
        pair = frozenset((case, other))
        if pair in seen:
            links.filter(pk=pk).delete()
        seen.add(pair)


class Migration(migrations.Migration):
    dependencies = [("conduct_complaints", "0016_day_of_receipt_in_the_order_of_lists")]

    operations = [
        migrations.RunPython(keep_the_first_link, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="caselink", name="complaints_one_link"),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.UniqueConstraint(
                Least("case", "other"), Greatest("case", "other"), name="complaints_one_link"
            ),
        ),
    ]
