#!/bin/sh
# Makes the whole end-of-term set from the example school, in a folder: notices and calendars for the half term to
# come, the report in three formats, the governors' copy, and a workbook. Nothing of the example is changed.
#   examples/end-of-term.sh FOLDER
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
out="${1:?say which folder: examples/end-of-term.sh FOLDER}"
mkdir -p "$out"
out="$(cd "$out" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cp -R "$here/two-form-primary" "$here/two-form-primary-2025-26" "$work"
export PHASE_WORKSPACE="$work/two-form-primary" PHASE_TODAY="${PHASE_TODAY:-2026-12-10}"

phase check
phase schedule --half-term 3 --save -o "$out/schedule.txt"
phase notify --half-term 3 -o "$out/notices"
phase report end-of-term -o "$out/end-of-term.html" -o "$out/end-of-term.docx" -o "$out/end-of-term.md" -o "$out/end-of-term.xlsx" -o "$out/end-of-term.json"
phase report provision -o "$out/provision.docx"
phase report provision --audience governors -o "$out/provision-governors.docx" -o "$out/provision-governors.html"
phase report target-sheet -o "$out/targets.docx"
echo "the end-of-term set is in $out"
