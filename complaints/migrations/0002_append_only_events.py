"""The database itself refuses to change or delete an event."""

from django.db import migrations

from complaints import events


def install(apps, schema_editor):
    events.install_triggers(schema_editor.connection)


def remove(apps, schema_editor):
    events.remove_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("conduct_complaints", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
