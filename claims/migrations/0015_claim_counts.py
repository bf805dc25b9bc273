"""How many claims there are of each kind and standing, of those that are there too."""

from django.db import migrations, models

SAYS = ("kind", "status", "outcome", "progress")


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    counts = apps.get_model("claims", "ClaimCount").objects.using(alias)
    claims = apps.get_model("claims", "Claim").objects.using(alias)
    # Whoever writes waits for it until this is committed.
    apps.get_model("claims", "Ledger").objects.using(alias).select_for_update().first()
    counted = claims.filter(editorial_state="published").order_by().values(*SAYS)
    counts.bulk_create(
        counts.model(**row) for row in counted.annotate(number=models.Count("pk"))
    )


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0014_uploads'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClaimCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('promise', 'Promise'), ('prediction', 'Prediction'), ('assertion', 'Assertion')], max_length=10)),
                ('status', models.CharField(choices=[('pending', 'Pending'), ('not_started', 'Not started'), ('in_progress', 'In progress'), ('stalled', 'Stalled'), ('done', 'Done'), ('dropped', 'Dropped'), ('borne_out', 'Borne out'), ('borne_out_late', 'Borne out late'), ('partly_borne_out', 'Partly borne out'), ('not_borne_out', 'Not borne out'), ('unverifiable', 'Unverifiable'), ('void', 'Void: its condition never arose')], max_length=16)),
                ('outcome', models.CharField(blank=True, choices=[('borne_out', 'Borne out'), ('borne_out_late', 'Borne out late'), ('partly_borne_out', 'Partly borne out'), ('not_borne_out', 'Not borne out'), ('unverifiable', 'Unverifiable'), ('void', 'Void: its condition never arose')], max_length=16)),
                ('progress', models.CharField(blank=True, choices=[('not_started', 'Not started'), ('in_progress', 'In progress'), ('stalled', 'Stalled'), ('done', 'Done'), ('dropped', 'Dropped')], max_length=12)),
                ('number', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'status', 'outcome', 'progress'), name='claimcount_once')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
