"""PostgreSQL itself refuses two editions of one record that overlap; elsewhere the other constraints must do."""

from django.db import migrations

ADD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE relations_edition ADD CONSTRAINT edition_no_overlap
    EXCLUDE USING gist (record_id WITH =, tstzrange(live_from, live_until, '[)') WITH &&);
"""
DROP = "ALTER TABLE relations_edition DROP CONSTRAINT IF EXISTS edition_no_overlap;"


def run(statement):
    def operation(apps, editor):
        if editor.connection.vendor == "postgresql":
            editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    dependencies = [("relations", "0001_initial")]
    operations = [migrations.RunPython(run(ADD), run(DROP))]
