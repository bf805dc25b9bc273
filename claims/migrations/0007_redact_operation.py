"""The ledger's word for a removal by law."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_corrections_and_formats'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='change',
            name='change_operation_known',
        ),
        migrations.AlterField(
            model_name='change',
            name='operation',
            field=models.CharField(choices=[('publish', 'Published'), ('create', 'Created'), ('edit', 'Edited'), ('appearance', 'Said again'), ('evidence', 'Evidence'), ('assess', 'Assessed'), ('link', 'Linked'), ('retract', 'Retracted'), ('merge', 'Merged'), ('redact', 'Redacted by law')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('operation__in', ['publish', 'create', 'edit', 'appearance', 'evidence', 'assess', 'link', 'retract', 'merge', 'redact'])), name='change_operation_known'),
        ),
    ]
