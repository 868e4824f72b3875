#!/usr/bin/env bash
# Makes the whole end-of-term set from the example school, in a folder: notices and calendars for the half term to
# come, the report in three formats, the governors' copy, and a workbook. Nothing of the example is changed.
#   examples/end-of-term.sh FOLDER
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
out="${1:?say which folder: examples/end-of-term.sh FOLDER}"
mkdir -p "$out"
out="$(cd "$out" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp -R "$here/two-form-primary" "$here/two-form-primary-2025-26" "$work"
export PHASE_WORKSPACE="$work/two-form-primary" PHASE_TODAY="${PHASE_TODAY:-2026-12-10}"

phase check
phase schedule --half-term 3 --save -o "$out/schedule.txt"
phase notify --half-term 3 -o "$out/notices"
phase report end-of-term -o "$out/end-of-term.html"
phase report end-of-term -o "$out/end-of-term.docx"
phase report end-of-term -o "$out/end-of-term.md"
phase report end-of-term -o "$out/end-of-term.xlsx"
phase report provision -o "$out/provision.docx"
phase report provision --audience governors -o "$out/provision-governors.docx"
phase report provision --audience governors -o "$out/provision-governors.html"
phase report target-sheet -o "$out/targets.docx"
phase report end-of-term --json -o "$out/end-of-term.json"
echo "the end-of-term set is in $out"
