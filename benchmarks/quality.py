"""How long does the server take for the pages of the Quality viewer, with Kolada at full size?

    uv run python -m benchmarks.quality [part of an address]

Pages as in `benchmarks.pages`, in the country that `benchmarks.country` makes up.
"""

import sys
import time

from django.test import Client, override_settings
from django.urls import reverse

from benchmarks.country import country
from benchmarks.region import region
from benchmarks.timing import Pages
from measures.models import QualityMeasure, ServiceUnit

HOME = "0883"


def addresses() -> list[str]:
    school, care = "/kvalitet/kommunala-grundskolor/", "/kvalitet/hemtjanst/"
    measure = QualityMeasure.objects.filter(area__slug="hemtjanst").order_by("position")[1]
    unit = ServiceUnit.objects.filter(
        municipality__code=HOME, code__startswith="V21", unit=None
    ).first()
    assert unit is not None
    return [
        "/kvalitet/",
        school,
        f"{school}?niva=3",
        f"{school}?niva=3&antal=10",
        f"{school}?niva=3&grupp=lika",
        f"{school}?niva=3&kon=K",
        f"{care}?niva=3&per=2026-02-01",
        f"{care}?niva=3",
        reverse("kpi-detail", args=["N15505"]),
        f"{reverse('kpi-detail', args=['N15505'])}?grupp=lika",
        reverse("kpi-detail", args=["U21504"]),
        reverse("measure-detail", args=["hemtjanst", measure.pk]),
        reverse("area-units", args=["hemtjanst"]),
        reverse("service-unit", args=[unit.pk]),
        "/kvalitet/katalog/",
        "/kvalitet/katalog/?q=hemtjänst nöjdhet",
        "/kvalitet/hamtningar/",
        "/oppet/kvalitet/",
    ]


@override_settings(ROOT_URLCONF="benchmarks.pages")
def main(asked: str = "") -> None:
    person = region()
    country()
    client = Client()
    client.force_login(person)
    pages = Pages()
    for address in addresses():
        if asked in address:
            pages.row(client, address)
    for slug in ("kommunala-grundskolor", "hemtjanst"):
        begun = time.perf_counter()
        size = len(client.get(f"/kvalitet/{slug}/excel/?niva=3").content) // 1000
        print(f"/kvalitet/{slug}/excel/: {time.perf_counter() - begun:.2f} s, {size} kB")


if __name__ == "__main__":
    main(*sys.argv[1:])
