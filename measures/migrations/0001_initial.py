import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import foundation.swedish
import organisation.privacy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0002_people_are_found_by_parts_of_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', organisation.privacy.FreeLine(max_length=120, verbose_name='What is measured')),
                ('unit_word', models.CharField(help_text='For example per cent, days, falls.', max_length=40, verbose_name='Unit of measure')),
                ('direction', models.CharField(choices=[('higher', 'Higher is better'), ('lower', 'Lower is better'), ('neither', 'Neither is better')], default='higher', max_length=7, verbose_name='Direction')),
                ('kind', models.CharField(choices=[('value', 'A value, for example minutes, days or points'), ('share', 'A share: so many of so many'), ('rate', 'Occurrences per something, for example falls per 1,000 days of care'), ('count', 'A number of occurrences'), ('between', 'Days or cases between occurrences that are rare')], default='value', max_length=7, verbose_name='What is a value?')),
                ('per', models.PositiveIntegerField(default=1, verbose_name='Per')),
                ('frequency', models.CharField(choices=[('daily', 'Every day'), ('weekly', 'Every week'), ('monthly', 'Every month'), ('quarterly', 'Every quarter'), ('sometimes', 'When there is something to measure')], default='monthly', max_length=9, verbose_name='How often is it measured?')),
                ('chart', models.CharField(blank=True, choices=[('', 'The one that fits'), ('run', 'Run chart (median)'), ('i', 'I chart (single values)'), ('p', 'P chart (shares)'), ('pp', 'P’ chart (shares of large numbers)'), ('u', 'U chart (occurrences per something)'), ('up', 'U’ chart (occurrences per something, large numbers)'), ('c', 'C chart (number of occurrences)'), ('g', 'G chart (cases between rare occurrences)'), ('t', 'T chart (time between rare occurrences)')], default='', max_length=3, verbose_name='Chart')),
                ('rules', models.CharField(choices=[('anhoej', 'Anhøj’s rules'), ('nhs', 'NHS England’s rules'), ('western', 'Western Electric’s rules')], default='anhoej', max_length=7, verbose_name='Rules')),
                ('screening', models.BooleanField(default=True, verbose_name='Leave out single great leaps when limits are worked out')),
                ('baseline_until', models.DateField(null=True)),
                ('definition', organisation.privacy.FreeText(blank=True, max_length=1000, verbose_name='How it is measured')),
                ('target', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='Target')),
                ('start_value', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('start_on', models.DateField(null=True)),
                ('end_value', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('end_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('collector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who collects the values?')),
            ],
        ),
        migrations.CreateModel(
            name='QualityArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', organisation.privacy.FreeLine(max_length=80)),
                ('about', organisation.privacy.FreeLine(blank=True, max_length=300)),
                ('position', models.PositiveSmallIntegerField()),
                ('likeness', models.CharField(blank=True, max_length=60)),
                ('is_hidden', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('catalogue', 'The catalogue'), ('values', 'Values')], max_length=10)),
                ('about', models.CharField(max_length=200)),
                ('first_year', models.PositiveSmallIntegerField(null=True)),
                ('last_year', models.PositiveSmallIntegerField(null=True)),
                ('changed_since', models.DateField(null=True)),
                ('status', models.CharField(choices=[('waiting', 'Waiting its turn'), ('running', 'Under way'), ('done', 'Done'), ('cancelled', 'Broken off')], default='waiting', max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('kpis', 'Key figures'), ('municipalities', 'Municipalities and regions'), ('groups', 'Groups of municipalities'), ('units', 'Units'), ('values', 'Values of municipalities'), ('unit_values', 'Values of units')], max_length=14)),
                ('kpis', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), default=list)),
                ('changed_since', models.DateField(null=True)),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('failed', 'Failed'), ('skipped', 'Not fetched')], default='waiting', max_length=10)),
                ('new', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('withdrawn', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('ended_at', models.DateTimeField(null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batches', to='measures.importrun')),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='Kpi',
            fields=[
                ('id', models.SmallAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=6, unique=True)),
                ('source', models.CharField(choices=[('kolada', 'Kolada'), ('own', 'Own survey or statistics')], default='kolada', max_length=6)),
                ('title', models.CharField(max_length=300)),
                ('title_order', models.GeneratedField(db_persist=True, expression=foundation.swedish.SwedishOrderKey('title'), output_field=models.CharField(db_collation='C', max_length=300))),
                ('description', models.TextField(blank=True)),
                ('covers', models.CharField(choices=[('K', 'Municipalities'), ('L', 'Regions'), ('A', 'Municipalities and regions')], default='K', max_length=1)),
                ('has_genders', models.BooleanField(default=False)),
                ('has_units', models.BooleanField(default=False)),
                ('operating_area', models.CharField(blank=True, max_length=80)),
                ('perspective', models.CharField(blank=True, max_length=40)),
                ('period', models.CharField(blank=True, max_length=10)),
                ('published_on', models.DateField(null=True)),
                ('preliminary_on', models.DateField(null=True)),
                ('retired_on', models.DateField(null=True)),
                ('short_title', models.CharField(blank=True, max_length=80)),
                ('unit_word', models.CharField(blank=True, max_length=40)),
                ('good', models.CharField(choices=[('high', 'A high value is good'), ('low', 'A low value is good'), ('neither', 'Neither high nor low is good')], default='neither', max_length=7)),
                ('decimals', models.PositiveSmallIntegerField(default=1)),
                ('is_followed', models.BooleanField(default=False)),
                ('fetched_on', models.DateField(null=True)),
                ('sought', models.GeneratedField(db_persist=True, expression=foundation.swedish.SoughtText('short_title', 'title', 'code'), output_field=models.CharField(db_collation='C', max_length=388))),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='measures.kpi')),
            ],
        ),
        migrations.CreateModel(
            name='HistoryReplacement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('cells', models.PositiveIntegerField()),
                ('ratio', models.FloatField(null=True)),
                ('kpi', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replacements', to='measures.kpi')),
            ],
            options={
                'ordering': ('-replaced_at',),
            },
        ),
        migrations.CreateModel(
            name='KpiTextRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('description', models.TextField(blank=True)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('kpi', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='text_revisions', to='measures.kpi')),
            ],
            options={
                'ordering': ('-replaced_at',),
            },
        ),
        migrations.CreateModel(
            name='KpiYear',
            fields=[
                ('kind', models.CharField(choices=[('municipality', 'Municipality'), ('region', 'Region'), ('country', 'The country')], max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('gender', models.PositiveSmallIntegerField(choices=[(0, 'All'), (1, 'Women'), (2, 'Men')])),
                ('counted', models.PositiveSmallIntegerField()),
                ('green_to', models.PositiveSmallIntegerField(null=True)),
                ('red_from', models.PositiveSmallIntegerField(null=True)),
                ('mean', models.FloatField(null=True)),
                ('weighted', models.FloatField(null=True)),
                ('lower', models.FloatField(null=True)),
                ('median', models.FloatField(null=True)),
                ('upper', models.FloatField(null=True)),
                ('municipalities', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField())),
                ('ranks', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField())),
                ('pk', models.CompositePrimaryKey('kpi', 'year', 'gender', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kpi', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='measures.kpi')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasureKpi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('is_left_out', models.BooleanField(default=False)),
                ('kpi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measure_parts', to='measures.kpi')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_on', models.DateField(verbose_name='Day')),
                ('value', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='Value')),
                ('numerator', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='How many')),
                ('denominator', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='Of how many')),
                ('missing_because', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='Why it is missing')),
                ('note', organisation.privacy.FreeLine(blank=True, max_length=200, verbose_name='Note')),
                ('excluded_because', organisation.privacy.FreeLine(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MeasurementRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('numerator', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('denominator', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('missing_because', organisation.privacy.FreeLine(blank=True, max_length=200)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('measurement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='measures.measurement')),
                ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MeasureVerdict',
            fields=[
                ('measure', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='verdict', serialize=False, to='measures.teammeasure')),
                ('verdict', models.CharField(max_length=10)),
                ('newest_on', models.DateField(null=True)),
                ('newest_value', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('points', models.PositiveIntegerField(default=0)),
                ('usual_gap', models.FloatField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('judged_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='teammeasure',
            name='kpi',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.kpi'),
        ),
        migrations.AddField(
            model_name='teammeasure',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team_measures', to='organisation.unit'),
        ),
        migrations.CreateModel(
            name='MeasurePhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='From which day?')),
                ('because', organisation.privacy.FreeLine(max_length=300, verbose_name='What is the cause?')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='measures.teammeasure')),
            ],
            options={
                'ordering': ('starts_on', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='measurement',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='measures.teammeasure'),
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.SmallAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=4, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('name_order', models.GeneratedField(db_persist=True, expression=foundation.swedish.SwedishOrderKey('name'), output_field=models.CharField(db_collation='C', max_length=300))),
                ('kind', models.CharField(choices=[('municipality', 'Municipality'), ('region', 'Region'), ('country', 'The country')], default='municipality', max_length=12)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'country')), fields=('kind',), name='there_is_one_country'), models.CheckConstraint(condition=models.Q(('kind__in', ['municipality', 'region', 'country'])), name='municipality_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='KpiValueRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kpi', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.kpi')),
                ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.municipality')),
                ('year', models.PositiveSmallIntegerField()),
                ('gender', models.PositiveSmallIntegerField(choices=[(0, 'All'), (1, 'Women'), (2, 'Men')])),
                ('status', models.PositiveSmallIntegerField(choices=[(0, 'has a value'), (1, 'missing'), (2, 'not applicable'), (3, 'secret'), (4, 'withdrawn')], default=0)),
                ('seen_on', models.DateField(default=django.utils.timezone.localdate)),
                ('value', models.FloatField(null=True)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KpiValue',
            fields=[
                ('kpi', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.kpi')),
                ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.municipality')),
                ('year', models.PositiveSmallIntegerField()),
                ('gender', models.PositiveSmallIntegerField(choices=[(0, 'All'), (1, 'Women'), (2, 'Men')])),
                ('status', models.PositiveSmallIntegerField(choices=[(0, 'has a value'), (1, 'missing'), (2, 'not applicable'), (3, 'secret'), (4, 'withdrawn')], default=0)),
                ('seen_on', models.DateField(default=django.utils.timezone.localdate)),
                ('value', models.FloatField(null=True)),
                ('pk', models.CompositePrimaryKey('kpi', 'municipality', 'year', 'gender', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MunicipalityGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=10)),
                ('title', models.CharField(max_length=120)),
                ('subject', models.CharField(blank=True, max_length=60)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('members', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), default=list)),
                ('gone_on', models.DateField(null=True)),
                ('alike', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='QualityMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', organisation.privacy.FreeLine(max_length=80)),
                ('note', organisation.privacy.FreeLine(blank=True, max_length=200)),
                ('position', models.PositiveSmallIntegerField()),
                ('year_lag', models.PositiveSmallIntegerField(default=0)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='measures.qualityarea')),
                ('kpis', models.ManyToManyField(related_name='+', through='measures.MeasureKpi', to='measures.kpi')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='MeasureYear',
            fields=[
                ('kind', models.CharField(choices=[('municipality', 'Municipality'), ('region', 'Region'), ('country', 'The country')], max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('gender', models.PositiveSmallIntegerField(choices=[(0, 'All'), (1, 'Women'), (2, 'Men')])),
                ('counted', models.PositiveSmallIntegerField()),
                ('green_to', models.PositiveSmallIntegerField(null=True)),
                ('red_from', models.PositiveSmallIntegerField(null=True)),
                ('mean', models.FloatField(null=True)),
                ('weighted', models.FloatField(null=True)),
                ('lower', models.FloatField(null=True)),
                ('median', models.FloatField(null=True)),
                ('upper', models.FloatField(null=True)),
                ('municipalities', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField())),
                ('ranks', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField())),
                ('values', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField())),
                ('pk', models.CompositePrimaryKey('measure', 'year', 'gender', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='measures.qualitymeasure')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='measurekpi',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='measures.qualitymeasure'),
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('value', models.DecimalField(decimal_places=4, max_digits=14)),
                ('note', organisation.privacy.FreeLine(blank=True, max_length=200)),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='organisation.unit')),
                ('kpi', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='measures.kpi')),
                ('measure', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='measures.qualitymeasure')),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('facts', models.JSONField()),
                ('released_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('why_withdrawn', organisation.privacy.FreeText(blank=True, max_length=500)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='measures.qualityarea')),
                ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ResultFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handed_in_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('preview', models.JSONField()),
                ('applied_at', models.DateTimeField(null=True)),
                ('handed_in_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SeriesBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('why', models.CharField(max_length=300)),
                ('kpi', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaks', to='measures.kpi')),
            ],
            options={
                'ordering': ('year',),
            },
        ),
        migrations.CreateModel(
            name='ServiceUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('name_order', models.GeneratedField(db_persist=True, expression=foundation.swedish.SwedishOrderKey('name'), output_field=models.CharField(db_collation='C', max_length=300))),
                ('gone_on', models.DateField(null=True)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_units', to='measures.municipality')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='service_units', to='organisation.unit')),
            ],
            options={
                'ordering': ('name_order', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='UnitValue',
            fields=[
                ('kpi', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.kpi')),
                ('year', models.PositiveSmallIntegerField()),
                ('gender', models.PositiveSmallIntegerField(choices=[(0, 'All'), (1, 'Women'), (2, 'Men')])),
                ('status', models.PositiveSmallIntegerField(choices=[(0, 'has a value'), (1, 'missing'), (2, 'not applicable'), (3, 'secret'), (4, 'withdrawn')], default=0)),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.serviceunit')),
                ('seen_on', models.DateField(default=django.utils.timezone.localdate)),
                ('answers', models.PositiveIntegerField(null=True)),
                ('value', models.FloatField(null=True)),
                ('pk', models.CompositePrimaryKey('kpi', 'unit', 'year', 'gender', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitValueRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kpi', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.kpi')),
                ('year', models.PositiveSmallIntegerField()),
                ('gender', models.PositiveSmallIntegerField(choices=[(0, 'All'), (1, 'Women'), (2, 'Men')])),
                ('status', models.PositiveSmallIntegerField(choices=[(0, 'has a value'), (1, 'missing'), (2, 'not applicable'), (3, 'secret'), (4, 'withdrawn')], default=0)),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.serviceunit')),
                ('seen_on', models.DateField(default=django.utils.timezone.localdate)),
                ('answers', models.PositiveIntegerField(null=True)),
                ('value', models.FloatField(null=True)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('waiting', 'running'))), fields=('what',), name='one_live_run_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['catalogue', 'values'])), name='import_run_what_known'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'running', 'done', 'cancelled'])), name='importrun_status_known'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.UniqueConstraint(fields=('run', 'position'), name='batch_once_in_its_run'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['kpis', 'municipalities', 'groups', 'units', 'values', 'unit_values'])), name='import_batch_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'done', 'failed', 'skipped'])), name='importbatch_status_known'),
        ),
        migrations.AddConstraint(
            model_name='kpi',
            constraint=models.CheckConstraint(condition=models.Q(('good__in', ['high', 'low', 'neither'])), name='kpi_good_known'),
        ),
        migrations.AddConstraint(
            model_name='kpi',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['kolada', 'own'])), name='kpi_source_known'),
        ),
        migrations.AddConstraint(
            model_name='kpi',
            constraint=models.CheckConstraint(condition=models.Q(('covers__in', ['K', 'L', 'A'])), name='kpi_covers_known'),
        ),
        migrations.AddConstraint(
            model_name='kpi',
            constraint=models.CheckConstraint(condition=models.Q(('decimals__lte', 6)), name='kpi_shows_few_decimals'),
        ),
        migrations.AddConstraint(
            model_name='kpiyear',
            constraint=models.CheckConstraint(condition=models.Q(('ranks__len', 0), ('ranks__len', models.F('municipalities__len')), _connector='OR'), name='kpiyear_ranks_all_or_none'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['higher', 'lower', 'neither'])), name='team_measure_direction_known'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('start_on', None), ('start_value', None)), models.Q(('start_on__isnull', False), ('start_value__isnull', False)), _connector='OR'), name='team_measure_start_has_value_and_day'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_on', None), ('end_value', None)), models.Q(('end_on__isnull', False), ('end_value__isnull', False)), _connector='OR'), name='team_measure_end_has_value_and_day'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('start_on', None), ('end_on', None), ('end_on__gte', models.F('start_on')), _connector='OR'), name='team_measure_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['value', 'share', 'rate', 'count', 'between'])), name='team_measure_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('frequency__in', ['daily', 'weekly', 'monthly', 'quarterly', 'sometimes'])), name='team_measure_frequency_known'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('chart__in', ['', 'run', 'i', 'p', 'pp', 'u', 'up', 'c', 'g', 't'])), name='team_measure_chart_known'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('rules__in', ['anhoej', 'nhs', 'western'])), name='team_measure_rules_known'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('per__gt', 0)), name='team_measure_per_something'),
        ),
        migrations.AddConstraint(
            model_name='measurephase',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('measure', 'starts_on'), name='measure_phase_starts_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='measurephase',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='measure_phase_has_a_stated_cause'),
        ),
        migrations.AddConstraint(
            model_name='measurephase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='measure_phase_undone_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.UniqueConstraint(fields=('measure', 'taken_on'), name='measurement_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missing_because', ''), ('value__isnull', False)), models.Q(('value', None), models.Q(('missing_because', ''), _negated=True)), models.Q(('denominator', 0), ('numerator', 0), ('value', None)), _connector='OR'), name='measurement_has_value_or_says_why_not'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('denominator', None), ('numerator', None)), models.Q(('denominator__gt', 0), ('numerator__gte', 0)), models.Q(('denominator', 0), ('numerator', 0)), _connector='OR'), name='measurement_parts_are_counts'),
        ),
        migrations.AddIndex(
            model_name='kpivaluerevision',
            index=models.Index(fields=['kpi', 'municipality', 'year'], name='revision_by_cell'),
        ),
        migrations.AddConstraint(
            model_name='kpivaluerevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 0), ('value__isnull', False)), models.Q(('status__gt', 0), ('value', None)), _connector='OR'), name='kpivaluerevision_is_a_number_or_has_a_status'),
        ),
        migrations.AddConstraint(
            model_name='kpivaluerevision',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', [0, 1, 2, 3, 4])), name='kpivaluerevision_status_known'),
        ),
        migrations.AddConstraint(
            model_name='kpivaluerevision',
            constraint=models.CheckConstraint(condition=models.Q(('gender__in', [0, 1, 2])), name='kpivaluerevision_gender_known'),
        ),
        migrations.AddConstraint(
            model_name='kpivalue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 0), ('value__isnull', False)), models.Q(('status__gt', 0), ('value', None)), _connector='OR'), name='kpivalue_is_a_number_or_has_a_status'),
        ),
        migrations.AddConstraint(
            model_name='kpivalue',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', [0, 1, 2, 3, 4])), name='kpivalue_status_known'),
        ),
        migrations.AddConstraint(
            model_name='kpivalue',
            constraint=models.CheckConstraint(condition=models.Q(('gender__in', [0, 1, 2])), name='kpivalue_gender_known'),
        ),
        migrations.AddIndex(
            model_name='municipalitygroup',
            index=models.Index(fields=['alike', 'subject', '-year'], name='group_of_those_alike'),
        ),
        migrations.AddConstraint(
            model_name='municipalitygroup',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='group_once_by_its_code'),
        ),
        migrations.AddConstraint(
            model_name='qualitymeasure',
            constraint=models.UniqueConstraint(fields=('area', 'name'), name='measure_once_in_its_area'),
        ),
        migrations.AddConstraint(
            model_name='qualitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(('year_lag__lte', 3)), name='measure_lags_a_little'),
        ),
        migrations.AddConstraint(
            model_name='measureyear',
            constraint=models.CheckConstraint(condition=models.Q(('ranks__len', 0), ('ranks__len', models.F('municipalities__len')), _connector='OR'), name='measureyear_ranks_all_or_none'),
        ),
        migrations.AddConstraint(
            model_name='measurekpi',
            constraint=models.UniqueConstraint(fields=('measure', 'kpi'), name='kpi_once_in_a_measure'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kpi__isnull', False), ('measure', None)), models.Q(('kpi', None), ('measure__isnull', False)), _connector='OR'), name='goal_is_for_a_measure_or_a_kpi'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.UniqueConstraint(fields=('measure', 'kpi', 'unit', 'year'), name='one_goal_a_year', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why_withdrawn', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('why_withdrawn', ''), _negated=True)), _connector='OR'), name='release_is_withdrawn_by_somebody_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='resultfile',
            constraint=models.CheckConstraint(condition=models.Q(('applied_at', None), ('content', b''), _connector='OR'), name='result_file_is_emptied_when_applied'),
        ),
        migrations.AddConstraint(
            model_name='seriesbreak',
            constraint=models.UniqueConstraint(fields=('kpi', 'year'), name='one_break_a_year'),
        ),
        migrations.AddConstraint(
            model_name='serviceunit',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='service_unit_once_by_its_code'),
        ),
        migrations.AddConstraint(
            model_name='serviceunit',
            constraint=models.UniqueConstraint(condition=models.Q(('code', '')), fields=('unit',), name='own_service_unit_once_for_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='unitvalue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 0), ('value__isnull', False)), models.Q(('status__gt', 0), ('value', None)), _connector='OR'), name='unitvalue_is_a_number_or_has_a_status'),
        ),
        migrations.AddConstraint(
            model_name='unitvalue',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', [0, 1, 2, 3, 4])), name='unitvalue_status_known'),
        ),
        migrations.AddConstraint(
            model_name='unitvalue',
            constraint=models.CheckConstraint(condition=models.Q(('gender__in', [0, 1, 2])), name='unitvalue_gender_known'),
        ),
        migrations.AddIndex(
            model_name='unitvaluerevision',
            index=models.Index(fields=['kpi', 'unit', 'year'], name='unit_revision_by_cell'),
        ),
        migrations.AddConstraint(
            model_name='unitvaluerevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 0), ('value__isnull', False)), models.Q(('status__gt', 0), ('value', None)), _connector='OR'), name='unitvaluerevision_is_a_number_or_has_a_status'),
        ),
        migrations.AddConstraint(
            model_name='unitvaluerevision',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', [0, 1, 2, 3, 4])), name='unitvaluerevision_status_known'),
        ),
        migrations.AddConstraint(
            model_name='unitvaluerevision',
            constraint=models.CheckConstraint(condition=models.Q(('gender__in', [0, 1, 2])), name='unitvaluerevision_gender_known'),
        ),
    ]
