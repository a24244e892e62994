from django.db import migrations

# What everybody begins with.  Names and texts can be changed on a page; these are Swedish, for
# they are the organisation's own data.
METHODS = {
    "pdsa": (
        "PGSA",
        "Små tester efter varandra, där varje test bygger på det förra. Passar det mesta.",
        "Langley m.fl., The Improvement Guide",
        [
            ("Planera", "Vad vill vi veta, vad tror vi händer, vem gör vad när och var?"),
            ("Göra", "Testa i liten skala och skriv ner vad som händer."),
            ("Studera", "Jämför med det ni trodde. Vad har ni lärt er?"),
            ("Agera", "Inför, anpassa eller lägg ner – och planera nästa test."),
        ],
    ),
    "steps8": (
        "Åtta steg",
        "Ett prioriterat område tas från fakta till spridning, ett steg i taget.",
        "Sveriges Kommuner och Regioner, Modellkoncept",
        [
            ("Välj område", "Utgå från de mål som är prioriterade. Avgränsa."),
            ("Samla fakta", "Hur är det i dag? Hämta siffror och beskrivningar."),
            ("Hitta orsakerna", "Varför är det så? Tänk ut möjliga lösningar."),
            ("Planera testet", "Börja med lösningen som troligast ger effekt."),
            ("Testa", "Prova i liten skala."),
            ("Studera", "Blev det bättre? Var det rätt lösning? Annars: backa."),
            ("Säkra och sprid", "Gör lösningen till vardag och låt andra få del av den."),
            ("Reflektera och berätta", "Vad lärde vi oss, och vem behöver veta det?"),
        ],
    ),
}


def add(apps, schema_editor):
    method_of = apps.get_model("programme", "Method")
    step_of = apps.get_model("programme", "MethodStep")
    for position, (key, (name, intro, source, steps)) in enumerate(METHODS.items()):
        method, _is_new = method_of.objects.get_or_create(
            key=key,
            defaults={"name": name, "intro": intro, "source": source, "position": position},
        )
        for number, (step, asks) in enumerate(steps, start=1):
            step_of.objects.get_or_create(
                method=method, number=number, defaults={"name": step, "asks": asks}
            )


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_prediction_is_locked")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
