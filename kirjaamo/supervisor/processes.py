"""The watch over the program's processes: started in order, started again when they fall, stopped in order, none left behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Protocol

from kirjaamo.supervisor import children
from kirjaamo.supervisor.errors import SupervisorError

LONGEST_PAUSE = 30.0
STEADY = 60.0  # a process that ran this long has recovered: its next fall counts as the first
GIVE_UP = 5  # falls in a row before a process that never answered stops everything
STOPPING = ((signal.SIGTERM, 6.0), (signal.SIGINT, 1.0))
TICK = 0.5


class Watched(Protocol):
    """What the watch needs to know of a process."""

    name: str

    def start(self) -> None:
        """Start the process."""

    def exit_status(self) -> int | None:
        """Return the exit status when it ended, None while it runs."""

    def ask_to_stop(self) -> None:
        """Ask the process to end without waiting for it."""

    def stop(self) -> None:
        """End the process, waiting for it as long as is proper."""


@dataclass
class Program:
    """One of our own processes; its output goes to `log`, or to ours when there is none."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path | None = None
    death: signal.Signals = signal.SIGTERM  # what it gets when the supervisor itself is killed
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a process group of its own."""
        surroundings = {**os.environ, **self.environment, "KIRJAAMO_PROCESS": f"kirjaamo-{self.name}"}
        if self.log is None:
            self.process = children.start(self.command, environment=surroundings, death=self.death)
            return
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = children.start(self.command, environment=surroundings, output=output, death=self.death)

    def exit_status(self) -> int | None:
        """Return the exit status when it ended, None while it runs."""
        return self.process.poll() if self.process else 0

    def ask_to_stop(self) -> None:
        """Ask it to end."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """End it and whatever it started."""
        if self.process:
            children.stop(self.process, STOPPING)
            children.kill_group(self.process)

    def last_lines(self, count: int = 15) -> str:
        """Return the end of its log."""
        if self.log is None or not self.log.exists():
            return ""
        return "\n".join(f"  {line}" for line in self.log.read_text("utf-8", "replace").splitlines()[-count:])


@dataclass
class _Fall:
    """How often a process fell in a row, and when to try again."""

    count: int = 0
    started: float = 0.0
    again: float = 0.0


@dataclass
class Watch:
    """Runs processes until a signal asks it to stop.  `say` tells the person at the terminal what happens."""

    processes: list[Watched]
    say: Callable[[str], None]
    _falls: dict[str, _Fall] = field(default_factory=dict)
    _stop_asked: bool = False
    _wakeup: int | None = None  # the reading end of the pipe that signals write to, while `signals` stands

    def start(self, process: Watched) -> None:
        """Start one process and keep it running from now on."""
        process.start()
        self._falls[process.name] = _Fall(count=self._fall(process).count, started=time.monotonic())
        if process not in self.processes:
            self.processes.append(process)

    def run(self) -> None:
        """Watch until asked to stop."""
        while not self.stop_asked:
            self.look()
            self.pause()

    @property
    def stop_asked(self) -> bool:
        """Tell whether a signal asked us to stop."""
        return self._stop_asked

    def pause(self, seconds: float = TICK) -> None:
        """Wait for a signal or the end of a child, at most the given time."""
        if self._wakeup is None:
            time.sleep(seconds)
        elif select.select([self._wakeup], [], [], seconds)[0]:
            os.read(self._wakeup, 512)

    def look(self) -> None:
        """Start again what fell, with longer and longer pauses."""
        now = time.monotonic()
        for process in self.processes:
            fall = self._fall(process)
            status = process.exit_status()
            if status is None:
                continue
            if not fall.again:
                self._note_fall(process, fall, status, now)
            elif now >= fall.again:
                process.start()
                self._falls[process.name] = _Fall(count=fall.count, started=time.monotonic())

    def _note_fall(self, process: Watched, fall: _Fall, status: int, now: float) -> None:
        fall.count = 1 if now - fall.started > STEADY else fall.count + 1
        if fall.count > GIVE_UP:
            lines = process.last_lines() if isinstance(process, Program) else ""
            message = f"The process {process.name} ended {fall.count} times in a row. The end of its log:\n{lines}"
            raise SupervisorError(message)
        fall.again = now + min(LONGEST_PAUSE, 0.25 * 2**fall.count)
        process.stop()
        self.say(f"The process {process.name} ended ({_reason(status)}); starting it again.")

    def _fall(self, process: Watched) -> _Fall:
        return self._falls.setdefault(process.name, _Fall())

    def stop(self) -> None:
        """Stop all, the last started first; all but the first (the database) are asked at once."""
        for process in self.processes[1:]:
            process.ask_to_stop()
        while self.processes:
            self.processes.pop().stop()

    @contextmanager
    def signals(self) -> Iterator[None]:
        """Turn Ctrl-C, SIGTERM and SIGHUP into a request to stop, and wake at the end of a child."""

        def ask(number: int, _frame: FrameType | None) -> None:
            self._stop_asked = self._stop_asked or number != signal.SIGCHLD

        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        self._wakeup = reader
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
        previous = {number: signal.signal(number, ask) for number in numbers}
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(-1)
            for number, handler in previous.items():
                signal.signal(number, handler)
            self._wakeup = None
            os.close(reader)
            os.close(writer)


def _reason(status: int) -> str:
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
