"""What people are told about works, in words.  Read by Django at the start."""

from django.utils.translation import gettext_lazy as _

from organisation.notices import reminders, sentences

sentences(
    {
        "work.propose": _("An improvement work is proposed. Say whether it is wanted"),
        "work.propose_anew": _("An improvement work is proposed again. Say whether it is wanted"),
        "work.confirm": _("A manager has said that the work is wanted. Good luck!"),
        "work.decline": _("A manager has said no to the work for now, and why"),
        "work.pause": _("The work rests for a while"),
        "work.resume": _("The work goes on again"),
        "work.plan_on": _("The planning of the work goes on again"),
        "work.stop": _("The work has been stopped"),
        "work.reopen": _("The work has been taken up again"),
        "work.secure": _("The solution is found: now it is to last"),
        "work.plan_anew": _("The work has gone back to planning"),
        "work.test_anew": _("The work has gone back to testing"),
        "work.join": _("You are in the team of an improvement work"),
        "work.lead": _("You lead an improvement work from now on"),
    }
)

# To coaches, and to those whom they support.
sentences(
    {
        "coaching.begin": _("You have become the coach of a work"),
        "coaching.take_over": _("You have taken over as coach of a work"),
        "coaching.handed_over": _("A work has got another coach"),
        "coaching.end": _("The support of a work has ended"),
        "coaching.until": _("The time for the support of a work has been changed"),
        "remark.said": _("Something has been said in a work"),
        "remark.mention": _("You are named in what is said in a work"),
        "remark.sounding": _("There is something new between leader and coach"),
    }
)

# To whoever takes part in what a team does.
sentences(
    {
        "task.given": _("Something has been given to you to do"),
        "task.given_away": _("Something you had to do is now somebody else’s"),
        "task.done": _("Something you wrote down is done"),
    }
)

# To whoever has a part in a report.
sentences(
    {
        "report.submit": _("A report waits for you to read and approve it"),
        "report.return": _(
            "The report has come back with a question. Answer it, and send it again"
        ),
        "report.coach": _("The coach has written in the report"),
        "report.approve": _("The report is approved. Thank you for what you have done!"),
    }
)

# To the one who can act, at most once a week for each thing; each kind can be turned off.
reminders(
    {
        "remind.step": (
            _("A next step that you agreed on with a team is due"),
            _("Next steps with the teams I coach"),
        ),
        "remind.task": (_("Something you have taken on is due"), _("Tasks I have taken on")),
        "remind.data": (
            _("It is time for a new value. One number is enough"),
            _("Values that are due"),
        ),
        "remind.cycle": (
            _("A test has been going on for more than four weeks. End it, and learn from it"),
            _("Tests that have stood still"),
        ),
        "remind.contact": (
            _("It is more than thirty days since you heard from the team"),
            _("Teams I have not been in contact with"),
        ),
        "remind.report": (
            _("The report is late. A simple one of one page is enough"),
            _("Reports that are late"),
        ),
        "remind.coaching": (
            _("The time for your support runs out. Agree on how it goes on"),
            _("Support that runs out"),
        ),
    }
)

# What comes of a work that is finished.
sentences(
    {
        "work.check": _("It is time to look whether it holds. It takes a minute"),
        "work.check_yes": _("Somebody has looked: it holds"),
        "work.check_partly": _("Somebody has looked: it holds in part"),
        "work.check_no": _("Somebody has looked: it does not hold"),
        "work.check_unknown": _("Somebody has looked, and does not know whether it holds"),
        "work.give_checks": _("You are to look whether a work holds"),
        "work.drift": _("A measure is going back after the work was finished. What do you do?"),
        "work.adopted": _("Another unit builds on what you have done"),
        "work.tip": _("Another unit has done something that may help you. Look and try it"),
    }
)
