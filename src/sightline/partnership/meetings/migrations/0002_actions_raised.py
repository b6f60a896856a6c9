import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sightline.procedures.references


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0001_initial'),
        ('meetings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MeetingAction',
            fields=[
                ('id', models.CharField(default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number in the minutes')),
                ('raised_at', models.DateTimeField()),
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='raised_at_meeting', to='actions.action')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions_raised', to='meetings.meetingdecision')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions_raised', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions_raised', to='meetings.meeting')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='meeting_action_number_once')],
            },
        ),
    ]
