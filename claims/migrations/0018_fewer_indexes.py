"""Three indexes less that nobody reads: a hash is made of the one before it, which is unique, and
what a claim's standings are found by begins another index. The links of a type stand together in
theirs."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0017_search_index'),
    ]

    operations = [
        migrations.AlterField(
            model_name='change',
            name='hash',
            field=models.CharField(max_length=64),
        ),
        migrations.AlterField(
            model_name='standing',
            name='claim',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='claims.claim'),
        ),
        migrations.RemoveConstraint(
            model_name='link',
            name='link_once',
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('type', 'claim', 'target'), name='link_once'),
        ),
    ]
