"""A page as one reads it."""

import re


def text_of(response):
    """The words of a page, without its tags, a single blank between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())
