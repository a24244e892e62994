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
            name='QualityArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80)),
                ('about', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='Kpi',
            fields=[
                ('id', models.SmallAutoField(primary_key=True, serialize=False)),
                ('kolada_id', models.CharField(max_length=6, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('description', models.TextField(blank=True)),
                ('short_title', models.CharField(blank=True, max_length=80)),
                ('unit_word', models.CharField(blank=True, max_length=40)),
                ('good', models.CharField(choices=[('high', 'A high value is good'), ('low', 'A low value is good'), ('neither', 'Neither high nor low is good')], default='neither', max_length=7)),
                ('decimals', models.PositiveSmallIntegerField(default=1)),
                ('sought', models.GeneratedField(db_persist=True, expression=foundation.swedish.SoughtText('short_title', 'title', 'kolada_id'), output_field=models.CharField(db_collation='C', max_length=388))),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('good__in', ['high', 'low', 'neither'])), name='kpi_good_known'), models.CheckConstraint(condition=models.Q(('decimals__lte', 6)), name='kpi_shows_few_decimals')],
            },
        ),
        migrations.CreateModel(
            name='KpiYear',
            fields=[
                ('year', models.PositiveSmallIntegerField()),
                ('counted', models.PositiveSmallIntegerField()),
                ('mean', models.FloatField(null=True)),
                ('weighted', models.FloatField(null=True)),
                ('pk', models.CompositePrimaryKey('kpi', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
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
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_on', models.DateField(verbose_name='Day')),
                ('value', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='Value')),
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
                ('value', models.DecimalField(decimal_places=4, max_digits=14)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('measurement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='measures.measurement')),
                ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.SmallAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=4, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('name_order', models.GeneratedField(db_persist=True, expression=foundation.swedish.SwedishOrderKey('name'), output_field=models.CharField(db_collation='C', max_length=300))),
                ('is_country', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_country', True)), fields=('is_country',), name='there_is_one_country')],
            },
        ),
        migrations.CreateModel(
            name='QualityMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('position', models.PositiveSmallIntegerField()),
                ('year_lag', models.PositiveSmallIntegerField(default=0)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='measures.qualityarea')),
                ('kpis', models.ManyToManyField(related_name='+', through='measures.MeasureKpi', to='measures.kpi')),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='MeasureYear',
            fields=[
                ('year', models.PositiveSmallIntegerField()),
                ('counted', models.PositiveSmallIntegerField()),
                ('mean', models.FloatField(null=True)),
                ('weighted', models.FloatField(null=True)),
                ('pk', models.CompositePrimaryKey('measure', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='measures.qualitymeasure')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasurePlace',
            fields=[
                ('year', models.PositiveSmallIntegerField()),
                ('rank', models.PositiveSmallIntegerField(null=True)),
                ('band', models.PositiveSmallIntegerField(choices=[(0, 'none'), (1, 'good'), (2, 'mid'), (3, 'bad')])),
                ('value', models.FloatField()),
                ('pk', models.CompositePrimaryKey('measure', 'municipality', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                ('municipality', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='measures.municipality')),
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
            name='TeamMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', organisation.privacy.FreeLine(max_length=120, verbose_name='What is measured')),
                ('unit_word', models.CharField(help_text='For example per cent, days, falls.', max_length=40, verbose_name='Unit of measure')),
                ('direction', models.CharField(choices=[('higher', 'Higher is better'), ('lower', 'Lower is better')], default='higher', max_length=6, verbose_name='Direction')),
                ('definition', organisation.privacy.FreeText(blank=True, max_length=1000, verbose_name='How it is measured')),
                ('target', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='Target')),
                ('start_value', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('start_on', models.DateField(null=True)),
                ('end_value', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('end_on', models.DateField(null=True)),
                ('kpi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.kpi')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team_measures', to='organisation.unit')),
            ],
        ),
        migrations.AddField(
            model_name='measurement',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='measures.teammeasure'),
        ),
        migrations.CreateModel(
            name='KpiValueRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('gender', models.PositiveSmallIntegerField(choices=[(0, 'All'), (1, 'Women'), (2, 'Men')])),
                ('status', models.PositiveSmallIntegerField(choices=[(0, 'has a value'), (1, 'missing'), (2, 'not applicable'), (3, 'secret')], default=0)),
                ('value', models.FloatField(null=True)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('kpi', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.kpi')),
                ('municipality', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.municipality')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['kpi', 'municipality', 'year'], name='revision_by_cell')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 0), ('value__isnull', False)), models.Q(('status__gt', 0), ('value', None)), _connector='OR'), name='kpivaluerevision_is_a_number_or_has_a_status'), models.CheckConstraint(condition=models.Q(('status__in', [0, 1, 2, 3])), name='kpivaluerevision_status_known'), models.CheckConstraint(condition=models.Q(('gender__in', [0, 1, 2])), name='kpivaluerevision_gender_known')],
            },
        ),
        migrations.CreateModel(
            name='KpiValue',
            fields=[
                ('year', models.PositiveSmallIntegerField()),
                ('gender', models.PositiveSmallIntegerField(choices=[(0, 'All'), (1, 'Women'), (2, 'Men')])),
                ('status', models.PositiveSmallIntegerField(choices=[(0, 'has a value'), (1, 'missing'), (2, 'not applicable'), (3, 'secret')], default=0)),
                ('value', models.FloatField(null=True)),
                ('pk', models.CompositePrimaryKey('kpi', 'municipality', 'year', 'gender', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kpi', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.kpi')),
                ('municipality', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.municipality')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 0), ('value__isnull', False)), models.Q(('status__gt', 0), ('value', None)), _connector='OR'), name='kpivalue_is_a_number_or_has_a_status'), models.CheckConstraint(condition=models.Q(('status__in', [0, 1, 2, 3])), name='kpivalue_status_known'), models.CheckConstraint(condition=models.Q(('gender__in', [0, 1, 2])), name='kpivalue_gender_known')],
            },
        ),
        migrations.CreateModel(
            name='KpiPlace',
            fields=[
                ('year', models.PositiveSmallIntegerField()),
                ('rank', models.PositiveSmallIntegerField(null=True)),
                ('band', models.PositiveSmallIntegerField(choices=[(0, 'none'), (1, 'good'), (2, 'mid'), (3, 'bad')])),
                ('pk', models.CompositePrimaryKey('kpi', 'municipality', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kpi', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='measures.kpi')),
                ('municipality', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='measures.municipality')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('band', 0), ('rank', None)), models.Q(('band__gt', 0), ('band__lte', 3), ('rank__gte', 1), ('rank__isnull', False)), _connector='OR'), name='kpiplace_with_a_rank_has_a_colour')],
            },
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
            model_name='measureplace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('band', 0), ('rank', None)), models.Q(('band__gt', 0), ('band__lte', 3), ('rank__gte', 1), ('rank__isnull', False)), _connector='OR'), name='measureplace_with_a_rank_has_a_colour'),
        ),
        migrations.AddConstraint(
            model_name='measurekpi',
            constraint=models.UniqueConstraint(fields=('measure', 'kpi'), name='kpi_once_in_a_measure'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['higher', 'lower'])), name='team_measure_direction_known'),
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
            model_name='measurement',
            constraint=models.UniqueConstraint(fields=('measure', 'taken_on'), name='measurement_once_a_day'),
        ),
    ]
