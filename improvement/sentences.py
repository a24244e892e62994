"""What people are told about ideas, in words.  Read by Django at the start."""

from django.utils.translation import gettext_lazy as _

from organisation.notices import sentences

from .history import TOLD

sentences(
    {
        "idea.written_for": _("An idea has been written down for somebody else"),
        "idea.give": _("You are asked to prepare an idea"),
        "idea.comment": _("Somebody has commented"),
        "idea.mention": _("You are named in a comment"),
        "idea.comment_removed": _("Your comment has been taken away"),
        "idea.joined": _("Two ideas about the same thing have been joined"),
        "idea.separated": _("Two ideas that were joined have been separated"),
        "idea.still_needed": _("Is this still needed? Tell us in a word"),
        "idea.came_back": _("An idea has come back from the idea bank"),
        "idea.rests_on": _("The idea rests for a while longer"),
        "idea.thanks": _("The author says that it is no longer needed"),
    }
)

# To the author, whose idea it is; kinds are "idea." and the name of the step.
sentences(
    {
        "idea.answer": _("Your answer has come in, and the preparation goes on"),
        "idea.record": _("What you have done has been written down. Well done!"),
        "idea.prepare": _("Somebody has begun to prepare your idea for a decision"),
        "idea.return": _("There is a question about your idea. Answer it, and it goes on"),
        "idea.direct": _("Your idea can be done now, without an application. Go ahead!"),
        "idea.propose": _("Your idea is prepared and has been put forward for a decision"),
        "idea.take_back": _("Your idea is being prepared a little more before a decision"),
        "idea.approve": _("Your idea is approved, and the money is reserved. Congratulations!"),
        "idea.queue": _("Your idea is approved, and waits in the queue for money"),
        "idea.wait": _("Your idea has to wait. The decision says why, and it is not forgotten"),
        "idea.supplement": _("More is needed before your idea can be decided on. Read what it is"),
        "idea.do_now": _("Your idea needs no money: it can be done now. Go ahead!"),
        "idea.reconsider": _("The decision on your idea has been taken up again"),
        "idea.resume": _("Your idea is being prepared again"),
        "idea.fund": _("It is the turn of your idea, and the money is reserved. Congratulations!"),
        "idea.let_go": _("The money for your idea has been released for now, and the idea waits"),
        "idea.start": _("The work with your idea has begun"),
        "idea.add": _("More money has been granted to your idea"),
        "idea.complete": _("Your idea has been carried out and reported. Thank you!"),
        "idea.reject": _("It was a no to your idea this time. Read why, and thank you for it"),
        "idea.finish": _("Your idea has been carried out. Thank you!"),
        "idea.withdraw": _("Your idea has been withdrawn"),
        "idea.lay_down": _("Your idea has been laid down"),
        "idea.silence": _("Nothing has happened to your idea for a while. This is where it stands"),
        "idea.remind": _(
            "An idea has stood still for a month. Take it further, or say why it waits"
        ),
    }
)
# To those who are called to a meeting.
sentences(
    {
        "meeting.call": _("You are called to a meeting where ideas are decided on"),
        "meeting.edit": _("A meeting has been moved"),
        "meeting.cancel": _("A meeting has been called off"),
    }
)
# To those who follow it, in the words of its story.
sentences({f"followed.{kind.removeprefix('idea.')}": text for kind, text in TOLD.items()})
