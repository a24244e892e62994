"""What the stand-in for Kolada knows: a small world that a test builds and changes as it likes.

world = World()
world.add_municipality("0883", "Västervik")
world.add_kpi("N15505", "Meritvärde", is_divided_by_gender=True)
world.set("N15505", "0883", 2020, 217.4)
world.set("N15505", "0883", 2020, gender="K", status="Privacy")
world.on = date(2026, 3, 1)  # what changes from now on has changed that day
world.withdraw("N15505", "0883", 2020)
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

RAW = Path(__file__).parent / "raw"
MUNICIPALITIES = Path(__file__).parents[2] / "measures" / "data" / "municipalities.csv"
GENDERS = ("K", "M", "T")  # in the order that Kolada sends them

type Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of one gender.  A value and a status may stand together: they have."""

    value: float | None
    status: str
    count: int
    changed_on: date
    is_deleted: bool = False

    def as_item(self, gender: str) -> Item:
        return {
            "gender": gender,
            "count": self.count,
            "status": self.status,
            "value": self.value,
            "isdeleted": self.is_deleted,
        }


class World:
    def __init__(self) -> None:
        self.on = date(2026, 1, 1)
        # It is not known whether Kolada shows deleted cells also to who asks for everything.
        self.shows_deleted = True
        self.kpis: dict[str, Item] = {}
        self.municipalities: dict[str, Item] = {}
        self.municipality_groups: dict[str, Item] = {}
        self.kpi_groups: dict[str, Item] = {}
        self.units: dict[str, Item] = {}
        self._cells: dict[str, dict[tuple[int, str], dict[str, Cell]]] = {}

    # --- building it -----------------------------------------------------------------------------

    def add_kpi(self, id: str, title: str = "Nyckeltal, andel (%)", **fields: object) -> None:
        self.kpis[id] = {
            "id": id,
            "title": title,
            "description": "Källa: påhittad.",
            "is_divided_by_gender": False,
            "municipality_type": "K",
            "auspice": "T",
            "operating_area": "Hemtjänst",
            "perspective": "Kvalitet och resultat",
            "prel_publication_date": None,
            "publication_date": "2026-02-27",
            "publ_period": "2025",
            "has_ou_data": False,
        } | fields

    def add_municipality(self, id: str, title: str = "Kommun", type: str = "K") -> None:
        self.municipalities[id] = {"id": id, "title": title, "type": type}

    def add_every_municipality(self) -> None:
        """The 290, the regions and the country, with their real ids and names."""
        with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self.add_municipality(
                    row["code"], row["name"], "K" if row["code"] > "0099" else "L"
                )

    def add_group(self, id: str, title: str, *members: str) -> None:
        self.municipality_groups[id] = _group(id, title, members, self.municipalities)

    def add_kpi_group(self, id: str, title: str, *members: str) -> None:
        self.kpi_groups[id] = _group(id, title, members, self.kpis)

    def add_unit(self, id: str, municipality: str, title: str = "Enhet") -> None:
        self.units[id] = {"id": id, "municipality": municipality, "title": title}

    def set(
        self,
        kpi: str,
        place: str,
        year: int,
        value: float | None = None,
        *,
        gender: str = "T",
        status: str = "",
    ) -> None:
        """Say something of a municipality or a unit; it changed on the day `on`."""
        cells = self._cells.setdefault(kpi, {}).setdefault((year, place), {})
        cells[gender] = Cell(value, status, 0 if status else 1, self.on)

    def withdraw(self, kpi: str, place: str, year: int, gender: str | None = None) -> None:
        """Delete what was said, of one gender or of all."""
        cells = self._cells[kpi][year, place]
        for one in [gender] if gender else list(cells):
            cells[one] = Cell(None, "", 0, self.on, is_deleted=True)

    def retire(self, kpi: str) -> None:
        """Take a key figure away with all that was said of it, as Kolada does without a word."""
        self.kpis.pop(kpi, None)
        self._cells.pop(kpi, None)

    def add_raw(self, name: str) -> Item:
        """Take in a real answer: the key figure, its municipalities and all that is said of it."""
        answer: Item = json.loads((RAW / f"{name}.json").read_text("utf-8-sig"))
        for item in answer["values"]:
            if item["kpi"] not in self.kpis:
                self.add_kpi(item["kpi"], is_divided_by_gender=len(item["values"]) == 3)
            if item["municipality"] not in self.municipalities:
                self.add_municipality(item["municipality"])
            cells = self._cells.setdefault(item["kpi"], {})
            cells[item["period"], item["municipality"]] = {
                said["gender"]: Cell(said["value"], said["status"], said["count"], self.on)
                for said in item["values"]
            }
        return answer

    # --- what the server asks --------------------------------------------------------------------

    def years(self, kpi: str) -> list[int]:
        return sorted({year for year, _place in self._cells.get(kpi, {})})

    def cells(self, kpi: str, place: str, year: int) -> dict[str, Cell]:
        """What is said of a place; of a group, the unweighted means of its members."""
        if place in self.municipality_groups:
            return self._cells_of_group(kpi, place, year)
        return self._cells.get(kpi, {}).get((year, place), {})

    def _cells_of_group(self, kpi: str, group: str, year: int) -> dict[str, Cell]:
        members = [member["member_id"] for member in self.municipality_groups[group]["members"]]
        said = [self.cells(kpi, member, year) for member in members]
        return {
            gender: _mean([cells[gender] for cells in said if gender in cells])
            for gender in GENDERS
            if any(gender in cells for cells in said)
        }

    def places(self, region_type: str | None = None) -> Iterator[str]:
        """All that a question without places is about: the groups too, unless a type is asked."""
        for id, item in self.municipalities.items():
            if region_type in (None, item["type"]):
                yield id
        if region_type is None:
            yield from self.municipality_groups


def _group(id: str, title: str, members: tuple[str, ...], known: dict[str, Item]) -> Item:
    return {
        "id": id,
        "title": title,
        "members": [
            {"member_id": member, "member_title": known[member]["title"] if member in known else ""}
            for member in members
        ],
    }


def _mean(cells: list[Cell]) -> Cell:
    """The unweighted mean; `count` is how many there were."""
    values = [cell.value for cell in cells if cell.value is not None and not cell.status]
    changed_on = max(cell.changed_on for cell in cells)
    if not values:
        return Cell(None, "Missing", 0, changed_on)
    return Cell(sum(values) / len(values), "", len(values), changed_on)
