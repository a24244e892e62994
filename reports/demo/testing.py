"""How the PDSA cycles of a work are told."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from organisation.models import Person
from programme.actions import cycles
from programme.models import Cycle, Driver, Phase, Work

from .drivers import photograph
from .telling import Test
from .world import Scene, World


@dataclass(slots=True)
class Tester:
    """Whoever leads the tests of a work, one after the other."""

    work: Work
    leader: Person
    world: World
    chance: Random
    cycle: Cycle | None = None  # the one that is going on, or is planned to

    def scenes(self, tests: tuple[Test, ...]) -> list[Scene]:
        """Return what happens in each test, as far as it came, in the order it is told."""
        scenes: list[Scene] = []
        for test in tests:
            for phase, days, happen in self._steps(test):
                moment = self.world.calendar.moment(days, self.chance)
                earliest = scenes[-1][0] if scenes else moment
                scenes.append((max(moment, earliest), happen))
                if phase == test.phase:
                    break
        return scenes

    def _steps(self, test: Test) -> list[tuple[str, int, Callable[[], object]]]:
        """Each phase, how many days ago it was entered, and how."""
        ended = test.days - test.lasted
        steps: list[tuple[str, int, Callable[[], object]]] = [
            (Phase.PLAN, test.days + 4, partial(self._plan, test)),
            (Phase.DO, test.days, partial(self._press, "test")),
            (Phase.STUDY, ended, partial(self._study, test)),
            (Phase.ACT, ended - 2, partial(self._conclude, test)),
            (Phase.CLOSED, ended - 3, partial(self._close, test)),
        ]
        if test.phase == Phase.DO:  # still going on, but something is noted
            steps[1:2] = [("", *steps[1][1:]), (Phase.DO, test.days - 7, partial(self._note, test))]
        return steps

    def _plan(self, test: Test) -> None:
        """Plan the test; the cycle is there already where it grew out of the one before."""
        plan = cycles.Plan(
            question=test.question,
            prediction=test.prediction,
            plan_what=test.what,
            plan_who=test.who,
            plan_where=test.where,
            plan_data=test.data,
            scale=test.scale,
            change=self._change(test),
        )
        if self.cycle:
            cycles.change_plan(cycle_id=self.cycle.pk, plan=plan, by=self.leader)
        else:
            self.cycle = cycles.plan(
                work_id=self.work.pk, plan=plan, on=self.world.on, by=self.leader
            )

    def _change(self, test: Test) -> Driver | None:
        if test.change:
            return self.work.drivers.get(text=test.change)
        return self.cycle.change if self.cycle else None

    def _note(self, test: Test) -> None:
        cycles.note(
            cycle_id=self._pk,
            what_happened=test.happened,
            observed=test.observed,
            deviations=test.deviations,
            by=self.leader,
        )
        if test.photo:
            photograph(self.work, self._pk, test.photo, self.leader)
        if test.anew[0]:
            prediction, because = test.anew
            cycles.predict_anew(
                cycle_id=self._pk, prediction=prediction, because=because, by=self.leader
            )

    def _press(self, step_name: str) -> None:
        cycles.press(cycle_id=self._pk, step_name=step_name, on=self.world.on, by=self.leader)

    def _study(self, test: Test) -> None:
        self._note(test)
        self._press("study")

    def _conclude(self, test: Test) -> None:
        cycles.compare(
            cycle_id=self._pk,
            agreement=test.agreement,
            result=test.result,
            learning=test.learning,
            by=self.leader,
        )
        self._press("act")

    def _close(self, test: Test) -> None:
        self.cycle = cycles.close(
            cycle_id=self._pk, outcome=test.outcome, on=self.world.on, by=self.leader
        )

    @property
    def _pk(self) -> int:
        assert self.cycle is not None  # planned before anything else
        return self.cycle.pk
