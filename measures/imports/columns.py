"""What a file of results looks like.  The headings are Swedish in every language."""

from django.utils.translation import gettext_lazy as _

from organisation.imports.columns import Column, Table

# fmt: off
RESULTS = Table(
    "Resultat",
    (
        Column("unit", "Enhet", _("the unit's name or code, or the municipality's name"), 200, required=True),
        Column("kpi", "Mått", _("the measure's code, like E00001, or its name"), 300, required=True),
        Column("year", "År", _("the year, like 2025"), 10, required=True),
        Column("gender", "Kön", _("K for women, M for men, nothing for all"), 20),
        Column("value", "Värde", _("a number, or a sign: - is missing, . is not applicable, .. is secret"), 40, required=True),
        Column("answers", "Antal svar", _("how many answered; nothing if it is no survey"), 20),
    ),
    (),
)
# fmt: on
