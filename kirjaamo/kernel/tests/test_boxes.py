"""A closed box opens for the holder of the other half and for nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.kernel.boxes import BoxClosedError, close, new_keys, open_box

PRIVATE, PUBLIC = new_keys()


@given(st.binary(max_size=500))
def test_what_was_closed_opens(content: bytes) -> None:
    box = close(content, PUBLIC)
    assert open_box(box, PRIVATE) == content
    assert close(content, PUBLIC) != box
    assert len(content) < 4 or content not in box


@given(st.integers(0, 80))
def test_a_box_that_was_altered_stays_closed(place: int) -> None:
    box = bytearray(close(b"Pyydan asiakirjaa", PUBLIC))
    box[place % len(box)] ^= 1
    with pytest.raises(BoxClosedError):
        open_box(bytes(box), PRIVATE)


def test_another_key_and_no_box_at_all_open_nothing() -> None:
    with pytest.raises(BoxClosedError):
        open_box(close(b"x", PUBLIC), new_keys()[0])
    for nothing in (b"", b"x" * 44):
        with pytest.raises(BoxClosedError):
            open_box(nothing, PRIVATE)
