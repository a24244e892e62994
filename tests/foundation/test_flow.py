from foundation.flow import By, Flow, Step

FLOW = Flow(
    Step("send", "Send", ("draft", "returned"), "sent", "write", By.OWNER, main=True),
    Step("return", "Return", ("sent",), "returned", "read", By.OTHERS),
    Step("lapse", "Lapse", ("draft",), "gone", None, By.SYSTEM),
)


def test_a_step_is_found_by_its_name():
    assert FLOW["return"].target == "returned"


def test_what_can_be_shown_leaves_out_what_nobody_presses():
    assert [step.name for step in FLOW.open_from("draft")] == ["send"]
    assert FLOW.open_from("gone") == []


def test_it_is_drawn_as_it_is_written():
    assert FLOW.as_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    draft --> sent: send",
        "    returned --> sent: send",
        "    sent --> returned: return",
        "    draft --> gone: lapse",
    ]
