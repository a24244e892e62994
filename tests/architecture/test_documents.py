"""Documents that can be checked are checked."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from improvement.flow import IDEA_FLOW
from programme.flow import CYCLE_FLOW, REPORT_FLOW, WORK_FLOW
from tests.architecture.test_conventions import MODELS, ROOT

DOCS = ROOT / "docs"


@pytest.mark.parametrize(
    "flow",
    [IDEA_FLOW, WORK_FLOW, CYCLE_FLOW, REPORT_FLOW],
    ids=["idea", "work", "cycle", "report"],
)
def test_the_drawing_is_the_lifecycle_we_run(flow):
    assert flow.as_mermaid() in (DOCS / "states.md").read_text()


def test_the_glossary_names_every_model_and_no_other():
    rows = re.findall(r"^\| [^|]+ \| `(\w+)` \|", (DOCS / "glossary.md").read_text(), re.M)
    named = {model.__name__ for model in MODELS}
    assert set(rows) == named
    assert len(rows) == len(named), "one word, one meaning"


@pytest.mark.parametrize("document", sorted(DOCS.rglob("*.md")) + [ROOT / "README.md"], ids=str)
def test_every_file_that_a_document_names_exists(document):
    text = document.read_text()
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    paths = re.findall(
        r"`((?:config|foundation|organisation|measures|improvement|programme|"
        r"reports|templates|static|tests|docs|benchmarks|scripts)/[\w./-]*)`",
        text,
    )
    for link in links:
        assert (document.parent / link).exists(), link
    for path in paths:
        assert (ROOT / path).exists(), path


def test_every_requirement_points_at_a_test_that_exists():
    text = (DOCS / "requirements.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists() or f"def {name}(" not in (ROOT / path).read_text()
    ]
    assert missing == []
    lines = {int(number) for number in re.findall(r"W-(\d\d)", text)}
    assert lines >= set(range(7, 30)), "each line of the source, or why not"


def test_every_app_and_test_folder_mirror_each_other():
    for app in ("foundation", "organisation", "measures", "improvement", "programme", "reports"):
        assert apps.is_installed(app)
        assert list((ROOT / "tests" / app).glob("test_*.py")), app
    assert get_resolver().url_patterns
    assert Path(ROOT / "README.md").exists()
