"""Times the end-of-term set of the example school, as its script makes it: each command, and the whole script.
Medians of several rounds.

    cargo build --release && python3 benches/end_of_term.py target/release/phase [ROUNDS]
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SCRIPT = EXAMPLES / "end-of-term.sh"
COMMANDS = [line for line in SCRIPT.read_text().splitlines() if line.startswith("phase ")]


def timed(words, env, **options):
    began = time.perf_counter()
    subprocess.run(words, env=env, check=True, capture_output=True, **options)
    return (time.perf_counter() - began) * 1000


def round_of(program):
    env = {"PHASE_TODAY": "2026-12-10", "PATH": f"{Path(program).resolve().parent}:{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as folder:
        whole = timed([SCRIPT, Path(folder) / "script"], env)
        for name in ("two-form-primary", "two-form-primary-2025-26"):
            shutil.copytree(EXAMPLES / name, Path(folder) / name)
        out = Path(folder) / "out"
        out.mkdir()
        each = []
        for line in COMMANDS:
            words = [word.strip('"').replace("$out", str(out)) for word in line.split()]
            each.append(timed(words, env, cwd=Path(folder) / "two-form-primary"))
        return each, whole


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 25
    all_rounds = [round_of(program) for _ in range(rounds)]
    for line, times in zip(COMMANDS, zip(*(each for each, _ in all_rounds))):
        print(f"{statistics.median(times):7.1f} ms  {line}")
    print(f"{statistics.median(sum(each) for each, _ in all_rounds):7.1f} ms  all of them")
    print(f"{statistics.median(whole for _, whole in all_rounds):7.1f} ms  the whole script, median of {rounds}")


if __name__ == "__main__":
    main()
