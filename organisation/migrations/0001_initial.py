import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import foundation.swedish
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('given_name', models.CharField(max_length=100, verbose_name='given name')),
                ('family_name', models.CharField(max_length=100, verbose_name='family name')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('personnel_number', models.CharField(max_length=60, null=True, unique=True)),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('en', 'English')], default='sv', max_length=5, verbose_name='language')),
                ('mail_choice', models.CharField(choices=[('hourly', 'Every hour, when there is something new'), ('daily', 'Once a day, in the morning'), ('none', 'No e-mail')], default='daily', max_length=10, verbose_name='e-mail')),
                ('mail_refused_at', models.DateTimeField(null=True)),
                ('quiet_from', models.TimeField(blank=True, null=True, verbose_name='quiet from')),
                ('quiet_until', models.TimeField(blank=True, null=True, verbose_name='quiet until')),
                ('is_active', models.BooleanField(default=True)),
                ('is_guest', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('family_order', models.GeneratedField(db_persist=True, expression=foundation.swedish.SwedishOrderKey('family_name'), output_field=models.CharField(db_collation='C', max_length=100))),
                ('given_order', models.GeneratedField(db_persist=True, expression=foundation.swedish.SwedishOrderKey('given_name'), output_field=models.CharField(db_collation='C', max_length=100))),
                ('sought', models.GeneratedField(db_persist=True, expression=foundation.swedish.SoughtText('given_name', 'family_name'), output_field=models.CharField(db_collation='C', max_length=201))),
            ],
            options={
                'indexes': [models.Index(fields=['family_order', 'given_order'], name='person_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='person_email_is_lower_case'), models.CheckConstraint(condition=models.Q(('mail_choice__in', ['hourly', 'daily', 'none'])), name='person_mail_choice_known'), models.CheckConstraint(condition=models.Q(models.Q(('quiet_from', None), ('quiet_until', None)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='person_is_quiet_from_and_until')],
            },
        ),
        migrations.CreateModel(
            name='GuestPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_on', models.DateField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('path', models.CharField(db_collation='C', max_length=200, unique=True)),
                ('tree_order', models.CharField(db_collation='C', default='', max_length=2000)),
                ('municipality_code', models.CharField(blank=True, max_length=4)),
                ('is_active', models.BooleanField(default=True)),
                ('name_order', models.GeneratedField(db_persist=True, expression=foundation.swedish.SwedishOrderKey('name'), output_field=models.CharField(db_collation='C', max_length=300))),
                ('sought', models.GeneratedField(db_persist=True, expression=foundation.swedish.SoughtText('name', 'code'), output_field=models.CharField(db_collation='C', max_length=261))),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisation.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('path__endswith', '/'), ('path__startswith', '/')), name='unit_path_has_both_slashes'), models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='unit_is_not_in_itself')],
            },
        ),
        migrations.CreateModel(
            name='Employment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(max_length=120)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='employments', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='organisation.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='employment_ends_after_it_starts'), models.UniqueConstraint(fields=('person', 'unit', 'position', 'starts_on'), name='employment_once')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('staff', 'Employee'), ('development_lead', 'Development lead'), ('decider', 'Decision-maker'), ('improvement_leader', 'Improvement leader'), ('coach', 'Improvement coach'), ('manager', 'Manager'), ('programme_lead', 'Programme lead'), ('training_lead', 'Training lead'), ('quality_lead', 'Quality lead'), ('administrator', 'Administrator'), ('registrar', 'Registrar')], max_length=20)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organisation.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'unit', 'role'), name='assignment_once'), models.CheckConstraint(condition=models.Q(('role__in', ['staff', 'development_lead', 'decider', 'improvement_leader', 'coach', 'manager', 'programme_lead', 'training_lead', 'quality_lead', 'administrator', 'registrar']), models.Q(('role', 'staff'), _negated=True)), name='assignment_role_known')],
            },
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handed_in_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('is_complete', models.BooleanField()),
                ('preview', models.JSONField()),
                ('applied_at', models.DateTimeField(null=True)),
                ('handed_in_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('applied_at', None), ('content', b''), _connector='OR'), name='import_file_is_emptied_when_applied')],
            },
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='mute_once')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('note', models.TextField(blank=True)),
                ('href', models.CharField(max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('to', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['to', '-at', '-id'], name='notice_of_person_in_time'), models.Index(condition=models.Q(('read_at', None)), fields=['to', 'href'], name='notice_unread'), models.Index(condition=models.Q(('mailed_at', None), ('read_at', None)), fields=['to', 'at'], name='notice_unmailed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('href__regex', '^/([^/\\\\]|$)')), name='notice_leads_to_a_page_here')],
            },
        ),
    ]
