"""Trying in one's own unit what another has carried out, and telling a unit of it."""

from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from measures.actions.team import NewMeasure
from measures.models import TeamMeasure
from organisation.actions import notices
from organisation.models import Person, Unit

from ..models import Driver, Member, Origin, Outcome, Phase, Scale, Tip, Work, WorkStatus
from ..queries.effect import managers_of
from ..queries.library import drivers_of
from ..queries.people import nearest_confirmers
from ..rules.library import why_not_adopt, why_not_tip
from . import works
from .measuring import follow

COPIED = (
    *("for_whom_inside", "what_to_change", "strategic_area", "improves", "effects", "tags", "kpi"),
)


@transaction.atomic
def adopt(*, work_id: int, unit: Unit, on: date, by: Person) -> Work:
    """Begin a work at `unit` that tries what another unit has carried out.

    It gets the charter, the driver diagram, what is measured (without values) and the tests that
    led to something, as plans: each place predicts and tests for itself.  Whoever asks leads it.
    It begins by the same rules as any other.  Locks the work that is adopted, so that it is
    adopted once in a unit however often it is asked for.

    Raises:
        Refused: the unit's own work, a guest, or the rules for beginning a work there say no.
    """
    source = Work.objects.locked().select_related("unit").get(pk=work_id)
    there = source.adoptions.filter(unit=unit).exclude(status=WorkStatus.STOPPED).first()
    if there is not None:
        return there
    require(why_not_adopt(source, unit, by))
    made = works.propose(
        beginning=works.Beginning(
            origin=Origin.ADOPTED,
            text=_("%(title)s at %(unit)s") % {"title": source.title, "unit": source.unit},
            kpi=source.kpi,
            adopted_from=source,
        ),
        unit=unit,
        charter=works.Charter(
            title=source.title,
            aim=source.aim,
            for_whom=source.for_whom,
            why_wanted=source.why_wanted,
            aim_to=source.aim_to,
        ),
        team=works.Team(leader=by),
        asked_by=next(iter(nearest_confirmers(unit)), None),
        method=source.method,
        key=_key(source, unit),
        on=on,
        by=by,
    )
    for name in COPIED:
        setattr(made, name, getattr(source, name))
    made.save(update_fields=list(COPIED))
    _copy_measures(source, made, by)
    _copy_tests(source, made, _copy_drivers(source, made), on)
    record("work.adopt", made, by=by, adopted_from=source.pk)
    record("work.adopted", source, by=by, unit=unit.pk, work=made.pk)
    _thank(source, unit, by)
    return made


@transaction.atomic
def tip(*, work_id: int, unit: Unit, by: Person) -> Tip:
    """Tell the managers of a unit of a work that may help it.  Told once, whoever asks.

    Raises:
        Refused: not for `by` to do, or the unit has nobody to tell.
    """
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_tip(work, unit, by))
    found, is_new = Tip.objects.get_or_create(work=work, unit=unit, defaults={"by": by})
    if not is_new:
        return found
    managers = managers_of([unit])[unit.pk]
    if not managers:
        raise Refused(_("%(unit)s has no manager to tell.") % {"unit": unit})
    record("work.tip", work, by=by, unit=unit.pk)
    notices.tell(
        managers,
        kind="work.tip",
        title=work.title,
        href=reverse("library-entry", args=[work.pk]),
        except_for=by,
    )
    return found


def _key(source: Work, unit: Unit) -> UUID:
    """Return the key of the adoption, the same however often it is asked for.

    One that was stopped does not stand in the way of trying again.
    """
    stopped = source.adoptions.filter(unit=unit, status=WorkStatus.STOPPED).count()
    return uuid5(NAMESPACE_URL, f"adopt:{source.pk}:{unit.pk}:{stopped}")


def _copy_measures(source: Work, made: Work, by: Person) -> None:
    """Measure the same in the same way; what was measured stays where it was."""
    for followed in source.followed.select_related("measure").order_by("-carries_aim", "pk"):
        measure = followed.measure
        follow(
            made,
            _asked_for(measure),
            followed.purpose,
            carries_aim=followed.carries_aim,
            target=measure.target,
            kpi=measure.kpi,
            by=by,
        )


def _asked_for(measure: TeamMeasure) -> NewMeasure:
    asked = NewMeasure(
        name=measure.name,
        unit_word=measure.unit_word,
        direction=measure.direction,
        definition=measure.definition,
    )
    return replace(
        asked,
        kind=measure.kind,
        per=measure.per,
        frequency=measure.frequency,
        chart=measure.chart,
        rules=measure.rules,
        screening=measure.screening,
    )


def _copy_drivers(source: Work, made: Work) -> dict[int, Driver]:
    """Copy the driver diagram.

    Returns:
        The new boxes, by the id of the one that each is a copy of.
    """
    copies: dict[int, Driver] = {}
    for driver in drivers_of(source):
        copies[driver.pk] = Driver.objects.create(
            work=made,
            parent=copies.get(driver.parent_id) if driver.parent_id else None,
            kind=driver.kind,
            text=driver.text,
            position=driver.position,
        )
    return copies


def _copy_tests(source: Work, made: Work, drivers: dict[int, Driver], on: date) -> None:
    """Plan the tests that were adopted, without their prediction: this place has its own."""
    adopted = source.cycles.filter(status=Phase.CLOSED, outcome=Outcome.ADOPT)
    for number, cycle in enumerate(adopted.order_by("number"), start=1):
        made.cycles.create(
            number=number,
            change=drivers.get(cycle.change_id) if cycle.change_id else None,
            planned_on=on,
            question=cycle.question,
            plan_what=cycle.plan_what,
            plan_data=cycle.plan_data,
            scale=Scale.ONE_PERSON,
        )


def _thank(source: Work, unit: Unit, by: Person) -> None:
    """Tell the first team that somebody builds on what they did.  Guests see their work alone."""
    team = source.memberships.exclude(role=Member.GUEST).values_list("person", flat=True)
    notices.tell(
        list(team),
        kind="work.adopted",
        title=source.title,
        href=reverse("library-entry", args=[source.pk]),
        note=_("It is now tried at %(unit)s. Thank you for showing the way!") % {"unit": unit},
        except_for=by,
    )
