import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sightline.procedures.references


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0004_delegations'),
        ('documents', '0003_more_kinds'),
        ('need_to_know', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.CharField(default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('source_kind', models.CharField(choices=[('rapid_review', 'Rapid review'), ('practice_review', 'Practice review'), ('learning_review', 'Learning below the threshold'), ('audit', 'Audit'), ('peer_review', 'Peer review'), ('inspection', 'Inspection'), ('scrutineer', 'Independent scrutineer'), ('section_11', 'Section 11 audit'), ('meeting', 'Meeting'), ('other', 'Another source')], max_length=20, verbose_name='where it comes from')),
                ('source_title', models.CharField(max_length=200, verbose_name='title of the source')),
                ('source_on', models.DateField(verbose_name='date of the source')),
                ('text', models.TextField(verbose_name='what is recommended')),
                ('why', models.TextField(blank=True, verbose_name='why')),
                ('required_of', models.CharField(choices=[('each', 'Each agency by itself'), ('collectively', 'The partnership together'), ('agency', 'One agency')], max_length=14, verbose_name='who is to do it')),
                ('by_when', models.DateField(blank=True, null=True, verbose_name='by')),
                ('status', models.CharField(choices=[('made', 'Made, not yet answered'), ('accepted', 'Accepted'), ('not_accepted', 'Not accepted'), ('superseded', 'Replaced by another')], default='made', editable=False, max_length=14)),
                ('answer', models.TextField(blank=True, editable=False, verbose_name='answer, with its reasons')),
                ('decided_on', models.DateField(blank=True, editable=False, null=True, verbose_name='answered on')),
                ('how_response_differs', models.TextField(blank=True, verbose_name='how the response will differ this time')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency it is made to')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='need_to_know.matter')),
                ('repeats', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeated_by', to='actions.recommendation', verbose_name='recommendation that it repeats')),
            ],
            options={
                'ordering': ['-source_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('required_of', 'agency')), models.Q(models.Q(('required_of', 'agency'), _negated=True), ('agency__isnull', True)), _connector='OR'), name='actions_recommendation_of_one_agency'), models.CheckConstraint(condition=models.Q(('status__in', ('made', 'superseded')), models.Q(('decided_on__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='actions_recommendation_answered_with_reasons'), models.CheckConstraint(condition=models.Q(('repeats__isnull', True), models.Q(('repeats', models.F('id')), _negated=True), _connector='OR'), name='actions_recommendation_repeats_another'), models.CheckConstraint(condition=models.Q(('repeats__isnull', True), models.Q(('how_response_differs', ''), _negated=True), _connector='OR'), name='actions_recommendation_repeated_differently')],
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.CharField(default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='what is to be done')),
                ('outcome', models.TextField(blank=True, verbose_name='what will be different for children')),
                ('raised_on', models.DateField(verbose_name='raised')),
                ('due_on', models.DateField(verbose_name='due')),
                ('first_due_on', models.DateField(editable=False, verbose_name='first date it was due')),
                ('priority', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], default='medium', max_length=6)),
                ('themes', models.JSONField(blank=True, default=list)),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('evidence_awaited', 'Done, to be assured'), ('verified', 'Assured'), ('superseded', 'Replaced by another')], default='not_started', editable=False, max_length=16)),
                ('done_on', models.DateField(blank=True, editable=False, null=True, verbose_name='done')),
                ('done_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('assured_on', models.DateField(blank=True, editable=False, null=True, verbose_name='assured')),
                ('assured_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('assured_because', models.TextField(blank=True, editable=False, verbose_name='what the sub-group saw')),
                ('difference_on', models.DateField(blank=True, editable=False, null=True, verbose_name='made a difference to children')),
                ('difference_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('difference_because', models.TextField(blank=True, editable=False, verbose_name='what is different for children')),
                ('closed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='closed by the Executive')),
                ('superseded_because', models.TextField(blank=True, editable=False, verbose_name='why it was replaced')),
                ('review_impact_on', models.DateField(blank=True, null=True, verbose_name='effect to be looked at on')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('assured_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who assured it')),
                ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who recorded the closing')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('difference_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who recorded the difference')),
                ('done_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who said that it is done')),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='need_to_know.matter')),
                ('owner_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='agencies.agency', verbose_name='agency that owns it')),
                ('owner_officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='agencies.officer', verbose_name='person who owns it')),
                ('superseded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='actions.action', verbose_name='action that replaces it')),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='actions.recommendation')),
            ],
            options={
                'ordering': ['due_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True), ('done_on__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='actions_action_done_together'), models.CheckConstraint(condition=models.Q(models.Q(('assured_at__isnull', True), ('assured_by__isnull', True), ('assured_on__isnull', True), ('assured_because', '')), models.Q(('assured_at__isnull', False), ('assured_by__isnull', False), ('assured_on__isnull', False), models.Q(('assured_because', ''), _negated=True)), _connector='OR'), name='actions_action_assured_together'), models.CheckConstraint(condition=models.Q(models.Q(('difference_at__isnull', True), ('difference_by__isnull', True), ('difference_on__isnull', True), ('difference_because', '')), models.Q(('difference_at__isnull', False), ('difference_by__isnull', False), ('difference_on__isnull', False), models.Q(('difference_because', ''), _negated=True)), _connector='OR'), name='actions_action_difference_together'), models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('closed_on__isnull', True)), models.Q(('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='actions_action_closed_together'), models.CheckConstraint(condition=models.Q(models.Q(('superseded_by__isnull', True), ('superseded_because', '')), models.Q(('superseded_by__isnull', False), models.Q(('superseded_because', ''), _negated=True)), _connector='OR'), name='actions_action_superseded_together'), models.CheckConstraint(condition=models.Q(models.Q(('assured_on__isnull', True), ('done_on__isnull', False), _connector='OR'), models.Q(('difference_on__isnull', True), ('assured_on__isnull', False), _connector='OR'), models.Q(('closed_on__isnull', True), ('difference_on__isnull', False), _connector='OR')), name='actions_action_locks_in_order'), models.CheckConstraint(condition=models.Q(('superseded_by__isnull', True), models.Q(('superseded_by', models.F('id')), _negated=True), _connector='OR'), name='actions_action_supersedes_another')],
            },
        ),
        migrations.CreateModel(
            name='ActionEvidence',
            fields=[
                ('id', models.CharField(default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('completion', 'That it was done'), ('impact', 'That it made a difference to children')], max_length=10, verbose_name='what it shows')),
                ('text', models.TextField(verbose_name='what the evidence is')),
                ('dated_on', models.DateField(verbose_name='date of the evidence')),
                ('goes_stale_on', models.DateField(blank=True, null=True, verbose_name='too old from')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.TextField(blank=True, verbose_name='why it was withdrawn')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='actions.action')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['added_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_because', ''), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='actions_evidence_withdrawn_together'), models.CheckConstraint(condition=models.Q(('goes_stale_on__isnull', True), ('goes_stale_on__gt', models.F('dated_on')), _connector='OR'), name='actions_evidence_stale_later')],
            },
        ),
        migrations.CreateModel(
            name='ActionUpdate',
            fields=[
                ('id', models.CharField(default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('said', 'Update'), ('due', 'Date changed'), ('done', 'Said to be done'), ('assured', 'Assured'), ('not_assured', 'Sent back'), ('difference', 'Made a difference'), ('closed', 'Closed'), ('reopened', 'Reopened'), ('superseded', 'Replaced')], default='said', max_length=12)),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('evidence_awaited', 'Done, to be assured'), ('verified', 'Assured'), ('superseded', 'Replaced by another')], max_length=16, verbose_name='how it stood')),
                ('text', models.TextField(verbose_name='what has happened')),
                ('due_on_becomes', models.DateField(blank=True, null=True, verbose_name='new date')),
                ('because', models.TextField(blank=True, verbose_name='why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='actions.action')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by_officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('by__isnull', False), ('by_officer__isnull', False), _connector='OR'), name='actions_update_by_somebody'), models.CheckConstraint(condition=models.Q(('due_on_becomes__isnull', True), models.Q(('because', ''), _negated=True), _connector='OR'), name='actions_update_new_date_with_reasons')],
            },
        ),
    ]
