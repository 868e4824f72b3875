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
    rm -rf "$work/ks1" "$work/next" "$work"/.phase-*
    [ "$1" = init ] || cp -r "$work/start" "$work/ks1"
}
# The files of `ks1`, and of the year after it, and their sums, but for the lock and drafts.
sums() {
    for folder in ks1 next; do
        if [ -d "$work/$folder" ]; then
            (cd "$work" && find "$folder" -type f ! -name '.phase-*' -exec cksum {} + | sort)
        fi
    done
}
# Whether what is left is what was before or what was to come; of a change of two files each by itself.
is_whole() {
    [ "$left" = "$old" ] || [ "$left" = "$new" ] && return 0
    [ "$case" = forget ] && ! printf '%s\n' "$left" | grep -vxF "$(printf '%s\n%s' "$old" "$new")" >"$work/strange"
}
"$phase" init "$work/start" --yes --school S --leader "Asha Rowe" --subject "History=Jo Okafor" >"$work/log" 2>&1
printf 'task,date,period\nscheduling,2027-01-07,am1\n' >"$work/history.csv"

cat >"$work/start/objectives.toml" <<'END'
# Mine.
[[objective]]
id = "o"
title = "Goal"
due = 2027-07-16
[[objective.criterion]]
text = "Done"
milestone = ""
END
printf 'pupil,class,year_group\nP1,1A,1\nP2,1A,1\n' >"$work/start/pupils.csv"
printf 'pupil,subject,point,result,scale\nP1,maths,autumn,EXS,ladder\nP2,maths,autumn,WTS,ladder\n' >"$work/start/assessments.csv"
printf 'id,year_group\n1A,1\n2A,2\n' >"$work/start/classes.csv"
terms="1 Sep 2027 to 22 Oct 2027;1 Nov 2027 to 17 Dec 2027;4 Jan 2028 to 11 Feb 2028;21 Feb 2028 to 31 Mar 2028;18 Apr 2028 to 26 May 2028;5 Jun 2028 to 20 Jul 2028"

for case in init ask import absent record done action log forget new-year; do
    case $case in
        init) set -- init "$work/ks1" --yes --school S --leader "Asha Rowe" --subject "History=Jo Okafor" ;;
        ask) set -- -w "$work/ks1" ask --answer "inset=4 Jan 2027" ;;
        import) set -- -w "$work/ks1" import "$work/history.csv" --half-term 3 --subject history ;;
        record) set -- -w "$work/ks1" record --kind books --subject history --aspect work --grade good ;;
        done) set -- -w "$work/ks1" objectives done 1 1 ;;
        action) set -- -w "$work/ks1" actions add --action "Read daily" --due 2027-01-11 ;;
        log) set -- -w "$work/ks1" log add --kind meeting --what "Phase meeting" ;;
        forget) set -- -w "$work/ks1" forget P1 --yes ;;
        new-year)
            set -- -w "$work/ks1" new-year "$work/next" --yes
            rest=$terms
            while [ -n "$rest" ]; do
                set -- "$@" --terms "${rest%%;*}"
                case $rest in *";"*) rest=${rest#*;} ;; *) rest= ;; esac
            done
            ;;
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
                if ! is_whole; then
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
