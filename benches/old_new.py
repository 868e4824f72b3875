#!/usr/bin/env python3
"""Compares the CPU seconds of two builds, run in turn on the example school: benches/old_new.py OLD NEW [RUNS]

Prints a row a command (medians in milliseconds of user and system time, and their ratio) and the ratio of the sums."""
import os, pathlib, resource, shutil, statistics, subprocess, sys, tempfile

COMMANDS = ["check", "status", "schedule --half-term 3", "schedule --half-term 4", "clashes --half-term 3", "evaluate",
            "evaluate -s maths --explain", "moderate", "practice", "trajectory", "gaps", "causes -s maths", "objectives",
            "actions", "duties", "log", "report end-of-term", "report provision --audience governors", "notify --half-term 3",
            "log add --kind meeting --what Met", "actions add --action Read --due 2027-01-11"]


def cpu(program, words, folder):
    def spent():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime
    before = spent()
    done = subprocess.run([program, *words.split()], cwd=folder, capture_output=True, env={**os.environ, "PHASE_TODAY": "2026-12-10"})
    after = spent()
    assert done.returncode in (0, 3), (words, done.stderr.decode())
    return 1000 * (after - before)


def main():
    programs, runs = [os.path.realpath(path) for path in sys.argv[1:3]], int(sys.argv[3]) if len(sys.argv) > 3 else 21
    examples = pathlib.Path(__file__).resolve().parent.parent / "examples"
    sums = [0.0, 0.0]
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work) / "two-form-primary"
        for name in ("two-form-primary", "two-form-primary-2025-26"):
            shutil.copytree(examples / name, pathlib.Path(work) / name)
        subprocess.run([programs[0], "schedule", "--half-term", "3", "--save"], cwd=folder, capture_output=True, env={**os.environ, "PHASE_TODAY": "2026-12-10"})
        for words in COMMANDS:
            times = [[], []]
            kept = {path: path.read_bytes() for path in folder.rglob("*.csv")} if " add " in words else {}
            for _ in range(runs):
                for index, program in enumerate(programs):
                    times[index].append(cpu(program, words, folder))
                    for path, text in kept.items():
                        path.write_bytes(text)
            old, new = map(statistics.median, times)
            sums = [sums[0] + old, sums[1] + new]
            print(f"{words[:44]:44} {old:7.1f} {new:7.1f}  {new / old:5.2f}", flush=True)
    print(f"{'all':44} {sums[0]:7.1f} {sums[1]:7.1f}  {sums[1] / sums[0]:5.2f}")


if __name__ == "__main__":
    main()
