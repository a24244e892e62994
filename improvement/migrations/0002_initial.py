import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import organisation.privacy
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('improvement', '0001_extensions'),
        ('measures', '0001_initial'),
        ('organisation', '0002_people_are_found_by_parts_of_names'),
        ('organisation', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(blank=True, editable=False, max_length=20)),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='Name')),
                ('question', models.CharField(blank=True, max_length=200, verbose_name='Question')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name_plural': 'criteria',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('key__in', ['', 'quality', 'efficiency', 'work', 'spread', 'lasting']), models.Q(('key', ''), ('name', ''), _negated=True)), name='criterion_has_a_name'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='criterion_usual_is_there_once'), models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('name',), name='criterion_named_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('outcome', models.CharField(choices=[('approved', 'Approved'), ('rejected', 'Rejected'), ('waiting', 'Wait'), ('supplement', 'Ask for more'), ('direct', 'Do it now')], max_length=10, verbose_name='Outcome')),
                ('reason', organisation.privacy.FreeText(max_length=2000, verbose_name='Reason')),
                ('basis', models.CharField(choices=[('delegated', 'Delegated decision'), ('execution', 'Carrying out an earlier decision')], default='delegated', max_length=10, verbose_name='Basis')),
                ('delegation_reference', models.CharField(blank=True, max_length=60, verbose_name='Delegation reference')),
                ('consulted', organisation.privacy.FreeText(blank=True, max_length=1000, verbose_name='Consulted')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('project_ore', models.PositiveBigIntegerField(default=0)),
                ('reward_ore', models.PositiveBigIntegerField(default=0)),
                ('asked_ore', models.PositiveBigIntegerField(default=0)),
                ('wait_until', models.DateField(null=True, verbose_name='Wait until')),
                ('returns_when', models.CharField(blank=True, choices=[('date', 'A certain day comes'), ('money', 'There is money to decide on'), ('red', 'The measure it is aimed at turns red')], max_length=10, verbose_name='Comes back when')),
                ('case_number', organisation.privacy.FreeLine(blank=True, max_length=60, verbose_name='Case number')),
                ('replaces_why', organisation.privacy.FreeText(blank=True, max_length=1000, verbose_name='Why it replaces the earlier one')),
                ('adds_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='additions', to='improvement.decision')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='improvement.decision')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='decision_has_reason'), models.CheckConstraint(condition=models.Q(('outcome__in', ['approved', 'rejected', 'waiting', 'supplement', 'direct'])), name='decision_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('basis', 'delegated'), _negated=True), models.Q(('delegation_reference', ''), _negated=True), _connector='OR'), name='decision_by_delegation_names_its_reference'), models.CheckConstraint(condition=models.Q(models.Q(('wait_until', None), ('returns_when', '')), ('outcome__in', ['waiting', 'rejected']), _connector='OR'), name='decision_comes_back_only_after_a_no'), models.CheckConstraint(condition=models.Q(models.Q(('returns_when', 'date'), _negated=True), ('wait_until__isnull', False), _connector='OR'), name='decision_that_waits_for_a_day_names_it'), models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('replaces_why', '')), models.Q(('replaces__isnull', False), models.Q(('replaces_why', ''), _negated=True)), _connector='OR'), name='decision_that_replaces_says_why'), models.CheckConstraint(condition=models.Q(('adds_to', None), models.Q(('outcome', 'approved'), ('replaces', None)), _connector='OR'), name='decision_that_adds_is_an_approval')],
            },
        ),
        migrations.CreateModel(
            name='DecisionList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board', models.CharField(max_length=120, verbose_name='Board')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decision_lists', to='organisation.unit')),
            ],
        ),
        migrations.CreateModel(
            name='DecisionListEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='list_entry', to='improvement.decision')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='improvement.decisionlist')),
            ],
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', organisation.privacy.FreeLine(max_length=120, verbose_name='Name')),
                ('cap_ore', models.PositiveBigIntegerField(default=5000000)),
                ('reward_ore', models.PositiveBigIntegerField(default=500000)),
                ('many_people', models.PositiveSmallIntegerField(default=25, null=True)),
                ('many_reward_ore', models.PositiveBigIntegerField(default=1000000)),
                ('usual_allocation_ore', models.PositiveBigIntegerField(default=100000000)),
                ('rollover_within_year', models.CharField(choices=[('automatic', 'Moves on by itself'), ('confirmed', 'Moves on when somebody confirms it'), ('lapses', 'Goes back to the organisation')], default='automatic', max_length=10)),
                ('rollover_at_year_end', models.CharField(choices=[('automatic', 'Moves on by itself'), ('confirmed', 'Moves on when somebody confirms it'), ('lapses', 'Goes back to the organisation')], default='automatic', max_length=10)),
                ('queue_rule', models.CharField(choices=[('strict', 'Strictly in the order of decision'), ('fits', 'The next one that the money is enough for')], default='strict', max_length=10)),
                ('between_meetings_ore', models.PositiveBigIntegerField(default=None, null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='organisation.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='fund_named_once_per_unit'), models.CheckConstraint(condition=models.Q(('rollover_within_year__in', ['automatic', 'confirmed', 'lapses']), ('rollover_at_year_end__in', ['automatic', 'confirmed', 'lapses'])), name='fund_rollover_known'), models.CheckConstraint(condition=models.Q(('queue_rule__in', ['strict', 'fits'])), name='fund_queue_rule_known'), models.CheckConstraint(condition=models.Q(('many_people', None), ('many_people__gt', 1), _connector='OR'), name='fund_very_many_is_more_than_one')],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='fund',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='improvement.fund'),
        ),
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', organisation.privacy.FreeLine(max_length=120, verbose_name='Title')),
                ('need', organisation.privacy.FreeText(help_text='What does not work, or could work better? A few sentences are enough.', max_length=4000, verbose_name='What is the need?')),
                ('beneficiaries', organisation.privacy.FreeText(blank=True, help_text='For example residents, pupils, relatives, colleagues.', max_length=1000, verbose_name='Who would it be better for?')),
                ('solution', organisation.privacy.FreeText(blank=True, help_text='Not needed. An idea without a solution is just as welcome.', max_length=4000, verbose_name='Do you have a suggestion?')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('preparing', 'Being prepared'), ('returned', 'Needs more information'), ('ready', 'Ready for decision'), ('waiting', 'Waits'), ('queued', 'Approved, in the queue for money'), ('funded', 'Approved, money reserved'), ('underway', 'Being carried out'), ('done', 'Carried out'), ('direct', 'Do it now'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('merged', 'Joined with another idea')], default='draft', max_length=10)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('written_in', models.UUIDField(default=uuid.uuid4)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('is_direct', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=0)),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_at', models.DateTimeField(null=True)),
                ('expected_effect', organisation.privacy.FreeText(blank=True, help_text='What will be noticed, by whom, and how will you see it?', max_length=2000, verbose_name='Expected effect')),
                ('agreed_with', organisation.privacy.FreeLine(blank=True, help_text='The staff group and others who have helped with the costs.', max_length=300, verbose_name='Agreed with')),
                ('cap_reason', organisation.privacy.FreeText(blank=True, help_text="Only needed above the fund's guide amount: the potential for spread or gain.", max_length=1000, verbose_name='Why it may cost more than usual')),
                ('purchase_reason', organisation.privacy.FreeText(blank=True, help_text='Only needed when most of the cost is material.', max_length=1000, verbose_name='Why it is an improvement and not only a purchase')),
                ('spread_potential', organisation.privacy.FreeText(blank=True, help_text='Units that have the same need, and what it would take there.', max_length=1000, verbose_name='Where else it could be used')),
                ('expected_done_on', models.DateField(blank=True, help_text='Makes it possible to tell those in the queue when money may come free.', null=True, verbose_name='Thought to be carried out by')),
                ('words', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('title', 'need', 'solution', config='swedish'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Prepared by')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to=settings.AUTH_USER_MODEL)),
                ('kpi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to='measures.kpi', verbose_name='Measure it is aimed at')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='improvement.idea', verbose_name='Joined with')),
                ('typed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(help_text='The workplace that the idea is about.', on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to='organisation.unit', verbose_name='Where?')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'status'], name='idea_of_unit_in_state'), models.Index(fields=['author', 'created_at'], name='idea_of_author_in_time'), models.Index(fields=['-created_at', '-id'], name='idea_latest_first'), models.Index(fields=['status', 'created_at', 'id'], include=('unit',), name='idea_in_state_by_age'), django.contrib.postgres.indexes.GinIndex(fields=['words'], name='idea_words'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('title'), 'gin_trgm_ops'), name='idea_words_of_title'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('need'), 'gin_trgm_ops'), name='idea_words_of_need')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'preparing', 'returned', 'ready', 'waiting', 'queued', 'funded', 'underway', 'done', 'direct', 'rejected', 'withdrawn', 'merged'])), name='idea_status_known'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'withdrawn']), models.Q(('need', ''), _negated=True), _connector='OR'), name='idea_says_what_the_need_is'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged')), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='idea_joined_names_the_other'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('pk')), _negated=True), name='idea_is_not_joined_with_itself'), models.CheckConstraint(condition=models.Q(('typed_by', None), models.Q(('typed_by', models.F('author')), _negated=True), _connector='OR'), name='idea_typed_by_somebody_else_or_nobody')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='improvement.idea')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('idea', 'person'), name='follow_once_per_person')],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='idea',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='improvement.idea'),
        ),
        migrations.CreateModel(
            name='CostLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('staff', 'Staff and substitutes'), ('material', 'Material'), ('premises', 'Premises'), ('travel', 'Travel'), ('other', 'Other')], max_length=10, verbose_name='Type')),
                ('description', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='What')),
                ('hours', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='Hours')),
                ('rate_ore', models.PositiveBigIntegerField(blank=True, null=True)),
                ('amount_ore', models.PositiveBigIntegerField()),
                ('idea', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cost_lines', to='improvement.idea')),
            ],
            options={
                'indexes': [models.Index(fields=['idea'], include=('amount_ore',), name='cost_line_sums')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['staff', 'material', 'premises', 'travel', 'other'])), name='cost_line_kind_known'), models.CheckConstraint(condition=models.Q(('amount_ore__gt', 0)), name='cost_line_costs_something'), models.CheckConstraint(condition=models.Q(models.Q(('hours__gt', 0), ('hours__isnull', False), ('kind', 'staff'), ('rate_ore__gt', 0), ('rate_ore__isnull', False)), models.Q(models.Q(('kind', 'staff'), _negated=True), ('hours', None), ('rate_ore', None)), _connector='OR'), name='cost_line_of_staff_is_hours_at_a_rate')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', organisation.privacy.FreeLine(max_length=200, verbose_name='Why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='improvement.idea')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('idea', 'person'), name='conflict_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', organisation.privacy.FreeText(blank=True, max_length=2000, verbose_name='Comment')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('removed_at', models.DateTimeField(null=True)),
                ('removed_why', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='Why')),
                ('key', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mentions', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='improvement.idea')),
            ],
            options={
                'indexes': [models.Index(fields=['idea', 'at'], name='comment_of_idea_in_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('removed_at', None), ('text', ''), _connector='XOR'), name='comment_has_words_until_removed'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None), ('removed_why', '')), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='comment_is_removed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', organisation.privacy.FreeLine(max_length=120)),
                ('content_type', models.CharField(max_length=100)),
                ('content', models.BinaryField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('size', models.GeneratedField(db_persist=True, expression=models.Func(models.F('content'), function='OCTET_LENGTH'), output_field=models.PositiveIntegerField())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='improvement.idea')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('position__range', (1, 5))), name='attachment_has_one_of_five_places'), models.UniqueConstraint(fields=('idea', 'position'), name='attachment_alone_in_its_place')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='Points')),
                ('reason', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='In short, why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='improvement.criterion')),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='improvement.idea')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('idea', 'criterion', 'person'), name='assessment_once_per_person'), models.CheckConstraint(condition=models.Q(('points__gte', 1), ('points__lte', 5)), name='assessment_points_within_the_scale')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='Day')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='Time')),
                ('place', organisation.privacy.FreeLine(blank=True, max_length=120, verbose_name='Place')),
                ('basis', models.CharField(choices=[('delegated', 'Delegated decision'), ('execution', 'Carrying out an earlier decision')], default='delegated', max_length=10, verbose_name='Basis')),
                ('delegation_reference', models.CharField(blank=True, max_length=60, verbose_name='Delegation reference')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held, letters sent'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('notes', organisation.privacy.FreeText(blank=True, max_length=4000, verbose_name='Notes')),
                ('held_at', models.DateTimeField(null=True)),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('arranged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Decision-maker')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='organisation.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'held', 'cancelled'])), name='meeting_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('held_at__isnull', False), ('status', 'held')), models.Q(models.Q(('status', 'held'), _negated=True), ('held_at', None)), _connector='OR'), name='meeting_held_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('basis', 'delegated'), _negated=True), models.Q(('delegation_reference', ''), _negated=True), _connector='OR'), name='meeting_by_delegation_names_its_reference')],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='meeting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='improvement.meeting'),
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('outcome', models.CharField(blank=True, choices=[('approved', 'Approved'), ('rejected', 'Rejected'), ('waiting', 'Wait'), ('supplement', 'Ask for more'), ('direct', 'Do it now')], max_length=10, verbose_name='Outcome')),
                ('project_ore', models.PositiveBigIntegerField(blank=True, null=True)),
                ('wait_until', models.DateField(blank=True, null=True, verbose_name='Wait until')),
                ('returns_when', models.CharField(blank=True, choices=[('date', 'A certain day comes'), ('money', 'There is money to decide on'), ('red', 'The measure it is aimed at turns red')], max_length=10, verbose_name='Comes back when')),
                ('reason', organisation.privacy.FreeText(blank=True, max_length=2000, verbose_name='Reason')),
                ('case_number', organisation.privacy.FreeLine(blank=True, max_length=60, verbose_name='Case number')),
                ('decision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_item', to='improvement.decision')),
                ('fund', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='improvement.fund', verbose_name='Fund')),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='improvement.idea')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='improvement.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'idea'), name='idea_once_on_an_agenda'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('meeting', 'position'), name='one_idea_at_each_place_of_an_agenda'), models.CheckConstraint(condition=models.Q(('outcome__in', ['approved', 'rejected', 'waiting', 'supplement', 'direct', ''])), name='agenda_item_outcome_known')],
            },
        ),
        migrations.CreateModel(
            name='MeetingMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_present', models.BooleanField(null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='improvement.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='member_once_per_meeting')],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', organisation.privacy.FreeLine(max_length=60, verbose_name='Name')),
                ('starts_on', models.DateField(verbose_name='First day')),
                ('ends_on', models.DateField(verbose_name='Last day')),
                ('closed_at', models.DateTimeField(null=True)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='improvement.fund')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='period_ends_after_it_starts'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('fund'), '='), (models.Func(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='period_never_overlaps_another_of_its_fund')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('allocation', 'Allocated'), ('rollover_in', 'Brought forward'), ('rollover_out', 'Carried forward'), ('lapse', 'Gone back'), ('reservation', 'Reserved'), ('release', 'Released'), ('payout', 'Paid')], max_length=12)),
                ('account', models.CharField(blank=True, choices=[('project', 'Project money'), ('reward', 'Reward')], max_length=10)),
                ('amount_ore', models.BigIntegerField()),
                ('document_number', models.CharField(blank=True, max_length=60)),
                ('note', organisation.privacy.FreeLine(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.UUIDField(null=True, unique=True)),
                ('left_ore', models.GeneratedField(db_persist=True, expression=models.Case(models.When(kind__in=['allocation', 'rollover_in', 'release'], then=models.F('amount_ore')), models.When(kind__in=['rollover_out', 'lapse', 'reservation'], then=django.db.models.expressions.CombinedExpression(models.F('amount_ore'), '*', models.Value(-1))), default=models.Value(0)), output_field=models.BigIntegerField())),
                ('reserved_ore', models.GeneratedField(db_persist=True, expression=models.Case(models.When(kind__in=['reservation'], then=models.F('amount_ore')), models.When(kind__in=['release', 'payout'], then=django.db.models.expressions.CombinedExpression(models.F('amount_ore'), '*', models.Value(-1))), default=models.Value(0)), output_field=models.BigIntegerField())),
                ('paid_ore', models.GeneratedField(db_persist=True, expression=models.Case(models.When(kind__in=['payout'], then=models.F('amount_ore')), default=models.Value(0)), output_field=models.BigIntegerField())),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='improvement.ledgerentry')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='improvement.decision')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='improvement.period')),
            ],
            options={
                'indexes': [models.Index(fields=['period', 'at'], include=('kind', 'account', 'amount_ore', 'left_ore', 'reserved_ore', 'paid_ore'), name='ledger_of_period_in_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['allocation', 'rollover_in', 'rollover_out', 'lapse', 'reservation', 'release', 'payout'])), name='ledger_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('amount_ore__gt', 0), ('corrects', None)), models.Q(('amount_ore__lt', 0), ('corrects__isnull', False)), _connector='OR'), name='ledger_below_zero_only_in_a_correction'), models.CheckConstraint(condition=models.Q(models.Q(('account__in', ['project', 'reward']), ('decision__isnull', False), ('kind__in', ('reservation', 'release', 'payout'))), models.Q(models.Q(('kind__in', ('reservation', 'release', 'payout')), _negated=True), ('account', ''), ('decision', None)), _connector='OR'), name='ledger_promise_names_its_decision_and_account'), models.UniqueConstraint(condition=models.Q(('account', 'reward'), ('kind', 'payout')), fields=('decision', 'period'), name='ledger_reward_is_paid_once'), models.UniqueConstraint(condition=models.Q(('account', 'project'), ('kind', 'reservation')), fields=('decision',), name='ledger_project_money_is_reserved_once'), models.UniqueConstraint(fields=('corrects',), name='ledger_row_is_corrected_once'), models.CheckConstraint(condition=models.Q(('corrects', None), ('kind', 'allocation'), models.Q(('account', 'project'), ('kind', 'payout')), _connector='OR'), name='ledger_corrects_allocations_and_payments')],
            },
        ),
        migrations.CreateModel(
            name='Revival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes, it still matters'), ('no', 'No, it is no longer needed')], max_length=3)),
                ('answered_at', models.DateTimeField(null=True)),
                ('note', organisation.privacy.FreeLine(blank=True, max_length=300, verbose_name='If you want to say more')),
                ('passed_on_at', models.DateTimeField(null=True)),
                ('rested_at', models.DateTimeField(null=True)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revival', to='improvement.decision')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answer', ''), ('passed_on_at', None)), fields=['asked_at'], name='revival_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='revival_answered_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'yes'), _negated=True), ('passed_on_at__isnull', False), _connector='OR'), name='revival_goes_on_with_a_yes')],
            },
        ),
        migrations.CreateModel(
            name='RewardUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('activity', 'Something done together'), ('learning', 'Training or a study visit'), ('equipment', 'Something for the workplace'), ('substitutes', 'Time: substitutes'), ('cash', 'Money, gift card or the like')], max_length=12, verbose_name='Use')),
                ('description', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='In short')),
                ('declared_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reward_use', to='improvement.decision')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['activity', 'learning', 'equipment', 'substitutes', 'cash'])), name='reward_use_known')],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='improvement.idea')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('idea', 'person'), name='support_once_per_person')],
            },
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('idea', 'revision'), name='decision_once_per_revision'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fund__isnull', False), ('outcome', 'approved'), ('project_ore__gt', 0)), models.Q(models.Q(('outcome', 'approved'), _negated=True), ('fund', None), ('project_ore', 0), ('reward_ore', 0)), _connector='OR'), name='decision_to_approve_names_fund_and_amount'),
        ),
    ]
