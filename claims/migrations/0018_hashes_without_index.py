"""A hash is made of the one before it, which is unique: two indexes less for each entry to be put into."""

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
    ]
