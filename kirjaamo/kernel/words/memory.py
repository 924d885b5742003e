"""A bounded memory of answers: keeps what was used lately, forgets the rest, and never grows past twice its size."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Memory(Generic[Answer]):
    """Two generations: when the young one is full it becomes the old one, and what is asked again moves back to the young."""

    def __init__(self, size: int) -> None:
        """Hold between `size` and twice `size` answers."""
        self._size = max(size, 1)
        self._young: dict[str, Answer] = {}
        self._old: dict[str, Answer] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Count the answers held."""
        return len(self._young) + len(self._old)

    def get_many(self, keys: Iterable[str]) -> dict[str, Answer]:
        """Return those answers that are remembered."""
        found: dict[str, Answer] = {}
        with self._lock:
            for key in keys:
                if key in self._young:
                    found[key] = self._young[key]
                elif key in self._old:
                    found[key] = answer = self._old.pop(key)
                    self._put(key, answer)
        return found

    def put_many(self, answers: Mapping[str, Answer]) -> None:
        """Remember answers."""
        with self._lock:
            for key, answer in answers.items():
                self._old.pop(key, None)
                self._put(key, answer)

    def _put(self, key: str, answer: Answer) -> None:
        if len(self._young) >= self._size:
            self._old, self._young = self._young, {}
        self._young[key] = answer
