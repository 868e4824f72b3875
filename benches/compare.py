#!/usr/bin/env python3
"""Holds the optimum of every laid-out workspace against HiGHS and CP-SAT, which read the model as MPS.

  cargo build --release && cargo bench --bench lay_out -- /tmp/schools 40
  python3 -m venv /tmp/peers && /tmp/peers/bin/pip install -r benches/requirements.txt
  /tmp/peers/bin/python benches/compare.py target/release/phase /tmp/schools

Whole processes in turn (phase with its model; each peer as a process of its own that reads the model), and
solving alone. Prints a row a workspace and the medians; exits 1 where an optimum differs.
"""
import importlib.metadata, json, pathlib, statistics, subprocess, sys, time

PEER = {
    "highs": """
import highspy, sys, time
h = highspy.Highs(); h.setOptionValue("output_flag", False); h.setOptionValue("mip_rel_gap", 0.0); h.setOptionValue("mip_abs_gap", 1e-6)
h.readModel(sys.argv[1]); assert h.getLp().integrality_, "no integer columns"; t = time.perf_counter(); h.run(); t = time.perf_counter() - t
print(h.getInfo().objective_function_value, h.modelStatusToString(h.getModelStatus()), t)
""",
    "cpsat": """
import sys, time
from ortools.linear_solver.python import model_builder
m = model_builder.Model(); m.import_from_mps_file(sys.argv[1])
s = model_builder.Solver("sat"); s.set_time_limit_in_seconds(60); s.set_solver_specific_parameters("num_workers:1,linearization_level:2")
t = time.perf_counter(); status = s.solve(m); t = time.perf_counter() - t
print(s.objective_value, status.name, t)
""",
}


def run(command):
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    return done, time.perf_counter() - start


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    pinned = dict(line.split("==") for line in (pathlib.Path(__file__).parent / "requirements.txt").read_text().split() if "==" in line)
    for peer, version in pinned.items():
        if importlib.metadata.version(peer) != version:
            sys.exit(f"{peer} is {importlib.metadata.version(peer)}, and the figures are for {version}: pip install -r benches/requirements.txt")
    print(", ".join(f"{peer} {version}" for peer, version in pinned.items()))
    rows, wrong = [], 0
    for school in sorted(path for path in folder.iterdir() if path.is_dir()):
        mps = school / "model.mps"
        command = [program, "-w", str(school), "--today", "2026-12-10", "schedule", "--half-term", "3", "--json"]
        subprocess.run(command + ["--model", str(mps)], capture_output=True)
        times = []
        for _ in range(5):
            done, seconds = run(command)
            times.append(seconds)
        if done.returncode not in (0, 3):
            print(school.name, "exit", done.returncode, done.stderr[:200]); wrong += 1; continue
        answer = json.loads(done.stdout)
        row = {"phase": statistics.median(times), "cost": answer["cost"]["total"], "proven": answer["proven"], "unplaced": len(answer["unplaced"])}
        for peer, text in PEER.items():
            whole, solving = [], []
            for _ in range(3):
                done, seconds = run([sys.executable, "-c", text, str(mps)])
                # A peer may print more before; what it found stands on its last line.
                value, *status, alone = done.stdout.strip().splitlines()[-1].split()
                whole.append(seconds); solving.append(float(alone))
            row[peer], row[peer + "_alone"], row[peer + "_cost"] = statistics.median(whole), statistics.median(solving), round(float(value))
        agrees = row["cost"] == row["highs_cost"] == row["cpsat_cost"] and row["proven"]
        wrong += not agrees
        rows.append(row)
        print(f"{school.name} cost {row['cost']:>9} {'proven' if row['proven'] else 'NOT PROVEN'} unplaced {row['unplaced']} "
              f"phase {row['phase']*1000:7.1f} ms  HiGHS {row['highs']*1000:7.1f} ({row['highs_alone']*1000:.1f} alone)  "
              f"CP-SAT {row['cpsat']*1000:7.1f} ({row['cpsat_alone']*1000:.1f} alone) {'' if agrees else '  DIFFERS ' + str((row['highs_cost'], row['cpsat_cost']))}", flush=True)
    full = [row for row in rows if row["unplaced"] == 0]
    for name, some in (("all", rows), ("with nothing left out", full)):
        if some:
            middle = lambda key: statistics.median(row[key] for row in some) * 1000
            ratio = lambda key: statistics.median(row[key] / row["phase"] for row in some)
            print(f"{name}: {len(some)} workspaces, medians: phase {middle('phase'):.1f} ms, HiGHS {middle('highs'):.1f} ms ({ratio('highs'):.1f} times), "
                  f"CP-SAT {middle('cpsat'):.1f} ms ({ratio('cpsat'):.1f} times); solving alone HiGHS {middle('highs_alone'):.1f} ms, CP-SAT {middle('cpsat_alone'):.1f} ms")
    print(f"{wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
