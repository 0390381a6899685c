"""`make chaos`: faults on the terminal's walker and on the real service, each followed by a retry; counts printed."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import secrets
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(path) for path in (HERE.parents[1], HERE.parent, HERE.parent / "flows", HERE)]

from bases import prepare
from terminal import Tally, strike_all


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--served", type=int, default=40, help="faults through the real server and worker")
    parser.add_argument("--crowd", type=int, default=10, help="cycles of which two runs each start at once")
    arguments = parser.parse_args()
    started_at = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:  # who used polars cannot be forked
            homes = apart.submit(prepare, Path(folder) / "homes").result()
        jobs = [
            (homes[milestone], milestone, Path(folder) / "struck" / milestone, arguments.seed)
            for milestone in reversed(homes)
        ]
        tally = Tally()
        with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as lanes:
            for part in lanes.map(strike_all, *zip(*jobs, strict=True)):
                tally.join(part)
        sys.stderr.write(f"on the terminal's walker: {tally}\n")
        if arguments.served:
            from served import strike_service  # noqa: PLC0415 - prefect is wanted only here

            tally.join(strike_service(homes, Path(folder) / "served", arguments.seed, arguments.served))
        if arguments.crowd:
            from crowd import crowd  # noqa: PLC0415 - prefect is wanted only here

            tally.join(crowd(homes["targets"], Path(folder) / "crowd", arguments.crowd))
    struck = {kind: count for kind, count in tally.faults.items() if "had ended" not in kind and "no fault" not in kind}
    body = {
        "seed": arguments.seed,
        "faults": sum(struck.values()),
        "by_kind": tally.faults,
        "broken": tally.broken,
        "minutes": round((time.monotonic() - started_at) / 60, 1),
    }
    sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n")
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
