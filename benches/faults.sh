#!/bin/sh
# Kills `phase`, or fails it with EIO or ENOSPC, at every system call that writes, once each, and looks at
# what is left: every file whole, old or new, and success never claimed. Needs strace.
#   cargo build --release && benches/faults.sh
set -eu
cd "$(dirname "$0")/.."
phase=$PWD/target/release/phase
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PHASE_TODAY=2026-11-22

# Makes what a case starts from: a folder `ks1`, or nothing.
prepare() {
    rm -rf "$work/ks1" "$work"/.phase-*
    [ "$1" = init ] || cp -r "$work/start" "$work/ks1"
}
# The files of `ks1` and their sums, but for the lock and drafts.
sums() {
    if [ -d "$work/ks1" ]; then
        (cd "$work/ks1" && find . -type f ! -name '.phase-*' -exec cksum {} + | sort)
    fi
}
"$phase" init "$work/start" --yes --school S --leader "Asha Rowe" --subject "History=Jo Okafor" >"$work/log" 2>&1
printf 'task,date,period\nscheduling,2027-01-07,am1\n' >"$work/history.csv"

for case in init ask import absent record; do
    case $case in
        init) set -- init "$work/ks1" --yes --school S --leader "Asha Rowe" --subject "History=Jo Okafor" ;;
        ask) set -- -w "$work/ks1" ask --answer "inset=4 Jan 2027" ;;
        import) set -- -w "$work/ks1" import "$work/history.csv" --half-term 3 --subject history ;;
        record) set -- -w "$work/ks1" record --kind books --subject history --aspect work --grade good ;;
        absent) set -- -w "$work/ks1" absent okafor 2027-01-11 ;;
    esac
    prepare "$case"
    old=$(sums)
    strace -f -o "$work/trace" "$phase" "$@" >"$work/log" 2>&1
    new=$(sums)
    tries=0
    for call in openat write fsync rename renameat2 linkat link mkdir unlink fchmod; do
        count=$(grep -c "^[0-9]* *$call(" "$work/trace" || true)
        number=1
        while [ "$number" -le "$count" ]; do
            for how in signal=KILL error=EIO error=ENOSPC; do
                prepare "$case"
                code=0
                strace -f -o "$work/ignored" -e "inject=$call:$how:when=$number" \
                    "$phase" "$@" >"$work/log" 2>&1 || code=$?
                left=$(sums)
                tries=$((tries + 1))
                if [ "$left" != "$old" ] && [ "$left" != "$new" ]; then
                    echo "$case: $call $number $how: half written" && exit 1
                fi
                if [ "$code" -eq 0 ] && [ "$left" != "$new" ]; then
                    echo "$case: $call $number $how: success was claimed" && exit 1
                fi
            done
            number=$((number + 1))
        done
    done
    echo "$case: $tries tries, every file whole, old or new"
done
