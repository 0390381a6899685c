"""Replays the sample year and copies every page it made into one folder, for `make site-check`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sample import replayed

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as home:
        out = replayed(Path(home), "reporting").out
        for page in out.rglob("*.html"):
            target = folder / page.relative_to(out)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, target)
