"""What pages and reports need to know about works, gathered over several models."""

from .overview import Waiting, WorkCard, cards_of, waits_for, works_of
from .page import WorkPage, page_of
from .report import CycleFacts, MeasureFacts, ReportFacts, kept_facts, report_facts, report_page
from .values import aim_chart

__all__ = [
    "CycleFacts",
    "MeasureFacts",
    "ReportFacts",
    "Waiting",
    "WorkCard",
    "WorkPage",
    "aim_chart",
    "cards_of",
    "kept_facts",
    "page_of",
    "report_facts",
    "report_page",
    "waits_for",
    "works_of",
]
