from django.db import migrations

USUAL = ("quality", "efficiency", "work", "spread", "lasting")


def add(apps, schema_editor):
    """Give everybody the five criteria to begin with; their words follow the reader's language."""
    criteria = apps.get_model("improvement", "Criterion").objects
    for position, key in enumerate(USUAL):
        criteria.get_or_create(key=key, defaults={"position": position})


def remove(apps, schema_editor):
    """Take away those that nobody has judged by; the others are part of what was written."""
    criterion = apps.get_model("improvement", "Criterion")
    judged_by = apps.get_model("improvement", "Assessment").objects.values("criterion")
    criterion.objects.filter(key__in=USUAL).exclude(pk__in=judged_by).delete()


class Migration(migrations.Migration):
    dependencies = [("improvement", "0003_money_is_guarded")]
    operations = [migrations.RunPython(add, remove)]
