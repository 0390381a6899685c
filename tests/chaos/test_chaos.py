"""A short run of the fault injection, so that it is held every time; the long one is `make chaos`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.chaos
def test_whatever_is_struck_a_retry_brings_the_same_outputs():
    """Kills, full disks and held locks over all four milestones: same hashes, no doubled receipt, nothing lost."""
    program = Path(__file__).with_name("run.py")
    command = [sys.executable, str(program), "--share", "0.02", "--served", "0", "--crowd", "0", "--seed", "7"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    body = json.loads(done.stdout)

    assert body["broken"] == []
    assert done.returncode == 0
    assert body["faults"] >= 12
