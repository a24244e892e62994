"""Habits that a machine can keep."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.models.constants import LOOKUP_SEP

from organisation.privacy import FreeText

ROOT = Path(__file__).parents[2]
OURS = ("foundation", "organisation", "measures", "improvement", "programme", "reports")
MODELS = [model for app in OURS for model in apps.get_app_config(app).get_models()]
FIELDS = [field for model in MODELS for field in model._meta.fields]
MONEY_WORDS = {"amount", "cost", "price", "budget", "balance", "reward"}
CODE = [
    path
    for app in (*OURS, "config")
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]


def is_money(field):
    is_number = isinstance(field, (models.IntegerField, models.DecimalField, models.FloatField))
    words = set(field.name.split("_"))
    return field.name.endswith("_ore") or (is_number and MONEY_WORDS & words)


@pytest.mark.parametrize("field", [f for f in FIELDS if is_money(f)], ids=str)
def test_money_is_a_whole_number_of_ore(field):
    kept = field.output_field if isinstance(field, models.GeneratedField) else field
    assert field.name.endswith("_ore")
    assert isinstance(kept, models.BigIntegerField)


@pytest.mark.parametrize("field", [f for f in FIELDS if f.name == "status"], ids=str)
def test_the_database_knows_every_status(field):
    assert f"{field.model._meta.model_name}_status_known" in {
        constraint.name for constraint in field.model._meta.constraints
    }


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_a_constraint_is_named_as_a_sentence(model):
    for constraint in model._meta.constraints:
        assert "_" in constraint.name
        assert LOOKUP_SEP not in constraint.name
        assert constraint.name.isidentifier()


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_a_model_says_what_one_row_is(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}("), "Django's own is not a docstring"


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_no_longer_than_one_wants_to_read(path):
    assert (
        len(path.read_text().splitlines()) <= 420
    )  # about 400; a little over is no reason to cut badly


def test_no_room_is_called_what_says_nothing():
    empty_names = re.compile(r"(^|_)(utils?|helpers?|manager|misc|common|base|services?)$")
    named = [p.relative_to(ROOT) for p in CODE if empty_names.search(p.stem)]
    # embedded and real PostgreSQL and Valkey are what the field calls services
    assert named == [Path("config/services.py")]


def test_nothing_is_fetched_from_elsewhere_at_run_time():
    """Kolada's client is the one module that speaks to the world, and only to Kolada."""
    asks = re.compile(r"^\s*(import|from)\s+(requests|httpx|urllib\.request|aiohttp)\b", re.M)
    speaking = [p for p in CODE if asks.search(p.read_text())]
    # the demo asks its own web server whether it is up
    assert {*speaking} == {ROOT / "config/listening.py", ROOT / "measures/kolada/client.py"}


@pytest.mark.parametrize(
    "template",
    sorted((ROOT / "templates").rglob("*.html")),
    ids=lambda p: f"{p.parent.name}/{p.name}",
)
def test_what_htmx_does_works_without_it_too(template):
    """Every hx-get stands beside an href, every hx-post beside an action or formaction."""
    for tag in re.findall(r"<[a-z]+[^>]*\shx-(?:get|post)=[^>]*>", template.read_text(), re.S):
        polls = "hx-trigger" in tag  # asks for itself; inside it stands an ordinary link
        assert polls or "href=" in tag or "action=" in tag or "method=" in tag, tag


# Texts that are not somebody's own words: names, references and codes, or written by ourselves.
NOT_FREE = {
    "foundation",
    "organisation",  # comes from the personnel file
    "measures.kpi",  # Kolada's words
    "reports",
}


@pytest.mark.parametrize(
    "field",
    [
        field
        for field in FIELDS
        if isinstance(field, models.TextField)
        and field.model._meta.app_label not in NOT_FREE
        and field.model.__module__.removesuffix(".models").replace(".models.", ".") not in NOT_FREE
    ],
    ids=str,
)
def test_what_people_write_is_checked_for_identity_numbers(field):
    assert isinstance(field, FreeText)
