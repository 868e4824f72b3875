"""Times the end-of-term set of the example school as whole processes, medians of several rounds.

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

ROOT = Path(__file__).resolve().parents[1]
SET = [
    "schedule --half-term 3 --save -o OUT/schedule.txt",
    "notify --half-term 3 -o OUT/notices",
    "report end-of-term -o OUT/end-of-term.html",
    "report end-of-term -o OUT/end-of-term.docx",
    "report end-of-term -o OUT/end-of-term.md",
    "report end-of-term -o OUT/end-of-term.xlsx",
    "report provision --audience governors -o OUT/governors.docx",
]


def round_of(program):
    with tempfile.TemporaryDirectory() as folder:
        for name in ("two-form-primary", "two-form-primary-2025-26"):
            shutil.copytree(ROOT / "examples" / name, Path(folder) / name)
        out = Path(folder) / "out"
        out.mkdir()
        env = {"PHASE_TODAY": "2026-12-10", "PATH": os.environ["PATH"]}
        each = []
        for line in SET:
            words = [word.replace("OUT", str(out)) for word in line.split()]
            began = time.perf_counter()
            subprocess.run([program, "-w", Path(folder) / "two-form-primary", *words], env=env, check=True, capture_output=True)
            each.append((time.perf_counter() - began) * 1000)
        return each


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 25
    all_rounds = [round_of(program) for _ in range(rounds)]
    for line, times in zip(SET, zip(*all_rounds)):
        print(f"{statistics.median(times):7.1f} ms  phase {line}")
    print(f"{statistics.median(map(sum, all_rounds)):7.1f} ms  the whole set, median of {rounds}")


if __name__ == "__main__":
    main()
