#!/usr/bin/env bash
# Times whole processes on the two-form example (median of 101 runs) and their peak memory.
#   cargo build --release && benches/whole.sh
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/phase}
measure() {
  python3 - "$program" "$@" <<'PY'
import os, resource, statistics, subprocess, sys, time
command = [sys.argv[1], "-w", "examples/two-form-primary", "--today", "2026-12-10", *sys.argv[2:]]
times = []
for _ in range(101):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    times.append((time.perf_counter() - start) * 1000)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{' '.join(sys.argv[2:]):45} median {statistics.median(times):6.1f} ms   peak {peak:5.1f} MB")
PY
}
measure schedule --half-term 3 --json
measure schedule --half-term 4 --json
measure clashes --half-term 3
measure check
