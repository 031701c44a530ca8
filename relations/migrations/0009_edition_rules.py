"""An edition says by which version of the rules it was derived, so that `reindex` knows what is due."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("relations", "0008_previewlink_made_at")]
    operations = [
        migrations.AddField(
            model_name="edition",
            name="rules",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["rules"], name="edition_by_rules"),
        ),
    ]
