"""Commands of the room: compare stored files with their hashes."""

from __future__ import annotations

import argparse
import sys

from django.utils import timezone

from kirjaamo.documents import integrity
from kirjaamo.documents.actions import keep_check
from kirjaamo.kernel.actors import Machine


def verify_files(args: argparse.Namespace) -> int:
    """Compare every stored file with its hash and name what does not match.

    Exit status 1 when a file is missing, altered or of another size than its row says. The outcome is kept for the
    administrator's page.
    """
    started_at = timezone.now()
    files, faults = integrity.check(lambda done, total: args.report(done, total, "files"))
    keep_check(started_at, files, [fault.plain() for fault in faults], actor=Machine("verify-files"))
    sys.stdout.write(f"{files} files\n")
    for fault in faults:
        sys.stdout.write(f"FAULT: {fault.document} version {fault.version}, {fault.sha256}: {integrity.FAULTS[fault.what]}\n")
    sys.stdout.write("Every file is what its row says.\n" if not faults else "Some files are not what their rows say.\n")
    return 1 if faults else 0
