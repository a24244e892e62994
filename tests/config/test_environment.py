from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment


def test_a_name_without_default_must_be_set():
    with pytest.raises(ImproperlyConfigured, match=r"must set SECRET_KEY; \.env\.example"):
        Environment({}).text("SECRET_KEY")


def test_an_empty_name_is_as_good_as_none():
    assert Environment({"EMAIL_USER": " "}).text("EMAIL_USER", default="nobody") == "nobody"


@pytest.mark.parametrize("yes", ["1", "yes", "True", "on"])
def test_a_flag_may_be_said_in_several_ways(yes):
    assert Environment({"DEMO": yes}).flag("DEMO") is True


@pytest.mark.parametrize("no", ["0", "no", "False", "off"])
def test_and_denied_in_as_many(no):
    assert Environment({"DEMO": no}).flag("DEMO", default=True) is False


def test_a_flag_that_is_not_set_has_its_default():
    assert Environment({}).flag("DEMO") is False
    assert Environment({}).flag("EMAIL_TLS", default=True) is True


def test_a_flag_is_not_guessed():
    with pytest.raises(ImproperlyConfigured, match="DEMO must be yes or no, not 'perhaps'"):
        Environment({"DEMO": "perhaps"}).flag("DEMO")


def test_a_number_is_a_number():
    assert Environment({"EMAIL_PORT": "25"}).number("EMAIL_PORT", default=587) == 25
    assert Environment({}).number("EMAIL_PORT", default=587) == 587
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        Environment({"EMAIL_PORT": "smtp"}).number("EMAIL_PORT", default=587)


def test_words_are_separated_by_commas():
    assert Environment({"HOSTS": "a.se, b.se,"}).words("HOSTS") == ["a.se", "b.se"]
    assert Environment({"HOSTS": " "}).words("HOSTS", default=["*"]) == ["*"]


def test_a_path_is_made_absolute():
    default = Path("/srv/var")

    assert Environment({"VAR_DIR": "var"}).path("VAR_DIR", default=default).is_absolute()
    assert Environment({}).path("VAR_DIR", default=default) == default
