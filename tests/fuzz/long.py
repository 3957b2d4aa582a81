"""Many trials of one kind, in a process with limits: python -m tests.fuzz.long KIND FIRST COUNT prints what came of them."""

from __future__ import annotations

import json
import random
import resource
import sys
import time

from tests.fuzz.trials import TRIALS

LIMIT = 300 * 2**20
"""How many bytes of data the process may hold beyond those of the interpreter and the imports."""


def run(kind: str, first: int, count: int) -> dict[str, object]:
    """The seeds that failed with the reason, the longest time in seconds with its seed, and the largest memory in MB."""
    trial, failed, longest, slowest = TRIALS[kind], dict[int, str](), 0.0, first
    for seed in range(first, first + count):
        begun = time.process_time()
        try:
            trial(random.Random(f"{kind} {seed}"))
        except Exception as error:  # every failure counts, whatever it is
            failed[seed] = f"{type(error).__name__}: {error}"[:300]
        took = time.process_time() - begun
        longest, slowest = max((longest, slowest), (took, seed))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"tries": count, "failed": failed, "seconds": round(longest, 2), "slowest": slowest, "megabytes": memory}


if __name__ == "__main__":
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (held + LIMIT,) * 2)
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])), ensure_ascii=False))
