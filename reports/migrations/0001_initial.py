import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('programme', '0002_prediction_is_locked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('subject_id', models.BigIntegerField()),
                ('revision', models.PositiveSmallIntegerField()),
                ('variant', models.CharField(blank=True, max_length=1000)),
                ('edition', models.CharField(choices=[('draft', 'Draft'), ('final', 'Final'), ('latest', 'Latest')], max_length=10)),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('en', 'English')], max_length=5)),
                ('title', models.CharField(max_length=200)),
                ('facts', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('content', models.BinaryField()),
                ('pages', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('size', models.GeneratedField(db_persist=True, expression=models.Func(models.F('content'), function='OCTET_LENGTH'), output_field=models.PositiveIntegerField())),
                ('sha256', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.F('content'), function='SHA256'), models.Value('hex'), function='ENCODE'), output_field=models.CharField(max_length=64))),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='programme.report')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject_id', 'revision', 'variant', 'edition', 'language'), name='document_once_per_subject_and_edition'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'report'), ('report', models.F('subject_id'))), models.Q(models.Q(('kind', 'report'), _negated=True), ('report', None)), _connector='OR'), name='document_of_a_report_holds_on_to_it'), models.CheckConstraint(condition=models.Q(('edition__in', ['draft', 'final', 'latest'])), name='document_edition_known'), models.CheckConstraint(condition=models.Q(('pages__gt', 0)), name='document_has_pages')],
            },
        ),
    ]
