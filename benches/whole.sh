#!/usr/bin/env bash
# Times whole processes on the two-form example, from files and from the workbook, and their peak memory
# (median of 101 runs); `phase init` from its last answer to the plan; and judging, on the example and on the
# curve from 1,000 to 1,000,000 rows of evidence (fewer runs of the longer ones); and the same for tracking, with
# rows of results.
#   cargo build --release && benches/whole.sh
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/phase}")
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
"$program" -w examples/two-form-primary init "$made/book" --convert 2>/dev/null
measure() {
  python3 - "$program" "$made" "$@" <<'PY'
import os, resource, shutil, statistics, subprocess, sys, time
program, made, *words = sys.argv[1:]
times = []
for _ in range(int(os.environ.get('RUNS', '101'))):
    shutil.rmtree(f"{made}/new", ignore_errors=True)
    start = time.perf_counter()
    subprocess.run([program, "--today", "2026-12-10", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    times.append((time.perf_counter() - start) * 1000)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
said = " ".join(words).replace(made + "/", "").replace("examples/", "")
print(f"{said[:60]:60} median {statistics.median(times):6.1f} ms   peak {peak:5.1f} MB")
PY
}
school=examples/two-form-primary
measure -w $school schedule --half-term 3 --json
measure -w "$made/book" schedule --half-term 3 --json
measure -w $school schedule --half-term 4 --json
measure -w $school clashes --half-term 3
measure -w $school check
measure -w "$made/book" check
measure -w $school ask --list
measure -w $school form schedule --half-term 3 -o "$made/form.xlsx"
measure init "$made/new" --yes --school "St Bede's" --leader "Asha Rowe" --subject "History=Jo Okafor"
measure -w $school evaluate
measure -w $school evaluate --subject maths --explain
measure -w $school moderate
measure -w $school practice
measure -w $school trajectory
measure -w $school trajectory --audience governors
measure -w $school gaps
measure -w $school causes --subject maths
python3 benches/assessments.py 10080 "$made/school-420" 420
measure -w "$made/school-420" trajectory
measure -w "$made/school-420" gaps
for rows in 1000 10000 100000 1000000; do
  python3 benches/assessments.py "$rows" "$made/results-$rows"
  RUNS=$((rows > 100000 ? 5 : 31)) measure -w "$made/results-$rows" trajectory
done
for rows in 1000 10000 100000 1000000; do
  python3 benches/evidence.py "$rows" "$made/rows-$rows"
  RUNS=$((rows > 100000 ? 5 : 31)) measure -w "$made/rows-$rows" evaluate --half-term 6
done
