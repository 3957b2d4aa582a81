"""Seeded trials: some hundreds with every run of the tests, as many as asked for with `make fuzz`."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest

from tests.fuzz.trials import TRIALS
from tests.growth import soon
from tests.support import ROOT

TRIES = {"outlines": 200, "documents": 150, "each_names": 250}
"""How many tries of a kind every run makes; 300 of those that are not named."""
SOON = 60.0
"""Seconds of CPU that one try may take; none takes more than one on an idle machine."""
STEP = 500
"""How many tries one process makes."""


@pytest.mark.parametrize("kind", TRIALS)
def test_what_nobody_would_write_ends_in_findings_and_soon(kind: str) -> None:
    for seed in range(TRIES.get(kind, 300)):
        try:
            with soon(SOON):
                TRIALS[kind](random.Random(f"{kind} {seed}"))
        except Exception as error:
            raise AssertionError(f"seed {seed} of {kind}: {error!r}") from error


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process")
@pytest.mark.parametrize("kind", TRIALS)
def test_many_more_do_so_within_300_megabytes(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = int(os.environ.get("PLANWRITER_FUZZ", "2000"))
    tries, seconds, megabytes, failed = 0, 0.0, 0, dict[str, str]()
    for first in range(0, wanted, STEP):
        command = [sys.executable, "-m", "tests.fuzz.long", kind, str(first), str(min(STEP, wanted - first))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{kind} from seed {first}: {done.stderr[-500:]}"
        made = json.loads(done.stdout)
        tries, failed = tries + made["tries"], failed | made["failed"]
        seconds, megabytes = max(seconds, made["seconds"]), max(megabytes, made["megabytes"])
    with capsys.disabled():
        print(f"\n{kind}: {tries} tries, {len(failed)} failures, longest {seconds} s, largest {megabytes} MB")
    assert not failed and seconds < SOON
