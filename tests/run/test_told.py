"""Events on a channel of which messages are missed."""

from __future__ import annotations

from didim.geometry import Point
from didim.people import Event
from didim.run.told import Recent, Unheard


def _event(number: int) -> Event:
    return Event(number, "down", 1, 0.1 * number, Point(1.0, 1.0), "left")


def test_each_is_heard_once_though_messages_are_missed() -> None:
    recent, unheard = Recent(), Unheard()
    messages = [recent.add([_event(i)], 0.1 * i) for i in range(1, 30)]
    heard = [
        event.number for i, message in enumerate(messages) if i % 4 == 0 for event in unheard.of(message)
    ]
    assert heard == list(range(1, 30))
    assert unheard.of(messages[-1]) == ()
    assert len(messages[-1]) <= 12


def test_a_vision_that_starts_anew_is_heard() -> None:
    unheard = Unheard()
    assert len(unheard.of([_event(7), _event(8)])) == 2
    assert [event.number for event in unheard.of([_event(1)])] == [1]
