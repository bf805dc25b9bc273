"""The indexes of the list's filters, each in the list's own order and with what is asked beside."""

import claims.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0015_claim_counts'),
    ]

    operations = [
        # The old ones go last: while the new are made, PostgreSQL goes on reading.
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['said_on_first', 'id', 'published_at', 'editorial_state'], name='claim_newest_said'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('published_at__isnull', False), ('on_behalf_of__isnull', False)), fields=['on_behalf_of', 'said_on_first', 'id'], name='claim_by_on_behalf_of'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['attribution', 'said_on_first', 'id'], name='claim_by_attribution'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.F('said_on_first'), models.F('id'), claims.models.fields.PeriodEdge('due_first'), claims.models.fields.PeriodEdge('due_last'), condition=models.Q(('published_at__isnull', False), ('due__isnull', False)), name='claim_by_due_days'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('published_at__isnull', False), models.Q(('due__contains', '~'), ('due__contains', '?'), _connector='OR')), fields=['said_on_first', 'id'], name='claim_due_is_marked'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.F('said_on_first'), models.F('id'), claims.models.fields.PeriodEdge('refers_to_first'), claims.models.fields.PeriodEdge('refers_to_last'), condition=models.Q(('published_at__isnull', False), ('refers_to__isnull', False)), name='claim_by_refers_to_days'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('published_at__isnull', False), ('quote_is_translation', True)), fields=['said_on_first', 'id'], name='claim_quote_is_translation'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['quantity_unit', 'said_on_first', 'id', 'quantity_value'], name='claim_by_figure'),
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_list',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_by_due_period',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_by_quantity',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_by_refers_to_period',
        ),
    ]
