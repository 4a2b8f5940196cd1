from django.db import migrations

from conduct import triggers


class Migration(migrations.Migration):
    dependencies = [("conduct", "0001_initial")]

    operations = [migrations.RunPython(triggers.create, triggers.drop, elidable=False)]
