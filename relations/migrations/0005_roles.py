"""What each role may do in the newsroom: Writers submit, Editors decide, Managers answer for what nobody reviewed."""

from importlib import import_module

from django.db import migrations

grant = import_module("relations.migrations.0003_groups").grant

WRITERS = {f"view_{model}" for model in ("move", "check", "correction", "redaction", "previewlink", "report")}
EDITORS = WRITERS | {"review_record", "correct_record", "manage_release", "share_preview", "change_report"}
MANAGERS = EDITORS | {"publish_own_record", "redact_record"}


def widen_groups(apps, schema_editor):
    """Gives each group what the newsroom added. Safe to run again."""
    grant(apps, schema_editor, {"Writers": WRITERS, "Editors": EDITORS, "Managers": MANAGERS})


class Migration(migrations.Migration):
    dependencies = [("relations", "0004_newsroom")]
    operations = [migrations.RunPython(widen_groups, migrations.RunPython.noop)]
