"""Three groups: Writers edit, Editors also publish and withdraw, Managers also keep people and reference data."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RECORDS = [
    "party",
    "source",
    "post",
    "official",
    "relationship",
    "topic",
    "fact",
    "meeting",
    "priority",
    "statement",
    "factsheet",
]
PARTS = [
    "keyfigure",
    "keydate",
    "observation",
    "vacancy",
    "term",
    "participation",
    "otherparticipant",
    "agendaitem",
    "outcome",
    "readout",
    "session",
    "commitment",
    "assessment",
    "cospeaker",
    "section",
    "line",
]
LEDGER = ["edition", "release", "revision"]


def codes(actions, models):
    return {f"{action}_{model}" for action in actions.split() for model in models}


WRITERS = codes("view add change", RECORDS) | codes("view add change delete", PARTS) | codes("view", [*LEDGER, "unit"])
EDITORS = WRITERS | codes("delete", RECORDS) | {"publish_record", "withdraw_record"}
MANAGERS = EDITORS | codes("add change delete", ["unit"])
PEOPLE = codes("view add change delete", ["user", "group"])


def make_groups(apps, schema_editor):
    """Creates the groups, or gives those of this name their rights. Safe to run again."""
    grant(apps, schema_editor, {"Writers": WRITERS, "Editors": EDITORS, "Managers": MANAGERS})
    grant(apps, schema_editor, {"Managers": PEOPLE}, label="auth")


def grant(apps, schema_editor, rights, label="relations"):
    """Gives each group, by name, these rights to the models of an app. Raises LookupError for an unknown one."""
    using = schema_editor.connection.alias if schema_editor else "default"
    # Otherwise they come after the last migration only, and there would be nothing to grant.
    create_permissions(installed.get_app_config(label), apps=apps, using=using, verbosity=0)
    known = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label=label)
    groups = apps.get_model("auth", "Group").objects.using(using)
    for name, codenames in rights.items():
        found = known.filter(codename__in=codenames)
        if len(found) != len(codenames):
            raise LookupError(codenames - {each.codename for each in found})
        groups.get_or_create(name=name)[0].permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("relations", "0002_no_overlap"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="edition",
            options={
                "default_permissions": ("view",),
                "permissions": [
                    ("publish_record", "Can publish records"),
                    ("withdraw_record", "Can withdraw records"),
                ],
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
            },
        ),
        migrations.AlterModelOptions(
            name="release",
            options={
                "default_permissions": ("view",),
                "verbose_name": "release",
                "verbose_name_plural": "releases",
            },
        ),
        migrations.AlterModelOptions(
            name="revision",
            options={
                "default_permissions": ("view",),
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
            },
        ),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
