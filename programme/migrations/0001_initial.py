import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import organisation.privacy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('improvement', '0005_nobody_decides_on_an_own_idea'),
        ('measures', '0003_values_belong_to_what_is_there'),
        ('organisation', '0002_people_are_found_by_parts_of_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StrategicArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='Name')),
                ('is_active', models.BooleanField(default=True, verbose_name='Can be chosen')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Driver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('primary', 'Primary driver'), ('secondary', 'Secondary driver'), ('change', 'Change idea')], max_length=9)),
                ('text', organisation.privacy.FreeLine(max_length=160, verbose_name='In a few words')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='programme.driver')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Cycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('plan', 'Plan'), ('do', 'Do'), ('study', 'Study'), ('act', 'Act'), ('closed', 'Closed')], default='plan', max_length=10)),
                ('scale', models.CharField(choices=[('one_person', 'One person'), ('one_day', 'One day'), ('one_unit', 'One unit'), ('all', 'Everyone')], default='one_person', help_text='Start small: one person or one day is enough to learn from.', max_length=10, verbose_name='How big is the test?')),
                ('question', organisation.privacy.FreeText(help_text='A question that the test can answer.', max_length=1000, verbose_name='What do you want to find out?')),
                ('prediction', organisation.privacy.FreeText(blank=True, help_text='Preferably with a number. It is locked when the test starts.', max_length=1000, verbose_name='What do you think will happen?')),
                ('plan_what', organisation.privacy.FreeText(blank=True, max_length=2000, verbose_name='What will you do?')),
                ('plan_who', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='Who does it?')),
                ('plan_when', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='When?')),
                ('plan_where', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='Where?')),
                ('plan_data', organisation.privacy.FreeText(blank=True, help_text='Enough to see whether you were right; a line on paper will do.', max_length=1000, verbose_name='What will you count or write down?')),
                ('planned_on', models.DateField()),
                ('started_on', models.DateField(null=True)),
                ('what_happened', organisation.privacy.FreeText(blank=True, help_text='What you did, with how many, and when.', max_length=4000, verbose_name='What was done?')),
                ('observed', organisation.privacy.FreeText(blank=True, help_text='What people said, what surprised you, what you counted.', max_length=4000, verbose_name='What did you see?')),
                ('deviations', organisation.privacy.FreeText(blank=True, help_text='What was done in another way than planned, and why.', max_length=2000, verbose_name='What did not go as planned?')),
                ('ended_on', models.DateField(null=True)),
                ('agreement', models.CharField(blank=True, choices=[('as_predicted', 'As we predicted'), ('partly', 'Partly as we predicted'), ('otherwise', 'Not as we predicted')], max_length=12, verbose_name='Did it turn out as you predicted?')),
                ('result', organisation.privacy.FreeText(blank=True, help_text='Beside what you predicted: what was the same, what was different?', max_length=2000, verbose_name='What was the result?')),
                ('learning', organisation.privacy.FreeText(blank=True, help_text='What you know now and did not know before. The next cycle begins here.', max_length=2000, verbose_name='What did you learn?')),
                ('outcome', models.CharField(blank=True, choices=[('adopt', 'Adopt'), ('adapt', 'Adapt and test again'), ('abandon', 'Abandon')], max_length=10, verbose_name='What do you do with the change?')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('version', models.PositiveIntegerField(default=0)),
                ('key', models.UUIDField(null=True, unique=True)),
                ('previous', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='following', to='programme.cycle')),
                ('change', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cycles', to='programme.driver', verbose_name='Change idea')),
            ],
            options={
                'ordering': ('work', 'number'),
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('leader', 'Improvement leader'), ('member', 'Team member'), ('guest', 'Patient or user'), ('coach', 'Coach')], default='member', max_length=10, verbose_name='Role')),
                ('joined_on', models.DateField(default=django.utils.timezone.localdate)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Method',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=20)),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('intro', models.CharField(blank=True, max_length=300, verbose_name='When it suits')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='Source')),
                ('is_active', models.BooleanField(default=True, verbose_name='Can be chosen')),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('name',), name='method_named_once'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='method_ours_is_there_once')],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('idea', 'A funded idea'), ('direct', 'Something done directly that grew'), ('programme', 'A team in the programme'), ('measure', 'A measure that is red'), ('benchmark', 'An assignment from benchmarking'), ('adopted', 'A work that another unit has carried out'), ('own', 'A need that the unit has seen itself')], default='idea', max_length=9)),
                ('origin_text', organisation.privacy.FreeLine(blank=True, help_text='For example the meeting, the assignment or what you have seen.', max_length=300, verbose_name='What it began with')),
                ('title', organisation.privacy.FreeLine(max_length=120, verbose_name='Title')),
                ('aim', organisation.privacy.FreeText(help_text='One sentence that everyone at the workplace understands.', max_length=500, verbose_name='What do you want to achieve?')),
                ('for_whom', organisation.privacy.FreeLine(blank=True, help_text='Those who will notice it: residents, pupils, patients, relatives.', max_length=300, verbose_name='Who is it for?')),
                ('why_wanted', organisation.privacy.FreeText(blank=True, help_text='What happens if nothing is done?', max_length=2000, verbose_name='Why is it wanted?')),
                ('for_whom_inside', organisation.privacy.FreeLine(blank=True, help_text='Those inside the organisation who take over, wait or depend on it.', max_length=300, verbose_name='Which colleagues is it for?')),
                ('what_to_change', organisation.privacy.FreeText(blank=True, help_text='What do you believe leads there? Each can become a test.', max_length=2000, verbose_name='What can we change?')),
                ('improves', models.CharField(blank=True, choices=[('way', 'A way of working'), ('routine', 'A routine'), ('method', 'A method'), ('follow_up', 'How something is followed up'), ('governance', 'How we govern and lead'), ('other', 'Something else')], max_length=10, verbose_name='What kind of thing is improved?')),
                ('effects', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('quality', 'Better quality, as those we are here for see it and as we know it'), ('access', 'Better access'), ('output', 'Better use of time and money'), ('transition', 'An easier change to new systems and ways of working'), ('work', 'A good work environment, fewer on sick leave and fewer who leave')], max_length=10), blank=True, default=list, verbose_name='Expected effects')),
                ('scope', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('delimited', 'It is delimited: we know what is not part of it'), ('relevant', 'It matters to those we are here for'), ('ours', 'We can decide on it ourselves, or know who can'), ('in_time', 'We can test something within a month')], max_length=10), blank=True, default=list, verbose_name='Is it possible to carry out?')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, verbose_name='Tags')),
                ('hours_planned', models.DecimalField(blank=True, decimal_places=1, help_text='All together, meetings and tests included.', max_digits=7, null=True, verbose_name='Hours that the team may use')),
                ('method_step', models.PositiveSmallIntegerField(default=1)),
                ('aim_from', models.DecimalField(decimal_places=3, help_text='Where you are today.', max_digits=12, null=True, verbose_name='From')),
                ('aim_to', models.DecimalField(decimal_places=3, help_text='Where you want to be.', max_digits=12, null=True, verbose_name='To')),
                ('aim_by', models.DateField(help_text='The day the aim should be reached.', null=True, verbose_name='By')),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('planned', 'Being planned'), ('running', 'Under way'), ('securing', 'Being secured'), ('finished', 'Finished'), ('followed', 'Being followed up'), ('done', 'Done'), ('paused', 'Paused'), ('stopped', 'Stopped')], default='planned', max_length=10)),
                ('is_confirmed', models.BooleanField(default=True)),
                ('started_on', models.DateField()),
                ('finished_on', models.DateField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.UUIDField(null=True, unique=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('adopted_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='programme.work')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Manager who asked for it')),
                ('idea', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work', to='improvement.idea')),
                ('kpi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='improvement_works', to='measures.kpi', verbose_name='Measure it is aimed at')),
                ('method', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='programme.method', verbose_name='Method')),
                ('people', models.ManyToManyField(related_name='works', through='programme.Membership', to=settings.AUTH_USER_MODEL)),
                ('strategic_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='programme.strategicarea', verbose_name='Strategic area')),
                ('supports', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supported_by', to='programme.work', verbose_name='Improvement that it is part of')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='works', to='organisation.unit', verbose_name='Unit')),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Waits for approval'), ('returned', 'Returned to the team'), ('approved', 'Approved by the manager')], default='draft', max_length=10)),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('extent', models.CharField(choices=[('simple', 'Simple report, one page'), ('full', 'Full report')], default='simple', max_length=6, verbose_name='Which report?')),
                ('version', models.PositiveIntegerField(default=0)),
                ('background', organisation.privacy.FreeText(blank=True, max_length=4000, verbose_name='Background')),
                ('what_we_did', organisation.privacy.FreeText(blank=True, max_length=8000, verbose_name='What we did')),
                ('result', organisation.privacy.FreeText(blank=True, help_text='What became better, and for whom? The values and the chart stand beside.', max_length=4000, verbose_name='Result')),
                ('learning', organisation.privacy.FreeText(blank=True, max_length=4000, verbose_name='What we learned')),
                ('spread', organisation.privacy.FreeText(blank=True, help_text='Who else could use it, and what should they think of?', max_length=4000, verbose_name='To those who want to do the same')),
                ('thanks', organisation.privacy.FreeText(blank=True, help_text='By name only if they want to be named.', max_length=1000, verbose_name='Whom you want to thank')),
                ('coach_says', organisation.privacy.FreeText(blank=True, max_length=2000, verbose_name='The coach’s words')),
                ('coach_said_at', models.DateTimeField(null=True)),
                ('press_text', organisation.privacy.FreeText(blank=True, help_text='What became better, for whom, and who can tell more. No names of patients.', max_length=3000, verbose_name='To the press')),
                ('public_text', organisation.privacy.FreeText(blank=True, help_text='The same in plain words, without names.', max_length=3000, verbose_name='To residents')),
                ('public_facts', models.JSONField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('participants', models.PositiveSmallIntegerField(default=1, help_text='Everyone who helped, not only the team.', verbose_name='How many took part')),
                ('reward_use', organisation.privacy.FreeLine(blank=True, help_text='The staff group chooses, for example something you do together.', max_length=300, verbose_name='How you want to use the reward')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approver_says', organisation.privacy.FreeText(blank=True, help_text='It goes to everyone with the news, and stands in the report.', max_length=1000, verbose_name='A sentence to those who did it')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('coach', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='programme.work')),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('about', models.CharField(blank=True, max_length=60)),
                ('said_on', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='programme.work')),
            ],
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thread', models.CharField(choices=[('team', 'The team'), ('coach', 'Leader and coach')], default='team', max_length=5)),
                ('text', organisation.privacy.FreeText(blank=True, max_length=2000, verbose_name='What do you want to say?')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('removed_at', models.DateTimeField(null=True)),
                ('key', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cycle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='programme.cycle')),
                ('mentions', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='programme.work')),
            ],
        ),
        migrations.AddField(
            model_name='membership',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='programme.work'),
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('months', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('is_followed', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('unknown', 'We do not know')], max_length=7, verbose_name='Is the new way of working followed?')),
                ('is_kept', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('unknown', 'We do not know')], max_length=7, verbose_name='Is the effect kept?')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='Value today')),
                ('verdict', models.CharField(blank=True, max_length=10)),
                ('told', organisation.privacy.FreeText(blank=True, max_length=2000, verbose_name='What do you see?')),
                ('done_on', models.DateField(null=True)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to=settings.AUTH_USER_MODEL)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='programme.work')),
            ],
            options={
                'ordering': ('due_on', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='driver',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drivers', to='programme.work'),
        ),
        migrations.AddField(
            model_name='cycle',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cycles', to='programme.work'),
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('visit', 'Visit'), ('call', 'Call'), ('email', 'E-mail'), ('meeting', 'Meeting on screen')], max_length=7, verbose_name='How?')),
                ('taken_on', models.DateField(verbose_name='Day')),
                ('hours', models.DecimalField(decimal_places=2, default=0, max_digits=4, validators=[django.core.validators.MinValueValidator(0)], verbose_name='Hours')),
                ('about', organisation.privacy.FreeText(blank=True, max_length=1000, verbose_name='What was it about?')),
                ('next_step', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='Next step')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='To be done by')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.UUIDField(unique=True)),
                ('coach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to=settings.AUTH_USER_MODEL)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='programme.work')),
            ],
        ),
        migrations.CreateModel(
            name='Coaching',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('until', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', organisation.privacy.FreeLine(blank=True, max_length=300, verbose_name='Why')),
                ('coach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coachings', to=settings.AUTH_USER_MODEL)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coachings', to='programme.work')),
            ],
        ),
        migrations.CreateModel(
            name='Benefit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hours', 'Hours of work saved'), ('money', 'Money saved'), ('poor', 'Cost of poor quality avoided')], max_length=5, verbose_name='What is saved?')),
                ('hours_low', models.DecimalField(decimal_places=1, max_digits=9, null=True)),
                ('hours_high', models.DecimalField(decimal_places=1, max_digits=9, null=True)),
                ('low_ore', models.BigIntegerField(null=True)),
                ('high_ore', models.BigIntegerField(null=True)),
                ('is_yearly', models.BooleanField(default=True, verbose_name='Every year')),
                ('year', models.PositiveSmallIntegerField(verbose_name='From the year')),
                ('source', organisation.privacy.FreeLine(help_text='Measured, from the accounts, or how it was reckoned.', max_length=300, verbose_name='How do you know?')),
                ('uncertain', organisation.privacy.FreeText(blank=True, max_length=1000, verbose_name='What is uncertain?')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_because', organisation.privacy.FreeLine(blank=True, max_length=300, verbose_name='Why it is withdrawn')),
                ('key', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='benefits', to='programme.work')),
            ],
        ),
        migrations.CreateModel(
            name='WorkDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decided_on', models.DateField(verbose_name='Day')),
                ('what', organisation.privacy.FreeLine(max_length=300, verbose_name='What was decided?')),
                ('why', organisation.privacy.FreeText(blank=True, max_length=1000, verbose_name='Why?')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='programme.workdecision')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='programme.work')),
            ],
        ),
        migrations.CreateModel(
            name='WorkFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', organisation.privacy.FreeLine(max_length=120)),
                ('says', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='What the picture shows')),
                ('content_type', models.CharField(max_length=100)),
                ('content', models.BinaryField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('size', models.GeneratedField(db_persist=True, expression=models.Func(models.F('content'), function='OCTET_LENGTH'), output_field=models.PositiveIntegerField())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cycle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='programme.cycle')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='programme.work')),
            ],
        ),
        migrations.CreateModel(
            name='WorkMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('outcome', 'Outcome'), ('process', 'Process'), ('balancing', 'Balancing')], default='outcome', max_length=10, verbose_name='Kind of measure')),
                ('carries_aim', models.BooleanField(default=False)),
                ('measure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='measures.teammeasure')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followed', to='programme.work')),
            ],
        ),
        migrations.AddField(
            model_name='work',
            name='measures',
            field=models.ManyToManyField(related_name='works', through='programme.WorkMeasure', to='measures.teammeasure'),
        ),
        migrations.CreateModel(
            name='Drift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_on', models.DateField()),
                ('value', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('is_signal', models.BooleanField()),
                ('ended_on', models.DateField(null=True)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drifts', to='programme.work')),
                ('followed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drifts', to='programme.workmeasure')),
            ],
            options={
                'ordering': ('seen_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='HintDismissal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to='programme.cycle')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cycle', 'name'), name='hint_dismissed_once')],
            },
        ),
        migrations.CreateModel(
            name='MethodStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='Step')),
                ('asks', models.CharField(blank=True, max_length=300, verbose_name='What one does')),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='programme.method')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('method', 'number'), name='method_step_once'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='method_steps_count_from_one')],
            },
        ),
        migrations.CreateModel(
            name='PredictionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('prediction', organisation.privacy.FreeText(max_length=1000, verbose_name='What do you think now?')),
                ('because', organisation.privacy.FreeLine(max_length=300, verbose_name='Why is it changed?')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='predictions', to='programme.cycle')),
            ],
            options={
                'ordering': ('cycle', 'number'),
                'constraints': [models.UniqueConstraint(fields=('cycle', 'number'), name='prediction_numbered_once'), models.CheckConstraint(condition=models.Q(('number__gt', 1)), name='prediction_comes_after_first'), models.CheckConstraint(condition=models.Q(models.Q(('prediction', ''), _negated=True), models.Q(('because', ''), _negated=True)), name='prediction_says_what_and_why')],
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('texts', models.JSONField()),
                ('facts', models.JSONField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='programme.report')),
            ],
            options={
                'ordering': ('report', '-number'),
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='report_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Tip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.unit')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tips', to='programme.work')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('work', 'unit'), name='tip_once_per_unit')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', organisation.privacy.FreeLine(max_length=200, verbose_name='What is to be done?')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='Done by')),
                ('done_on', models.DateField(null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.UUIDField(unique=True)),
                ('cycle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='programme.cycle')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to=settings.AUTH_USER_MODEL, verbose_name='Who does it?')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='programme.work')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_on', None)), fields=['owner', 'due_on'], name='task_waits_for_owner'), models.Index(fields=['work', 'done_on'], name='task_of_work')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='task_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('done_by', None), ('done_on', None)), models.Q(('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='task_done_by_somebody')],
            },
        ),
        migrations.AddIndex(
            model_name='report',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('background', 'what_we_did', 'result', 'learning', 'spread', config='swedish'), condition=models.Q(('status', 'approved')), name='report_words_of_approved'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'returned', 'approved'])), name='report_status_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('draft', 'submitted', 'returned'))), fields=('work',), name='report_one_live_per_work'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'approved')), fields=('work',), name='report_approved_once_per_work'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('status', 'approved')), models.Q(models.Q(('status', 'approved'), _negated=True), ('approved_at', None), ('approved_by', None)), _connector='OR'), name='report_approved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('revision__gt', 0), ('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='report_submitted_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('participants__gt', 0)), name='report_somebody_took_part'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('extent__in', ['simple', 'full'])), name='report_extent_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_by', None)), models.Q(('public_facts__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False), ('status', 'approved')), _connector='OR'), name='report_published_when_approved'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('coach', None), ('coach_said_at', None)), models.Q(('coach__isnull', False), ('coach_said_at__isnull', False)), _connector='OR'), name='report_coach_said_it_then'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('work', 'person', 'kind', 'about', 'said_on'), name='reminder_once_a_day'),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(fields=['work', 'thread', 'at'], name='remark_of_work_in_time'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('removed_at', None), ('text', ''), _connector='XOR'), name='remark_has_words_until_removed'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('thread__in', ['team', 'coach'])), name='remark_thread_known'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('work', 'person'), name='membership_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'leader')), fields=('work',), name='membership_one_leader'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['leader', 'member', 'guest', 'coach'])), name='membership_role_known'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('done_on', None)), fields=['due_on'], name='follow_up_waits'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('work', 'months'), name='follow_up_once_per_time'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_by', None), ('done_on', None), ('is_followed', ''), ('is_kept', '')), models.Q(('done_by__isnull', False), ('done_on__isnull', False), ('is_followed__in', ['yes', 'partly', 'no', 'unknown']), ('is_kept__in', ['yes', 'partly', 'no', 'unknown'])), _connector='OR'), name='follow_up_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='driver',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['primary', 'secondary', 'change'])), name='driver_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='driver',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='driver_says_something'),
        ),
        migrations.AddConstraint(
            model_name='driver',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'primary'), ('parent', None)), models.Q(models.Q(('kind', 'primary'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='driver_leads_to_something'),
        ),
        migrations.AddConstraint(
            model_name='driver',
            constraint=models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='driver_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.UniqueConstraint(fields=('work', 'number'), name='cycle_numbered_once_per_work'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['plan', 'do', 'study', 'act', 'closed'])), name='cycle_status_known'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('scale__in', ['one_person', 'one_day', 'one_unit', 'all'])), name='cycle_scale_known'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='cycle_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'plan'), models.Q(('prediction', ''), _negated=True), _connector='OR'), name='cycle_predicts_before_it_tests'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('started_on', None), ('status', 'plan')), models.Q(models.Q(('status', 'plan'), _negated=True), ('started_on__isnull', False)), _connector='OR'), name='cycle_tested_from_a_day'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('status__in', ['plan', 'do'])), models.Q(models.Q(('status__in', ['plan', 'do']), _negated=True), ('ended_on__gte', models.F('started_on')), ('ended_on__isnull', False)), _connector='OR'), name='cycle_studied_after_it_was_tested'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['act', 'closed']), _negated=True), models.Q(('learning', ''), _negated=True), _connector='OR'), name='cycle_acts_on_what_it_learned'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['adopt', 'adapt', 'abandon']), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('outcome', '')), _connector='OR'), name='cycle_closed_with_outcome'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['work', '-taken_on'], name='contact_of_work_latest'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['visit', 'call', 'email', 'meeting'])), name='contact_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gte', 0), ('hours__lte', 24)), name='contact_within_a_day'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('next_on', None), models.Q(models.Q(('next_step', ''), _negated=True), ('next_on__gte', models.F('taken_on'))), _connector='OR'), name='contact_next_day_is_of_a_next_step'),
        ),
        migrations.AddIndex(
            model_name='coaching',
            index=models.Index(condition=models.Q(('ended_on', None)), fields=['coach'], name='coaching_of_coach'),
        ),
        migrations.AddConstraint(
            model_name='coaching',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('work',), name='coaching_one_open_per_work'),
        ),
        migrations.AddConstraint(
            model_name='coaching',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('starts_on'))), name='coaching_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='coaching',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='coaching_ended_after_it_started'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='benefit_in_a_year_of_ours'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_because', ''), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='benefit_withdrawn_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['hours', 'money', 'poor'])), name='benefit_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('high_ore', None), ('hours_high__gte', models.F('hours_low')), ('hours_low__gte', 0), ('kind', 'hours'), ('low_ore', None)), models.Q(models.Q(('kind', 'hours'), _negated=True), ('high_ore__gte', models.F('low_ore')), ('hours_high', None), ('hours_low', None), ('low_ore__gte', 0)), _connector='OR'), name='benefit_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='benefit_has_a_source'),
        ),
        migrations.AddIndex(
            model_name='workdecision',
            index=models.Index(fields=['work', 'decided_on'], name='work_decision_in_time'),
        ),
        migrations.AddConstraint(
            model_name='workdecision',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='work_decision_says_what'),
        ),
        migrations.AddConstraint(
            model_name='workdecision',
            constraint=models.CheckConstraint(condition=models.Q(('corrects', None), models.Q(('corrects', models.F('pk')), _negated=True), _connector='OR'), name='work_decision_corrects_another'),
        ),
        migrations.AddConstraint(
            model_name='workmeasure',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['outcome', 'process', 'balancing'])), name='work_measure_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='workmeasure',
            constraint=models.UniqueConstraint(condition=models.Q(('carries_aim', True)), fields=('work',), name='work_measure_one_carries_the_aim'),
        ),
        migrations.AddIndex(
            model_name='work',
            index=models.Index(fields=['unit', 'status'], name='work_of_unit_in_state'),
        ),
        migrations.AddIndex(
            model_name='work',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('title', 'aim', 'for_whom', 'why_wanted', 'what_to_change', config='swedish'), name='work_words'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'planned', 'running', 'securing', 'finished', 'followed', 'done', 'paused', 'stopped'])), name='work_status_known'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('aim', ''), _negated=True), name='work_says_what_it_wants'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_on__isnull', False), ('status__in', ('finished', 'followed', 'done'))), models.Q(models.Q(('status__in', ('finished', 'followed', 'done')), _negated=True), ('finished_on', None)), _connector='OR'), name='work_finished_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['idea', 'direct', 'programme', 'measure', 'benchmark', 'adopted', 'own'])), name='work_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('is_confirmed', True), ('status__in', ['proposed', 'stopped']), _connector='OR'), name='work_is_wanted_before_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin__in', ['idea', 'direct']), _negated=True), ('idea__isnull', False), _connector='OR'), name='work_of_an_idea_names_it'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('improves__in', ['', 'way', 'routine', 'method', 'follow_up', 'governance', 'other'])), name='work_improves_known'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('effects__contained_by', ['quality', 'access', 'output', 'transition', 'work'])), name='work_effects_known'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('scope__contained_by', ['delimited', 'relevant', 'ours', 'in_time'])), name='work_scope_known'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adopted_from', models.F('pk')), _negated=True), models.Q(('supports', models.F('pk')), _negated=True)), name='work_does_not_lean_on_itself'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('aim_by', None), ('aim_by__gt', models.F('started_on')), _connector='OR'), name='work_aims_at_a_later_day'),
        ),
        migrations.AddConstraint(
            model_name='drift',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('followed',), name='drift_one_open_per_measure'),
        ),
        migrations.AddConstraint(
            model_name='drift',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('seen_on')), _connector='OR'), name='drift_ends_after_it_is_seen'),
        ),
    ]
