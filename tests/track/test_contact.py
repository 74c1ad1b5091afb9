from __future__ import annotations

from didim.track._contact import Contact

RATE_HZ = 30


def _walked(lifts_m: list[float], speeds_m_s: list[float]) -> tuple[Contact, list[bool]]:
    contact = Contact(lifts_m[0])
    states = []
    for index, (lift_m, speed_m_s) in enumerate(zip(lifts_m, speeds_m_s, strict=True)):
        contact.add(lift_m, speed_m_s, index / RATE_HZ)
        states.append(contact.down)
    return contact, states


def test_a_swing_counts_one_landing() -> None:
    speeds = [0.1] * 10 + [2.5] * 10 + [0.1] * 10
    contact, states = _walked([0.0] * 30, speeds)
    assert contact.landings == 1
    assert states[9]
    assert not states[15]
    assert states[29]


def test_a_foot_held_up_still_is_not_down() -> None:
    contact, states = _walked([0.0] * 10 + [0.3] * 20, [0.1] * 30)
    assert not any(states[15:])
    assert contact.landings == 0


def test_one_wild_picture_is_no_step() -> None:
    contact, states = _walked([0.0] * 30, [0.1] * 10 + [4.0] + [0.1] * 19)
    assert all(states)
    assert contact.landings == 0


def test_between_the_bounds_nothing_changes() -> None:
    assert all(_walked([0.13] * 1 + [0.0] * 5 + [0.13] * 20, [0.8] * 26)[1]) is False
    contact = Contact(0.0)
    for index in range(20):
        contact.add(0.13, 0.8, index / RATE_HZ)
    assert contact.down
