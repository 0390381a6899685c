"""Beyond one machine, by setting only, run here: the same bytes whoever does the work.

`python benchmarks/beyond.py`, or `make beyond`, which installs Dask first. Runs the sample year on a Prefect server
with mapped work on threads, on two processes and on Dask; then three cycles on a server over PostgreSQL, taken by two
workers of one pool over one home. Prints what took how long, and compares each `out/` byte by byte. Needs Debian's
`postgresql`.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "flows")]

from sample import EXAMPLE, files_for  # noqa: E402
from service import Service  # noqa: E402

from cycle import cycles, milestones  # noqa: E402
from cycle.places import Place  # noqa: E402
from flows.server import LOOPBACK, free_port, start, stop  # noqa: E402

RUNNERS = {"1 process": ("threads", 1), "2 processes": ("processes", 2), "Dask, 2 workers": ("dask", 2)}
AUTHORITIES = ("north", "south", "east")
AT = "2022-01-01T00:00:00+08:00"
POSTGRES_USER = "postgres"
"""PostgreSQL refuses root; Debian's package makes this user."""


def main() -> int:
    """Run everything; 0 where all bytes are the same."""
    with tempfile.TemporaryDirectory(prefix="cycle-beyond-") as folder:
        Path(folder).chmod(0o755)
        with dask(Path(folder)) as os.environ["CYCLE_DASK_ADDRESS"]:
            replayed = {name: sample_year(Path(folder) / name, *runner) for name, runner in RUNNERS.items()}
        served = several_workers(Path(folder) / "served")
    print(f"{'sample year, whole':<34}{'seconds':>9}  out/")
    for name, (seconds, digest) in replayed.items():
        print(f"{name:<34}{seconds:>9.1f}  {digest[:16]}")
    for line in served:
        print(line)
    is_same = len({digest for _, digest in replayed.values()}) == 1 and not any("DIFFERENT" in line for line in served)
    print("the same bytes everywhere" if is_same else "DIFFERENT bytes")
    return int(not is_same)


def sample_year(home: Path, runner: str, workers: int) -> tuple[float, str]:
    """Replay the sample year with its mapped work on a runner; give its seconds and a digest of all outputs."""
    setting = {"CYCLE_TASK_RUNNER": runner, "CYCLE_TASK_WORKERS": str(workers)}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "flows.demo", "--home", str(home), "--json"]
    done = subprocess.run(command, check=False, cwd=ROOT, env=os.environ | setting, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{runner}: {done.stderr[-3000:]}")
    return time.perf_counter() - begun, digest_of(Place(home, "bureau", 2022).out)


@contextmanager
def dask(folder: Path) -> Iterator[str]:
    """Run a Dask scheduler and two workers on loopback; gives the address for CYCLE_DASK_ADDRESS."""
    address = f"tcp://{LOOPBACK}:{free_port()}"
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    programs = {
        "scheduler": ["--host", address, "--no-dashboard"],
        "worker": [address, "--nworkers", "2", "--nthreads", "1", "--no-dashboard"],
    }
    running = []
    try:
        for name, arguments in programs.items():
            command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *arguments]
            with (folder / f"dask-{name}.log").open("w") as log:
                running.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True))
        yield address
    finally:
        for process in reversed(running):
            stop(process)


def digest_of(folder: Path) -> str:
    """Digest the names and bytes of all files below a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            whole.update(f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def several_workers(home: Path) -> list[str]:
    """Run a milestone of several cycles by two workers over one home, on PostgreSQL; say who did what."""
    alone, places = home.with_name("alone"), [opened(home, authority) for authority in AUTHORITIES]
    for place in places:
        milestones.run(opened(alone, place.authority), "targets", person="cycle", recorded_at=AT)
    with postgres(home.with_name("cluster")) as url:
        os.environ["PREFECT_API_DATABASE_CONNECTION_URL"] = url
        with Service(home, None, "--no-catch-up", "--runs-at-once", "1") as service, second_worker(home, service):
            runs = {place.authority: service.run(f"targets/{place.authority}", approval="unattended",
                                                 recorded_at=AT) for place in places}  # fmt: skip
            for run in runs.values():
                service.wait(run, "Completed")
        taken = {worker: taken_by(home, worker, runs) for worker in LOGS}
    lines = [f"server on PostgreSQL · {worker}: {', '.join(names) or 'nothing'}" for worker, names in taken.items()]
    for place in places:
        same = digest_of(place.out) == digest_of(alone / place.authority / "2022" / "out")
        lines.append(f"{place.authority}: {'the same bytes as alone' if same else 'DIFFERENT bytes'}")
    return lines


LOGS = {"first worker": "prefect/worker.log", "second worker": "prefect-second/worker.log"}


def taken_by(home: Path, worker: str, runs: dict[str, str]) -> list[str]:
    """Name the cycles whose run a worker started; the one that came too late only asked."""
    log = (home / LOGS[worker]).read_text(errors="ignore")
    asked = [name for name, run in runs.items() if f"submitting flow run '{run}'" in log]
    return [name for name in asked if f"Aborted submission of flow run '{runs[name]}'" not in log]


def opened(home: Path, authority: str) -> Place:
    """Open a cycle like the sample's under another name, the files for its targets waiting in the inbox."""
    place = Place(home, authority, 2022)
    settings = (EXAMPLE / "cycle.toml").read_text("utf-8").replace('authority = "bureau"', f'authority = "{authority}"')
    cycles.open_cycle(place, settings.encode(), person="张", recorded_at=AT, source=EXAMPLE / "cycle.toml")
    for name, content in files_for("targets"):
        (place.inbox / name).write_bytes(content)
    return place


@contextmanager
def second_worker(home: Path, service: Service) -> Iterator[None]:
    """Run another worker of the same pool as another machine would: its own Prefect home, the same cycles."""
    folder = home / "prefect-second"
    folder.mkdir()
    os.environ |= {
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": f"{service.address}/api",
        "CYCLE_HOME": str(home),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "PREFECT_WORKER_QUERY_SECONDS": "3",
    }
    process = start(folder, "worker", ["worker", "start", "--pool", "cycle", "--type", "process", "--limit", "2"])
    try:
        yield
    finally:
        stop(process)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a private PostgreSQL on loopback; gives the address for PREFECT_API_DATABASE_CONNECTION_URL."""
    folder.mkdir()
    password, port = secrets.token_hex(16), free_port()
    (folder / "password").write_text(password)
    if os.geteuid() == 0:
        shutil.chown(folder, POSTGRES_USER)
        shutil.chown(folder / "password", POSTGRES_USER)
    cluster = folder / "cluster"
    program("initdb", "-D", cluster, "-U", "cycle", "-A", "scram-sha-256", f"--pwfile={folder / 'password'}")
    options = f"-c listen_addresses={LOOPBACK} -c port={port} -c unix_socket_directories={folder}"
    program("pg_ctl", "-D", cluster, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql+asyncpg://cycle:{password}@{LOOPBACK}:{port}/postgres"
    finally:
        program("pg_ctl", "-D", cluster, "-m", "immediate", "stop")


def program(name: str, *arguments: object) -> None:
    """Run a program of PostgreSQL, as its own user where we are root."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not found:
        sys.exit("PostgreSQL is not installed: apt-get install -y --no-install-recommends postgresql")
    user = ["runuser", "-u", POSTGRES_USER, "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, found[-1], *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    sys.exit(main())
