"""A preview link is made at an instant of the site's clock, which its end is compared with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("relations", "0007_facet_by_value")]
    operations = [
        migrations.AlterField(
            model_name="previewlink",
            name="made_at",
            field=models.DateTimeField(verbose_name="made at"),
        ),
    ]
