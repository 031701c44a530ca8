"""Readers' reports come in: a form sent twice is one report, and whoever decides them hears of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("relations", "0005_roles")]
    operations = [
        migrations.AddField(
            model_name="report",
            name="fingerprint",
            field=models.CharField(default="", max_length=64, unique=True),
            preserve_default=False,  # there are no reports before this
        ),
        migrations.AlterField(
            model_name="report",
            name="path",
            field=models.CharField(blank=True, max_length=300, verbose_name="page"),
        ),
        migrations.AddField(
            model_name="noticechoice",
            name="report",
            field=models.BooleanField(default=True, verbose_name="A reader reports an error"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="about",
            field=models.CharField(
                choices=[
                    ("review", "asked for a review"),
                    ("returned", "returned"),
                    ("published", "published"),
                    ("overdue", "overdue"),
                    ("report", "reported by a reader"),
                    ("digest", "going stale"),
                ],
                max_length=10,
                verbose_name="about",
            ),
        ),
    ]
