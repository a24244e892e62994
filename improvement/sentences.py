"""What people are told about ideas, in words.  Read by Django at the start."""

from django.utils.translation import gettext_lazy as _

from organisation.notices import sentences

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
