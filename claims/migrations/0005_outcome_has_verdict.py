from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_past_standings"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('stale', False), ('verdict__isnull', True)), models.Q(models.Q(('outcome', ''), _negated=True), ('verdict__isnull', False)), _connector='OR'), name='claim_outcome_has_verdict'),
        ),
    ]
