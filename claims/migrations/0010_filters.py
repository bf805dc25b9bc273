"""What the filters by publisher, language, refers_to and verdict lead with."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0009_api_tokens'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['recorded_at'], name='assessment_by_instant'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('published_at__isnull', False), ('refers_to__isnull', False)), fields=['said_on_first', 'id', 'refers_to_first', 'refers_to_last'], name='claim_by_refers_to_period'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['quote_language', 'said_on_first', 'id'], name='claim_by_language'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['publisher'], name='source_by_publisher'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['published_on_first', 'id'], name='source_by_day'),
        ),
    ]
