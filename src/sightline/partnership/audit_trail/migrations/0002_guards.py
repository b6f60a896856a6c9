from django.db import migrations

from sightline.partnership.audit_trail import guards


def put_up(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for statement in guards.put_up(schema_editor.connection.vendor):
            cursor.execute(statement)


def take_down(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for statement in guards.take_down(schema_editor.connection.vendor):
            cursor.execute(statement)


class Migration(migrations.Migration):
    """The database itself refuses to change or remove an audit row."""

    dependencies = [("audit_trail", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
