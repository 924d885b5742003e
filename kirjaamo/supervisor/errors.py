"""What can keep the program from starting: each error says what is wrong and what to do."""

from __future__ import annotations


class SupervisorError(Exception):
    """The program cannot start or go on; the text is shown to the person at the keyboard as it is."""
