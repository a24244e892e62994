"""The mail that says what somebody has been told: the words, not the sending."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from .models import Notice, Person

MOST = 25  # named in a mail; the others are counted, and stand on the page


def digest_to(person: Person, notices: list[Notice], *, key: str) -> EmailMultiAlternatives:
    """Write one mail about `notices`, in the language of `person`, as text and as HTML.

    It holds titles and sentences; what people wrote is read behind sign-in.

    Args:
        notices: The newest first.
        key: Becomes the Message-ID: the same mail sent twice is known by it.
    """
    site = settings.SITE_URL
    with translation.override(person.language):
        context = {
            "person": person,
            "lines": [
                (
                    notice.title,
                    notice.sentence,
                    site + notice.get_absolute_url(),
                    site + reverse("reminder-stop", args=[notice.kind]) if notice.reminder else "",
                )
                for notice in notices[:MOST]
            ],
            "more": max(0, len(notices) - MOST),
            "page": site + reverse("notice-list"),
            "choose": f"{site}{reverse('profile')}#mail",
            "how_often": person.get_mail_choice_display(),
        }
        subject = ngettext(
            "%(number)s piece of news in Förbättringshjulet",
            "%(number)s pieces of news in Förbättringshjulet",
            len(notices),
        ) % {"number": len(notices)}
        message = EmailMultiAlternatives(
            subject,
            render_to_string("organisation/digest.txt", context),
            to=[person.email],
            headers={
                "Message-ID": f"<{key}@{urlsplit(site).hostname or 'localhost'}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(
            render_to_string("organisation/digest.html", context), "text/html"
        )
    return message
