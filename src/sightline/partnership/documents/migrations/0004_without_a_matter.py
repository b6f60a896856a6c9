import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_delegations'),
        ('documents', '0003_more_kinds'),
        ('need_to_know', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='document',
            name='matter',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='need_to_know.matter'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('matter__isnull', False), models.Q(('agency__isnull', False), ('is_draft', False), ('kind', 'evidence'), ('seal', '')), _connector='OR'), name='documents_document_of_a_matter_or_an_action'),
        ),
    ]
